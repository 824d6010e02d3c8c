// What passes simulated passes with the real program, and the other way round.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace casewire::tests {
namespace {

/// "name -> passed" of the JUnit file that a ring has left, by what stands in its testcases.
std::map<std::string, bool> verdicts_of(const std::string& ring) {
  std::ostringstream text;
  text << std::ifstream(CASEWIRE_PLAYED "/" + ring + "/junit.xml", std::ios::binary).rdbuf();
  const std::string junit = text.str();
  std::map<std::string, bool> passed;
  for (std::size_t at = junit.find("<testcase"); at != std::string::npos; at = junit.find("<testcase", at + 1)) {
    const std::size_t name = junit.find(" name=\"", at) + 7;
    const std::string body = junit.substr(at, junit.find("<testcase", at + 1) - at);
    passed[junit.substr(name, junit.find('"', name) - name) + " @" + std::to_string(passed.size())] =
        body.find("<failure") == std::string::npos && body.find("<error") == std::string::npos &&
        body.find("<skipped") == std::string::npos;
  }
  return passed;
}

TEST(PlayedSuite, HasTheSameVerdictsInBothRings) {
  const auto verdicts = verdicts_of("process");
  EXPECT_GT(verdicts.size(), 160u);
  EXPECT_EQ(verdicts, verdicts_of("simulated"));
}

}  // namespace
}  // namespace casewire::tests
