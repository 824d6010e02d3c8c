#include "scenarios/runner/bridge_log.hpp"

#include <gmock/gmock.h>

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing::StartsWith;

WallTime at(int seconds) { return WallTime{std::chrono::seconds{seconds}}; }

TEST(BridgeLog, KeepsEachLineBesideTheEntryItFollows) {
  BridgeLog log;
  log.add("one\ntwo\n", at(1), 7);
  log.add("three\n", at(2), 9);
  EXPECT_THAT(log.lines(), ElementsAre(LogLine{at(1), 7, "one"}, LogLine{at(1), 7, "two"}, LogLine{at(2), 9, "three"}));
}

TEST(BridgeLog, PutsALineTogetherThatComesInPieces) {
  BridgeLog log;
  log.add("begun ", at(1), 7);
  EXPECT_THAT(log.lines(), ElementsAre(LogLine{at(1), 7, "begun "}));
  log.add("and ended\n", at(2), 9);
  EXPECT_THAT(log.lines(), ElementsAre(LogLine{at(1), 7, "begun and ended"}));
}

TEST(BridgeLog, KeepsTheBeginningAndTheEndOfAFlood) {
  BridgeLog log;
  const std::string line(1'000, 'x');
  for (std::uint64_t entry = 1; entry <= 5'000; ++entry) log.add(line + "\n", at(0), entry);
  const auto lines = log.lines();
  EXPECT_EQ(lines.front().after, 1u);
  EXPECT_EQ(lines.back().after, 5'000u);
  EXPECT_THAT(lines, SizeIs(524 + 524 + 1));
  EXPECT_THAT(lines[524].text, StartsWith("(3952 lines are left out here"));
  EXPECT_TRUE(log.is_cut());
}

TEST(BridgeLog, HasEveryLineOfAFlood) {
  BridgeLog log;
  for (std::uint64_t entry = 1; entry <= 50'000; ++entry) {
    log.add("line " + std::to_string(entry) + std::string(80, '.') + "\n", at(static_cast<int>(entry)), entry);
  }
  for (int twice = 0; twice < 2; ++twice) {
    std::uint64_t expected = 0;
    log.each_line([&](const LogLine& line) {
      ++expected;
      ASSERT_EQ(line,
                (LogLine{at(static_cast<int>(expected)), expected, "line " + std::to_string(expected) + std::string(80, '.')}));
    });
    EXPECT_EQ(expected, 50'000u);
  }
  EXPECT_TRUE(log.is_cut());
}

}  // namespace
}  // namespace casewire::scenarios
