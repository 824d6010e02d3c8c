#include "base/text/diagnostic.hpp"

#include <gtest/gtest.h>

namespace casewire {
namespace {

TEST(Render, ShowsPlaceProblemMarkedLineAndHint) {
  const std::string source = std::string(13, '\n') + "    Given Salesforce answers with a delay of 2 secs\n";
  const Diagnostic diagnostic{{"suite/retry.feature", {14, 46}},
                              "expected a duration such as \"2 seconds\", found \"2 secs\"",
                              "did you mean \"2 seconds\"?",
                              6};
  EXPECT_EQ(render(diagnostic, source),
            "suite/retry.feature:14:46: error: expected a duration such as \"2 seconds\", found \"2 secs\"\n"
            "   14 |     Given Salesforce answers with a delay of 2 secs\n"
            "      |                                              ^~~~~~\n"
            "hint: did you mean \"2 seconds\"?\n");
}

TEST(Render, NamesOnlyWhatItKnows) {
  EXPECT_EQ(render({{"a.yaml", {}}, "the file is empty"}), "a.yaml: error: the file is empty\n");
  EXPECT_EQ(render({{"", {}}, "no body"}, "x"), "error: no body\n");
  EXPECT_EQ(render({{"", {2, 1}}, "bad", "fix it"}), "2:1: error: bad\nhint: fix it\n");
}

TEST(Render, KeepsTheMarkerUnderItsWordAfterTabsAndWideText) {
  EXPECT_EQ(render({{"f", {1, 4}}, "bad", "", 2}, "\t\xC3\xA9 xy"),
            "f:1:4: error: bad\n"
            "    1 | \t\xC3\xA9 xy\n"
            "      | \t  ^~\n");
}

TEST(Render, EndsTheMarkerWithTheLine) {
  EXPECT_EQ(render({{"f", {1, 2}}, "bad", "", 50}, "abc\r\ndef"), "f:1:2: error: bad\n    1 | abc\n      |  ^~\n");
  EXPECT_EQ(render({{"f", {1, 4}}, "bad", "", 9}, "abc"), "f:1:4: error: bad\n    1 | abc\n      |    ^\n");
}

TEST(Render, ShowsOnlyAWindowOfAVeryLongLine) {
  const std::string source = std::string(5000, 'a') + "X" + std::string(5000, 'b');
  EXPECT_EQ(render({{"f", {1, 5001}}, "bad"}, source), "f:1:5001: error: bad\n    1 | ..." + std::string(100, 'a') + "X" +
                                                           std::string(59, 'b') + "...\n      | " + std::string(103, ' ') +
                                                           "^\n");
}

TEST(Render, LetsNoControlCharacterOfTheSourceReachTheTerminal) {
  EXPECT_EQ(render({{"f", {1, 4}}, "bad"}, "a\x1b[\x7fx").find('\x1b'), std::string::npos);
}

TEST(PositionAt, CountsCharactersFromOne) {
  EXPECT_EQ(position_at("ab\ncd", 0), (Position{1, 1}));
  EXPECT_EQ(position_at("ab\ncd", 2), (Position{1, 3}));
  EXPECT_EQ(position_at("ab\ncd", 3), (Position{2, 1}));
  EXPECT_EQ(position_at("\xE2\x82\xAC!", 3), (Position{1, 2}));
  EXPECT_EQ(position_at("", 0), (Position{1, 1}));
}

TEST(PositionAt, PutsAnOffsetPastTheEndAfterTheLastCharacter) {
  EXPECT_EQ(position_at("ab\ncd", 99), (Position{2, 3}));
  EXPECT_EQ(position_at("ab\n", 99), (Position{2, 1}));
}

}  // namespace
}  // namespace casewire
