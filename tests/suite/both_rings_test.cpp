// What passes simulated passes with the real program, and the other way round.

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace casewire::tests {
namespace {

/// Whether each scenario passed, by feature and name, of the JUnit file that a ring has left.
std::map<std::string, bool> verdicts_of(const std::string& ring) {
  std::ostringstream text;
  text << std::ifstream(CASEWIRE_PLAYED "/" + ring + "/junit.xml", std::ios::binary).rdbuf();
  const std::string junit = text.str();
  const auto attribute = [&junit](std::size_t from, const std::string& name) {
    const std::size_t begin = junit.find(" " + name + "=\"", from) + name.size() + 3;
    return junit.substr(begin, junit.find('"', begin) - begin);
  };
  std::map<std::string, bool> passed;
  for (std::size_t at = junit.find("<testcase"); at != std::string::npos; at = junit.find("<testcase", at + 1)) {
    const std::string body = junit.substr(at, junit.find("<testcase", at + 1) - at);
    passed[attribute(at, "classname") + ": " + attribute(at, "name")] = body.find("<failure") == std::string::npos &&
                                                                        body.find("<error") == std::string::npos &&
                                                                        body.find("<skipped") == std::string::npos;
  }
  return passed;
}

TEST(PlayedSuite, HasTheSameVerdictsInBothRings) {
  const auto simulated = verdicts_of("simulated");
  const auto processes = verdicts_of("process");
  EXPECT_GT(processes.size(), 160u);
  for (const auto& [scenario, passed] : processes) {
    const auto found = simulated.find(scenario);
    ASSERT_NE(found, simulated.end()) << scenario;
    EXPECT_EQ(passed, found->second) << scenario;
  }
}

}  // namespace
}  // namespace casewire::tests
