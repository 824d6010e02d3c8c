// The suite shows every promise of the vendor's page and every failure mode that a bridge can meet.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(PlayedSuite, ShowsEveryPromise) {
  const Ran ran = casewire("promises --from " CASEWIRE_PLAYED "/simulated/run.json");
  EXPECT_EQ(ran.exit_code, 0) << ran.output.substr(ran.output.find("hole:") == std::string::npos ? 0 : ran.output.find("hole:"));
  EXPECT_THAT(ran.output, AllOf(HasSubstr("  @promise:reply  "), HasSubstr("  @F24  "), HasSubstr(", 0 holes\n")));
}

}  // namespace
}  // namespace casewire::tests
