#include "base/text/json.hpp"

#include <gmock/gmock.h>

namespace casewire {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ParseJson, KeepsValuesAndTheOrderOfMembers) {
  const auto value = parse_json(R"( {"z":[1,-2,2.5,true,null,"\u00e9\n"],"a":{"b":{}},"m":18446744073709551615} )");
  ASSERT_TRUE(value);
  EXPECT_EQ(dump_json(*value), "{\"z\":[1,-2,2.5,true,null,\"\xC3\xA9\\n\"],\"a\":{\"b\":{}},\"m\":18446744073709551615}");
}

TEST(ParseJson, ReadsAScalarAlone) {
  EXPECT_EQ(parse_json("7").value(), Json(7));
  EXPECT_EQ(parse_json("\"\"").value(), Json(""));
  EXPECT_EQ(parse_json("-9223372036854775808").value(), Json(INT64_MIN));
}

struct BadJson {
  const char* name;
  std::string_view text;
  Position position;
  std::size_t length;
  const char* problem;
};

class ParseJsonRefuses : public testing::TestWithParam<BadJson> {};
TEST_P(ParseJsonRefuses, AtTheOffendingToken) {
  const auto& row = GetParam();
  const auto value = parse_json(row.text, "body.json");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().where.file, "body.json");
  EXPECT_EQ(value.error().where.position, row.position) << value.error().problem;
  EXPECT_EQ(value.error().length, row.length) << value.error().problem;
  EXPECT_THAT(value.error().problem, HasSubstr(row.problem));
}
using namespace std::string_view_literals;
INSTANTIATE_TEST_SUITE_P(
    , ParseJsonRefuses,
    testing::ValuesIn(std::vector<BadJson>{
        {"Nothing", "", {1, 1}, 1, "unexpected end of input"},
        {"AnOpenArray", "[1,\n 2", {2, 3}, 1, "unexpected end of input"},
        {"GarbageAfterTheValue", "{}\n  true", {2, 3}, 4, "unexpected true literal; expected end of input"},
        {"ASecondValue", "1 \"abc\"", {1, 3}, 5, "unexpected string literal; expected end of input"},
        {"AnUnquotedName", "{\"\xC3\xA9\":1,x:2}", {1, 8}, 1, "invalid literal; expected string literal"},
        {"ATrailingComma", "[1,]", {1, 4}, 1, "unexpected ']'"},
        {"ALeadingZero", "[01]", {1, 3}, 1, "unexpected number literal"},
        {"ANumberForAName", "{ 123:4}", {1, 3}, 3, "unexpected number literal; expected string literal"},
        {"AComment", "[1 /* */]", {1, 4}, 1, "invalid literal"},
        {"NotANumber", "[NaN]", {1, 2}, 1, "invalid literal"},
        {"ARepeatedMember", "{\"a\":1,\n \"b\":2, \"a\":3}", {2, 9}, 3, "stands twice"},
        {"ARepeatedMemberSpeltDifferently", R"({"\"a":1,"\u0022a":2})", {1, 10}, 9, "stands twice"},
        {"AnIntegerOver64Bits", "[18446744073709551616]", {1, 2}, 20, "at most 64 bits"},
        {"ANegativeIntegerOver64Bits", "-9223372036854775809", {1, 1}, 20, "at most 64 bits"},
        {"ANumberBeyondADouble", "[0, 1e400 ]", {1, 5}, 5, "range of a double"},
        {"BrokenUtf8InAString", "\"\xC3(\"", {1, 3}, 1, "ill-formed UTF-8"},
        {"AnEncodedSurrogate", "\"\xED\xA0\x80\"", {1, 3}, 1, "ill-formed UTF-8"},
        {"ALoneSurrogateEscape", R"("\ud800x")", {1, 8}, 1, "surrogate"},
        {"ARawControlCharacter", "\"a\tb\"", {1, 3}, 1, "control character"},
        {"ANulByte", "{}\0{}"sv, {1, 3}, 1, "NUL"},
        {"SixtyFiveLevels", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", {1, 65}, 1, "deeper than 64"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(ParseJson, TakesExactlyTheDepthAndSizeItIsAllowed) {
  const JsonLimits limits{.bytes_max = 6, .depth_max = 2};
  EXPECT_TRUE(parse_json("[{}]", {}, limits));
  EXPECT_FALSE(parse_json("[[[]]]", {}, limits));
  EXPECT_TRUE(parse_json("[1234]", {}, limits));
  const auto too_long = parse_json("[12345]", "body", limits);
  ASSERT_FALSE(too_long);
  EXPECT_EQ(too_long.error().problem, "expected at most 6 bytes of JSON, found 7");
}

TEST(ParseJson, FindsARepeatedMemberInALongObjectToo) {
  std::string text = "{";
  for (int member = 0; member < 100'000; ++member) {
    text += "\"m" + std::to_string(member) + "\":0,\n";
  }
  const auto whole = parse_json(text + "\"last\":1}");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->size(), 100'001u);
  const auto repeated = parse_json(text + "\"m77\":1}");
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().where.position, (Position{100'001, 1}));
}

TEST(ParseJson, AllowsTheSameMemberInDifferentObjects) { EXPECT_TRUE(parse_json(R"({"a":{"a":[{"a":1},{"a":2}]}})")); }

TEST(ParseJson, NeverQuotesTheTextInItsComplaint) {
  const auto value = parse_json("{\"token\":\"secret'; expected more\x01");
  ASSERT_FALSE(value);
  EXPECT_THAT(value.error().problem, Not(HasSubstr("secret")));
  EXPECT_THAT(value.error().problem, Not(HasSubstr("token")));
}

TEST(DumpJson, ReplacesInvalidUtf8) { EXPECT_EQ(dump_json(Json("a\xFF")), "\"a\xEF\xBF\xBD\""); }

TEST(StringMember, FallsBackWhenThereIsNoSuchString) {
  const Json object{{"a", "x"}, {"b", 1}};
  EXPECT_EQ(string_member(object, "a", "y"), "x");
  EXPECT_EQ(string_member(object, "b", "y"), "y");
  EXPECT_EQ(string_member(object, "c"), "");
  EXPECT_EQ(string_member(Json::array(), "a", "y"), "y");
}

TEST(Member, IsNullWhenAbsent) {
  const Json object{{"a", {1, 2}}};
  EXPECT_EQ(member(object, "a"), Json({1, 2}));
  EXPECT_TRUE(member(object, "b").is_null());
  EXPECT_TRUE(member(Json("text"), "a").is_null());
}

}  // namespace
}  // namespace casewire
