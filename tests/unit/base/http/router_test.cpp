#include "base/http/router.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace casewire::http {
namespace {

Route named(const std::string& name) {
  return [name](const Request&, const PathParameters& parameters) {
    Reply reply{.response = {.body = name}};
    for (const auto& [key, value] : parameters) {
      reply.response.body += " " + key + "=" + value;
    }
    return reply;
  };
}

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    router.add("GET", "/sobjects/{type}/{id}", named("record"));
    router.add("PATCH", "/sobjects/{type}/{id}", named("update"));
    router.add("GET", "/sobjects/{type}/describe", named("describe"));
    router.add("GET", "/sobjects/Case/{id}", named("case"));
    router.add("GET", "/", named("root"));
  }
  std::string answer(const std::string& method, const std::string& target) const {
    return router({.method = method, .target = target}).response.body;
  }
  int status(const std::string& method, const std::string& target) const {
    return router({.method = method, .target = target}).response.status;
  }
  Router router;
};

TEST_F(RouterTest, DecodesCaptures) {
  EXPECT_EQ(answer("GET", "/sobjects/A%20b/c%2Fd?e=f"), "record id=c/d type=A b");
  EXPECT_EQ(status("GET", "/sobjects/A/%zz"), 400);
}

TEST_F(RouterTest, PrefersTheLiteralSegmentThatComesFirst) {
  EXPECT_EQ(answer("GET", "/sobjects/Contact/describe"), "describe type=Contact");
  EXPECT_EQ(answer("GET", "/sobjects/Case/5"), "case id=5");
  EXPECT_EQ(answer("GET", "/sobjects/Case/describe"), "case id=describe");
}

TEST_F(RouterTest, IgnoresDoubledAndTrailingSlashes) {
  EXPECT_EQ(answer("GET", "//sobjects//Contact/7/"), "record id=7 type=Contact");
  EXPECT_EQ(answer("GET", ""), "root");
}

TEST_F(RouterTest, Answers404ForAPathThatNoPatternMatches) {
  EXPECT_EQ(status("GET", "/sobjects"), 404);
  EXPECT_EQ(status("GET", "/SObjects/Contact/7"), 404);
  router.otherwise([](const Request& request) { return Reply{.response = {.status = 501, .body = request.target}}; });
  EXPECT_EQ(answer("GET", "/nowhere"), "/nowhere");
}

TEST_F(RouterTest, TakesTheLiteralPatternOnlyIfItHasTheMethod) {
  EXPECT_EQ(answer("PATCH", "/sobjects/Case/7"), "update id=7 type=Case");
}

TEST_F(RouterTest, Answers405WithTheMethodsOfAllPatternsThatMatch) {
  const auto reply = router({.method = "DELETE", .target = "/sobjects/Case/7"});
  EXPECT_EQ(reply.response.status, 405);
  EXPECT_EQ(reply.response.headers.find("Allow"), "GET, PATCH");
  router.on_wrong_method(
      [](const Request&, const std::vector<std::string>& allowed) { return Reply{.response = {.body = allowed.front()}}; });
  EXPECT_EQ(answer("DELETE", "/"), "GET");
}

TEST_F(RouterTest, NamesWhatARequestWouldDo) {
  router.add("GET", "/chat/sessions/{session}", "session read", named("session"));
  router.add("POST", "/rows/{object}", "{object} create", named("create"));
  router.add("*", "/jobs/{rest...}", "job", named("job"));
  EXPECT_EQ(router.operation_of({.method = "GET", .target = "/chat/sessions/7?x=1"}), "session read");
  EXPECT_EQ(router.operation_of({.method = "POST", .target = "/rows/Case/"}), "Case create");
  EXPECT_EQ(router.operation_of({.method = "POST", .target = "/chat/sessions/7"}), std::nullopt);
  EXPECT_EQ(router.operation_of({.method = "GET", .target = "/sobjects/Case/7"}), std::nullopt) << "a route without a name";
  EXPECT_EQ(router.operation_of({.method = "PUT", .target = "/jobs/ingest/1"}), "job");
  EXPECT_THAT(router.operations(), testing::ElementsAre("job", "session read", "{object} create"));
}

TEST_F(RouterTest, ACaptureOfTheRestTakesAnyMethodAndYieldsToEveryOtherPattern) {
  router.add("*", "/jobs/{rest...}", named("rest"));
  router.add("GET", "/jobs/{id}", named("one"));
  EXPECT_EQ(answer("GET", "/jobs/7"), "one id=7");
  EXPECT_EQ(answer("GET", "/jobs/7/a%2Fb"), "rest rest=7/a/b");
  EXPECT_EQ(answer("PUT", "/jobs"), "rest rest=");
}

}  // namespace
}  // namespace casewire::http
