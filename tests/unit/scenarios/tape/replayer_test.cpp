#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

Tape recorded(const std::vector<Exchange>& exchanges = conversation()) { return *read_har(write_har(exchanges), "test.har"); }

/// The same caller in another run: other host, other token, other time.
http::Request elsewhere(http::Request request) {
  request.headers.set("Host", "127.0.0.1:55555");
  request.headers.set("Authorization", "Bearer another");
  return request;
}

TEST(Replayer, AnswersTheRecordedConversation) {
  Replayer replayer(recorded());
  const http::Handler salesforce = replayer.handler("salesforce");
  const http::Handler opencx = replayer.handler("opencx");
  http::Request again = elsewhere(login());
  again.body = "grant_type=refresh_token&client_id=3MVG9casewire&client_secret=other&refresh_token=another";
  EXPECT_NE(salesforce(again).response.body.find(R"("instance_url":"http://127.0.0.1:55555")"), std::string::npos);
  EXPECT_EQ(salesforce(elsewhere(query("2026-03-01T10:00:00.000Z"))).response.body,
            R"({"totalSize":0,"done":true,"records":[]})");
  const http::Reply sent = opencx(elsewhere(send_message("Größe 💡")));
  EXPECT_EQ(sent.response.status, 201);
  EXPECT_NE(sent.response.body.find("http://127.0.0.1:55555/files/f-1"), std::string::npos);
  EXPECT_FALSE(sent.response.headers.find("content-length"));
  EXPECT_EQ(replayer.unused(), std::vector<std::string>{"entry 4: GET /files/f-1 to opencx"});
  const http::Reply file = opencx(elsewhere({.method = "GET", .target = "/files/f-1"}));
  EXPECT_EQ(file.wire, http::Wire::cut_in_body);
  EXPECT_EQ(file.response.body, std::string("\x89PNG\0\xff", 6));
  EXPECT_TRUE(replayer.unused().empty());
  EXPECT_TRUE(replayer.mismatches().empty());
}

TEST(Replayer, ARequestThatDiffersIsRefusedWithTheFirstDifference) {
  Replayer replayer(recorded());
  const http::Reply reply = replayer.handler("opencx")(send_message("Something else"));
  EXPECT_EQ(reply.response.status, 501);
  EXPECT_EQ(
      replayer.mismatches(),
      std::vector<std::string>{"POST /chat/sessions/s-1/send to opencx is not what was recorded; nearest: entry 3 (POST "
                               "/chat/sessions/s-1/send to opencx), which differs at /body/message/text: recorded \"Größe 💡\", "
                               "made \"Something else\""});
  EXPECT_NE(reply.response.body.find("/body/message/text"), std::string::npos);
  EXPECT_EQ(replayer.unused().size(), 4u);
}

TEST(Replayer, AnUnknownResourceIsRefusedWithTheNearestRequest) {
  Replayer replayer(recorded());
  replayer.handler("opencx")({.method = "GET", .target = "/files/f-2"});
  ASSERT_EQ(replayer.mismatches().size(), 1u);
  EXPECT_EQ(replayer.mismatches()[0],
            "GET /files/f-2 to opencx is not on the tape; nearest: entry 4 (GET /files/f-1 to opencx), which differs at /path: "
            "recorded \"/files/f-1\", made \"/files/f-2\"");
}

TEST(Replayer, ARecordedRequestIsAnsweredOnce) {
  Replayer replayer(recorded({conversation()[3]}));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(send_message("Größe 💡")).response.status, 201);
  EXPECT_EQ(opencx(send_message("Größe 💡")).response.status, 501);
  EXPECT_EQ(
      replayer.mismatches(),
      std::vector<std::string>{
          "POST /chat/sessions/s-1/send to opencx was recorded 1 time and made once more; every recorded request to opencx was made already"});
}

TEST(Replayer, ResourcesKeepTheirOwnOrder) {
  std::vector<Exchange> all;
  for (const char* text : {"one", "two"}) {
    all.push_back({at_second(0), milliseconds(0), "bridge", "opencx", send_message(text), json_answer(201, "{}")});
  }
  all.push_back(conversation()[4]);
  Replayer replayer(recorded(all));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx({.method = "GET", .target = "/files/f-1"}).response.status, 200);
  EXPECT_EQ(opencx(send_message("two")).response.status, 501);
  EXPECT_EQ(opencx(send_message("one")).response.status, 201);
  EXPECT_EQ(opencx(send_message("two")).response.status, 201);
}

TEST(Replayer, GivesTheWebhooksThatArrived) {
  std::vector<Exchange> all = conversation();
  all.push_back(all.front());
  all.back().response.status = 0;
  const Replayer replayer(recorded(all));
  ASSERT_EQ(replayer.webhooks().size(), 1u);
  EXPECT_EQ(replayer.webhooks()[0].from, "opencx");
  EXPECT_EQ(replayer.webhooks()[0].request.body, webhook().body);
  EXPECT_EQ(replayer.webhooks()[0].request.target.find("whsec"), std::string::npos);
}

TEST(Replayer, ACallWithoutARecordedAnswerIsReset) {
  std::vector<Exchange> all{conversation()[3]};
  all[0].response.status = 0;
  Replayer replayer(recorded(all));
  EXPECT_EQ(replayer.handler("opencx")(send_message("Größe 💡")).wire, http::Wire::reset_before_status);
}

}  // namespace
}  // namespace casewire::scenarios
