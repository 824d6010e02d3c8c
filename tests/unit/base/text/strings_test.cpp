#include "base/text/strings.hpp"

#include <gmock/gmock.h>

namespace casewire {
namespace {

using testing::ElementsAre;

TEST(Lowercase, ChangesAsciiLettersOnly) { EXPECT_EQ(lowercase("ABz-\xC3\x89"), "abz-\xC3\x89"); }

TEST(EqualsIgnoringCase, ComparesWholeTexts) {
  EXPECT_TRUE(equals_ignoring_case("Content-Type", "content-TYPE"));
  EXPECT_FALSE(equals_ignoring_case("a", "ab"));
  EXPECT_FALSE(equals_ignoring_case("@", "`"));
}

TEST(Trimmed, CutsBlanksAtBothEnds) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed(" \n"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(Split, KeepsEmptyPieces) {
  EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(split("", ','), ElementsAre(""));
}

TEST(Nearest, FindsALikelySlip) {
  const std::vector<std::string> known{"Subject", "Status", "2 seconds", "Support"};
  EXPECT_EQ(nearest("Sujbect", known), "Subject");
  EXPECT_EQ(nearest("subject", known), "Subject");
  EXPECT_EQ(nearest("Statsu", known), "Status");
  EXPECT_EQ(nearest("2 secs", known), "2 seconds");
}

TEST(Nearest, StaysSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("Wombat", {"Subject", "Status"}), "");
  EXPECT_EQ(nearest("x", {"y"}), "");
  EXPECT_EQ(nearest("", {"y"}), "");
  EXPECT_EQ(nearest("a", {}), "");
  EXPECT_EQ(nearest(std::string(100'000, 'a'), {std::string(100'000, 'b')}), "");
}

}  // namespace
}  // namespace casewire
