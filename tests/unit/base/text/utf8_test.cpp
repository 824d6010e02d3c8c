#include "base/text/utf8.hpp"

#include <gmock/gmock.h>

#include <numeric>

namespace casewire {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

const std::string kEuro = "\xE2\x82\xAC";
const std::string kFace = "\xF0\x9F\x98\x80";

TEST(IsValidUtf8, TakesTheEdgesOfEveryLength) {
  for (const char* good : {"", "\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_valid_utf8(good)) << good;
  }
}

TEST(IsValidUtf8, RefusesOverlongFormsSurrogatesAndStrayBytes) {
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xE2\x82",
                          "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xF0\x9F\x98"}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
}

TEST(CleanedUtf8, ReplacesBrokenBytesAndRemovesControls) {
  EXPECT_EQ(cleaned_utf8("a\0b\x01\t\r\n\x1f"s + kFace), "ab\t\r\n" + kFace);
  EXPECT_EQ(cleaned_utf8("a\xFFz\xC3"), "a\xEF\xBF\xBDz\xEF\xBF\xBD");
}

TEST(CharacterCount, CountsCodePoints) {
  EXPECT_EQ(character_count(""), 0u);
  EXPECT_EQ(character_count("a" + kEuro + kFace), 3u);
  EXPECT_EQ(character_count("\xFF\xFE"), 2u);
}

TEST(PrefixOfBytes, EndsOnACharacterBoundary) {
  const auto text = "a" + kEuro + kFace;
  EXPECT_EQ(prefix_of_bytes(text, 3), "a");
  EXPECT_EQ(prefix_of_bytes(text, 4), "a" + kEuro);
  EXPECT_EQ(prefix_of_bytes(text, 7), "a" + kEuro);
  EXPECT_EQ(prefix_of_bytes(text, 8), text);
  EXPECT_EQ(prefix_of_bytes(kEuro, 2), "");
  EXPECT_EQ(prefix_of_bytes(text, 0), "");
}

TEST(PrefixOfCharacters, CountsCodePoints) {
  EXPECT_EQ(prefix_of_characters(kEuro + kFace + "z", 2), kEuro + kFace);
  EXPECT_EQ(prefix_of_characters("ab", 9), "ab");
}

TEST(SplitByBytes, CutsAtALineEndBeforeAWordEnd) {
  EXPECT_THAT(split_by_bytes("aaaaaaa\nbb ccccc", 12), ElementsAre("aaaaaaa\nbb ", "ccccc"));
  EXPECT_THAT(split_by_bytes("aaaaaaaaa\nb cccccc", 12), ElementsAre("aaaaaaaaa\n", "b cccccc"));
  EXPECT_THAT(split_by_bytes("aaaa aaaaaaaaaa", 12), ElementsAre("aaaa aaaaaaa", "aaa"));
}

TEST(SplitByBytes, GivesNoPieceForAnEmptyTextAndOneForAShortOne) {
  EXPECT_THAT(split_by_bytes("", 4), ElementsAre());
  EXPECT_THAT(split_by_bytes("abcd", 4), ElementsAre("abcd"));
}

TEST(SplitByBytes, LosesNothingAndKeepsEveryPieceInBounds) {
  std::string text;
  for (int word = 0; word < 400; ++word) {
    text += kFace + kEuro + "x" + (word % 7 == 0 ? "\n" : word % 3 == 0 ? " " : "");
  }
  for (std::size_t limit = 4; limit < 60; ++limit) {
    const auto pieces = split_by_bytes(text, limit);
    for (const auto& piece : pieces) {
      EXPECT_LE(piece.size(), limit);
      EXPECT_TRUE(is_valid_utf8(piece));
    }
    EXPECT_EQ(std::accumulate(pieces.begin(), pieces.end(), std::string{}), text);
  }
}

TEST(SplitByBytes, AdvancesThroughBrokenText) { EXPECT_THAT(split_by_bytes(std::string(9, '\x80'), 4).size(), testing::Le(9u)); }

TEST(HasVisibleText, KnowsEveryKindOfBlank) {
  for (const char* unseen :
       {"", " \r\n\t", "\u00A0", "\u200B\u200C\u200D", "\uFEFF", "\u00AD", "\u2003", "\u3000", "\u2060", "\u202F"}) {
    EXPECT_FALSE(has_visible_text(unseen)) << unseen;
  }
  for (const char* seen : {"a", "\u00A0.", "\u00E9", "\u2014", "\u660E", "\U0001F600", "\xFF"})
    EXPECT_TRUE(has_visible_text(seen)) << seen;
}

TEST(Utf8Of, WritesEveryLength) {
  EXPECT_EQ(utf8_of('a') + utf8_of(0xE9) + utf8_of(0x20AC) + utf8_of(0x1F600), "a\u00E9\u20AC\U0001F600");
}

}  // namespace
}  // namespace casewire
