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
TEST(Charset, NamedUtf8WithBadBytesLosesOnlyThose) { EXPECT_EQ(to_utf8("a\xFFz", "utf-8"), "a\xEF\xBF\xBDz"); }
TEST(Charset, JapaneseEscapesAreRecognisedUnderAWrongLabel) { EXPECT_EQ(to_utf8("\x1b$B$3\x1b(B", "us-ascii"), "こ"); }
TEST(Charset, LongTextsAreConvertedWhole) {
  const std::string bytes(10'000, '\xE4');
  EXPECT_EQ(to_utf8(bytes, "iso-8859-15").size(), 20'000u);
}

}  // namespace
}  // namespace casewire::sim::mail
