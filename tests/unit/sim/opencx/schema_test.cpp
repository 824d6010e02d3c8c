#include "sim/opencx/schema.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::opencx {
namespace {

struct SchemaCase {
  const char* name;
  const char* schema;
  const char* value;
  const char* first_error;  // empty: valid
};
class Schema : public testing::TestWithParam<SchemaCase> {};
TEST_P(Schema, JudgesTheValue) {
  const Json root{{"schemas", {{"Name", {{"type", "string"}}}}}};
  const auto errors = schema_errors(root, *parse_json(GetParam().schema), "#", *parse_json(GetParam().value));
  EXPECT_EQ(errors.empty() ? "" : describe(errors.front()), GetParam().first_error);
}
INSTANTIATE_TEST_SUITE_P(
    , Schema,
    testing::ValuesIn(std::vector<SchemaCase>{
        {"Type", R"({"type":"string"})", "\"x\"", ""},
        {"WrongType", R"({"type":"string"})", "5", "/: expected string, found 5 (#/type)"},
        {"SeveralTypes", R"({"type":["boolean","null"]})", "null", ""},
        {"NoneOfSeveralTypes", R"({"type":["boolean","null"]})", "[]", "/: expected boolean or null, found [] (#/type)"},
        {"Enum", R"({"enum":["a","b"]})", "\"c\"", "/: expected a or b, found \"c\" (#/enum)"},
        {"Required", R"({"type":"object","required":["id"]})", "{}", "/: expected the member \"id\" (#/required)"},
        {"Nested", R"({"properties":{"a":{"properties":{"b":{"type":"number"}}}}})", R"({"a":{"b":"x"}})",
         "/a/b: expected number, found \"x\" (#/properties/a/properties/b/type)"},
        {"Items", R"({"items":{"type":"string"}})", R"(["a",1])", "/1: expected string, found 1 (#/items/type)"},
        {"UnknownMember", R"({"properties":{},"additionalProperties":false})", R"({"x":1})",
         "/x: the description has no such member (#/additionalProperties)"},
        {"OtherMembers", R"({"additionalProperties":{"type":"string"}})", R"({"x":{"y":1}})",
         "/x: expected string, found {\"y\":1} (#/additionalProperties/type)"},
        {"Reference", R"({"$ref":"#/schemas/Name"})", "1", "/: expected string, found 1 (#/schemas/Name/type)"},
        {"Uuid", R"({"format":"uuid"})", "\"123e4567-e89b-42d3-a456-426614174000\"", ""},
        {"NoUuid", R"({"format":"uuid"})", "\"123\"", "/: expected uuid, found \"123\" (#/format)"},
        {"Email", R"({"format":"email"})", "\"a@b.test\"", ""},
        {"NoEmail", R"({"format":"email"})", "\"a@b\"", "/: expected email, found \"a@b\" (#/format)"},
        {"NoTime", R"({"format":"date-time"})", "\"yesterday\"", "/: expected date-time, found \"yesterday\" (#/format)"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(SchemaErrors, MarkOnlyAnUnlistedMemberAsUnknown) {
  const auto errors = schema_errors({}, *parse_json(R"({"properties":{"a":{"type":"string"}},"additionalProperties":false})"),
                                    "#", *parse_json(R"({"a":1,"b":2})"));
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_FALSE(errors[0].unknown_member);
  EXPECT_TRUE(errors[1].unknown_member);
}

TEST(SchemaErrors, StopAfterTwenty) {
  Json many = Json::array();
  for (int at = 0; at < 100; ++at) many.push_back(at);
  EXPECT_EQ(schema_errors({}, *parse_json(R"({"items":{"type":"string"}})"), "#", many).size(), 20u);
}

}  // namespace
}  // namespace casewire::sim::opencx
