#include "sim/mail/charset.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

TEST(Charset, OfAMislabelledGbkMailIsReadAsTheLargerSet) { EXPECT_EQ(to_utf8("\x96\x7C", "gb2312"), "東"); }
TEST(Charset, LatinOneHasTheWindowsQuotes) { EXPECT_EQ(to_utf8("\x93hi\x94", "ISO-8859-1"), "“hi”"); }
TEST(Charset, NotNamedIsUtf8WhereTheBytesAreValid) {
  EXPECT_EQ(to_utf8("gr\xC3\xB6\xC3\x9F"
                    "er",
                    ""),
            "größer");
}
TEST(Charset, NotNamedIsWesternWhereTheyAreNot) {
  EXPECT_EQ(to_utf8("gr\xF6\xDF"
                    "er",
                    ""),
            "größer");
}
TEST(Charset, NamedUtf8WithBadBytesLosesOnlyThose) { EXPECT_EQ(to_utf8("\xC3\xA4\xFFz", "utf-8"), "ä\xEF\xBF\xBDz"); }
TEST(Charset, NamedUtf8WithoutOneCharacterOfItIsWestern) {
  EXPECT_EQ(to_utf8("gr\xF6\xDF"
                    "er",
                    "utf-8"),
            "größer");
}
TEST(Charset, IsNotBelievedWhereTheBytesAreUtf8) {
  const std::string text = "Pages 4 – 9 of 说明书";
  for (const char* label : {"gb2312", "big5", "shift_jis", "iso-8859-1", "windows-1251", "koi8-r", "utf-16", "euc-kr"}) {
    EXPECT_EQ(to_utf8(text, label), text) << label;
  }
  EXPECT_EQ(to_utf8("größer", "iso-8859-1"), "größer");
}
TEST(Charset, IsBelievedWhereTwoBytesMayBeEither) {
  EXPECT_EQ(to_utf8("\xC3\xA9", "gb2312"), "茅");
  EXPECT_EQ(to_utf8("\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251"), "Привет");
}
TEST(Charset, JapaneseEscapesAreRecognisedUnderAWrongLabel) { EXPECT_EQ(to_utf8("\x1b$B$3\x1b(B", "us-ascii"), "こ"); }
TEST(Charset, LongTextsAreConvertedWhole) {
  const std::string bytes(10'000, '\xE4');
  EXPECT_EQ(to_utf8(bytes, "iso-8859-15").size(), 20'000u);
}

}  // namespace
}  // namespace casewire::sim::mail
