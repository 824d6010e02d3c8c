#include "sim/opencx/description.hpp"

#include <gmock/gmock.h>

#include <set>

namespace casewire::sim::opencx {
namespace {

/// Every schema below `json`, checked for words that schema.cpp does not know.
void collect_unknown_words(const Json& schema, std::set<std::string>& unknown) {
  static const std::set<std::string> kKnown{"$ref",  "type",   "enum",        "properties", "required", "additionalProperties",
                                            "items", "format", "description", "anyOf",      "x-assumed"};
  for (const auto& [word, value] : schema.items()) {
    if (!kKnown.contains(word)) unknown.insert(word);
    if (word == "properties" || word == "anyOf") {
      for (const auto& inner : value) collect_unknown_words(inner, unknown);
    } else if ((word == "items" || word == "additionalProperties") && value.is_object()) {
      collect_unknown_words(value, unknown);
    }
  }
}

TEST(Description, UsesOnlyWordsThatTheCheckerKnows) {
  const auto json = parse_json(api_text(), "api.json");
  ASSERT_TRUE(json);
  std::set<std::string> unknown;
  for (const auto& [name, schema] : member(*json, "schemas").items()) collect_unknown_words(schema, unknown);
  EXPECT_THAT(unknown, testing::IsEmpty());
}

TEST(Description, NamesEveryOperationForFaultSentences) {
  for (const auto& operation : Description::embedded().operations()) EXPECT_FALSE(operation.name.empty()) << operation.id;
}

TEST(Description, FindsAnOperationAndItsDecodedPathParameters) {
  const auto called = Description::embedded().find({.method = "POST", .target = "/chat/sessions/a%2Fb/send?x=1"});
  ASSERT_TRUE(called);
  EXPECT_EQ(called->operation->id, "sendMessage");
  EXPECT_EQ(called->path_parameters.at("session_id"), "a/b");
}

TEST(Description, KnowsNoOtherMethodsOrPaths) {
  EXPECT_FALSE(Description::embedded().find({.method = "PUT", .target = "/chat/sessions/1"}));
  EXPECT_FALSE(Description::embedded().find({.method = "GET", .target = "/chat/sessions/1/2/3"}));
}

}  // namespace
}  // namespace casewire::sim::opencx
