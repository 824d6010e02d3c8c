#include "scenarios/tape/difference.hpp"

#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

http::Request post(const std::string& body, const std::string& target = "/x?a=1&b=2") {
  return {.method = "POST", .target = target, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

std::string all_of(const http::Request& recorded, const http::Request& made) {
  std::string text;
  for (const Difference& difference : differences(recorded, made)) {
    text += difference.pointer + " " + difference.recorded + " " + difference.made + "\n";
  }
  return text;
}

TEST(Difference, MembersAndParametersMayComeInAnyOrder) {
  EXPECT_EQ(all_of(post(R"({"a":1,"b":[true,null]})"), post(R"({ "b": [true, null], "a": 1 })", "/x?b=2&a=1")), "");
}

TEST(Difference, NamesEachFieldByItsPointer) {
  EXPECT_EQ(all_of(post(R"({"a":{"b/c":[1,2]},"d":"x","e":1})"), post(R"({"a":{"b/c":[1,3,4]},"d":5,"f":2})", "/x?a=2")),
            "/query/a \"1\" \"2\"\n/query/b \"2\" nothing\n/body/a/b~1c/1 2 3\n/body/a/b~1c/2 nothing 4\n/body/d \"x\" 5\n"
            "/body/e 1 nothing\n/body/f nothing 2\n");
}

TEST(Difference, WhatBelongsToOneRunIsNotCompared) {
  http::Request recorded = post("{}");
  http::Request made = post("{}");
  recorded.headers.add("Authorization", "Bearer casewire-masked-1");
  made.headers.add("Authorization", "Bearer other");
  made.headers.add("traceparent", "00-1-2-01");
  made.headers.add("Host", "127.0.0.1:1");
  EXPECT_EQ(all_of(recorded, made), "");
  made.headers.add("Sforce-Query-Options", "batchSize=200");
  EXPECT_EQ(all_of(recorded, made), "/headers/sforce-query-options nothing \"batchSize=200\"\n");
}

TEST(Difference, InstantsAreComparedByTheirPresence) {
  EXPECT_EQ(all_of(post(R"({"q":"x > 2026-01-05T09:00:00.000Z and y"})"), post(R"({"q":"x > 2027-02-03T04:05:06Z and y"})")), "");
  EXPECT_NE(all_of(post(R"({"q":"x > 2026-01-05T09:00:00.000Z"})"), post(R"({"q":"x > yesterday"})")), "");
  EXPECT_NE(all_of(post(R"({"q":"2026-01-05"})"), post(R"({"q":"2026-01-06"})")), "");
}

TEST(Difference, AMaskedSecretMatchesAnyValue) {
  http::Request recorded = login();
  recorded.body = "grant_type=refresh_token&refresh_token=casewire-masked-3";
  http::Request made = login();
  made.body = "refresh_token=live&grant_type=refresh_token";
  EXPECT_EQ(all_of(recorded, made), "");
  made.body = "refresh_token=live&grant_type=password";
  EXPECT_EQ(all_of(recorded, made), "/body/grant_type \"refresh_token\" \"password\"\n");
}

TEST(Difference, ABodyThatIsNoJsonIsComparedAsAWhole) {
  EXPECT_EQ(all_of(post("plain"), post("plane")), "/body \"plain\" \"plane\"\n");
  EXPECT_EQ(all_of(post("{}"), post("")), "/body \"{}\" \"\"\n");
}

TEST(Difference, IsBounded) {
  std::string many = "[0";
  for (int i = 0; i < 500; ++i) {
    many += ",0";
  }
  EXPECT_EQ(differences(post("[]"), post(many + "]")).size(), kDifferencesMax);
}

}  // namespace
}  // namespace casewire::scenarios
