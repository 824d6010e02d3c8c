// Chance comes from the seed alone: the same one gives the same journals, to the byte.

#include <gtest/gtest.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

TEST(PlayedSuite, LeavesTheSameJournalForTheSameSeed) {
  const ScratchFolder folder;
  const Ran ran = casewire("run --simulated scenarios/suite --journal " + folder.path() + "/again");
  ASSERT_EQ(ran.exit_code, 0) << ran.output;
  const Ran compared = shell("diff -r " CASEWIRE_PLAYED "/simulated/journal " + folder.path() + "/again");
  EXPECT_EQ(compared.exit_code, 0) << compared.output.substr(0, 2000);
  EXPECT_NE(shell("cat " + folder.path() + "/again/*.jsonl | head -c 1000").output, "");
}

}  // namespace
}  // namespace casewire::tests
