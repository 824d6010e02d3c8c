#include "base/text/encoding.hpp"

#include <gtest/gtest.h>

namespace casewire {
namespace {

TEST(Base64, GivesTheVectorsOfRfc4648) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, KeepsEveryByteThroughARoundTrip) {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    EXPECT_EQ(decode_base64(base64(bytes)), bytes);
    bytes += static_cast<char>(length * 7);
  }
}

TEST(Base64Url, UsesItsOwnAlphabetWithoutPadding) {
  EXPECT_EQ(base64("\xfb\xff\xfe!"), "+//+IQ==");
  EXPECT_EQ(base64url("\xfb\xff\xfe!"), "-__-IQ");
}

TEST(DecodeBase64, RefusesWhatIsNotBase64) {
  for (const char* bad : {"Zg", "Zg=", "Z===", "====", "Zg==Zg==", "Zm9v\n", "Z m9", "-__-", "Zm9v=", "=m9v", "Z=9v"}) {
    EXPECT_EQ(decode_base64(bad), std::nullopt) << bad;
  }
}

TEST(Hex, WritesTwoLowerCaseDigitsAByte) { EXPECT_EQ(hex(std::string_view("\x00\x7f\xff", 3)), "007fff"); }

TEST(PercentEncoded, LeavesUnreservedCharactersOnly) {
  EXPECT_EQ(percent_encoded("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encoded("a b+c/\xC3\xA9"), "a%20b%2Bc%2F%C3%A9");
}

TEST(PercentDecoded, ReadsEscapesOfEitherCaseAndLeavesThePlus) { EXPECT_EQ(percent_decoded("a%2fb%2F+"), "a/b/+"); }

TEST(PercentDecoded, RefusesABadEscape) {
  for (const char* bad : {"%", "%2", "%zz", "a%2", "%-1"}) {
    EXPECT_EQ(percent_decoded(bad), std::nullopt) << bad;
  }
}

TEST(ParseForm, ReadsFieldsInOrderWithRepetitions) {
  EXPECT_EQ(parse_form("a=1&b=x+y%26&&a=2&c"), (FormFields{{"a", "1"}, {"b", "x y&"}, {"a", "2"}, {"c", ""}}));
  EXPECT_EQ(parse_form(""), FormFields{});
  EXPECT_EQ(parse_form("a=b=c"), (FormFields{{"a", "b=c"}}));
}

TEST(ParseForm, RefusesABadEscape) { EXPECT_EQ(parse_form("a=%4"), std::nullopt); }

TEST(Form, IsReadBackByParseForm) {
  const FormFields fields{{"grant type", "a&b=c"}, {"\xC3\xA9", "100%"}, {"empty", ""}};
  EXPECT_EQ(form({{"a b", "1+1"}, {"c", "~*"}}), "a+b=1%2B1&c=%7E*");
  EXPECT_EQ(parse_form(form(fields)), fields);
}

TEST(FormValue, IsTheFirstOfThatName) {
  const FormFields fields{{"a", "1"}, {"a", "2"}};
  EXPECT_EQ(form_value(fields, "a"), "1");
  EXPECT_EQ(form_value(fields, "b"), std::nullopt);
}

TEST(HtmlEscaped, LeavesNoMarkup) {
  EXPECT_EQ(html_escaped("<a b=\"c\" d='e'>&amp;"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
}

}  // namespace
}  // namespace casewire
