#include "scenarios/tape/replayer.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "tests/unit/scenarios/tape/support.hpp"

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Tape recorded(const std::vector<Exchange>& exchanges = conversation()) { return *read_har(write_har(exchanges), "test.har"); }

/// The same caller in another run: other host, other token, other time.
http::Request elsewhere(http::Request request, const std::string& token = "another") {
  request.headers.set("Host", "127.0.0.1:55555");
  request.headers.set("Authorization", "Bearer " + token);
  return request;
}

http::Request login_elsewhere() {
  http::Request again = elsewhere(login());
  again.body = "grant_type=refresh_token&client_id=3MVG9casewire&client_secret=other&refresh_token=the-live-one";
  return again;
}

std::string token_in(const http::Reply& reply) {
  constexpr std::string_view kMember = R"("access_token":")";
  const std::size_t begin = reply.response.body.find(kMember) + kMember.size();
  return reply.response.body.substr(begin, reply.response.body.find('"', begin) - begin);
}

http::Request json_post(const std::string& target, const std::string& body) {
  return {.method = "POST", .target = target, .headers = {{"Content-Type", "application/json"}}, .body = body};
}

Exchange asked(int second, const std::string& system, http::Request request, http::Response response,
               http::Wire wire = http::Wire::intact) {
  return {at_second(second), milliseconds(0), "bridge", system, std::move(request), std::move(response), wire};
}

Exchange told(int second, const std::string& body) {
  http::Request request = webhook();
  request.body = body;
  return {at_second(second), milliseconds(0), "opencx", "bridge", request, {.status = 202}};
}

constexpr const char* kDana = "741cb601-0f3d-429b-b549-b50ad2ce4e69";
constexpr const char* kEli = "a53c983a-c0b3-4303-a8f6-37939d413790";

http::Request session(const std::string& id) { return {.method = "GET", .target = "/chat/sessions/" + id}; }
http::Response state(const std::string& status) { return json_answer(200, R"({"status":")" + status + R"("})"); }

TEST(Replayer, AnswersTheRecordedConversation) {
  Replayer replayer(recorded());
  const http::Handler salesforce = replayer.handler("salesforce");
  const http::Handler opencx = replayer.handler("opencx");
  const http::Reply in = salesforce(login_elsewhere());
  EXPECT_THAT(in.response.body, HasSubstr(R"("instance_url":"http://127.0.0.1:55555")"));
  EXPECT_EQ(salesforce(elsewhere(query("2026-03-01T10:00:00.000Z"), token_in(in))).response.body,
            R"({"totalSize":0,"done":true,"records":[]})");
  const http::Reply sent = opencx(elsewhere(send_message("Größe 💡")));
  EXPECT_EQ(sent.response.status, 201);
  EXPECT_THAT(sent.response.body, HasSubstr("http://127.0.0.1:55555/files/f-1"));
  EXPECT_FALSE(sent.response.headers.find("content-length"));
  EXPECT_THAT(replayer.unused(), ElementsAre("entry 5: GET /files/f-1 to opencx"));
  const http::Reply file = opencx(elsewhere({.method = "GET", .target = "/files/f-1"}));
  EXPECT_EQ(file.wire, http::Wire::cut_in_body);
  EXPECT_EQ(file.response.body, std::string("\x89PNG\0\xff", 6));
  EXPECT_THAT(replayer.unused(), IsEmpty());
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
  EXPECT_EQ(replayer.leniency(), "");
}

TEST(Replayer, ARequestThatDiffersIsRefusedWithTheFirstDifference) {
  Replayer replayer(recorded());
  const http::Reply reply = replayer.handler("opencx")(send_message("Something else"));
  EXPECT_EQ(reply.response.status, 501);
  EXPECT_THAT(
      replayer.mismatches(),
      ElementsAre("POST /chat/sessions/s-1/send to opencx is not what was recorded; nearest: entry 4 (POST "
                  "/chat/sessions/s-1/send to opencx), not made yet, differs at /body/message/text: recorded \"Größe 💡\", "
                  "made \"Something else\""));
  EXPECT_THAT(reply.response.body, HasSubstr("/body/message/text"));
  EXPECT_EQ(replayer.unused().size(), 4u);
}

TEST(Replayer, R20AnUnknownResourceIsRefusedWithTheNearestRequest) {
  Replayer replayer(recorded());
  replayer.handler("opencx")({.method = "GET", .target = "/files/f-2"});
  EXPECT_THAT(
      replayer.mismatches(),
      ElementsAre("GET /files/f-2 to opencx is not on the tape; nearest: entry 5 (GET /files/f-1 to opencx), not made yet, "
                  "differs at /path: recorded \"/files/f-1\", made \"/files/f-2\""));
}

TEST(Replayer, R9WhatChangesSomethingIsAnsweredOnce) {
  Replayer replayer(recorded({conversation()[3]}));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(send_message("Größe 💡")).response.status, 201);
  EXPECT_EQ(opencx(send_message("Größe 💡")).response.status, 501);
  EXPECT_THAT(replayer.mismatches(),
              ElementsAre("POST /chat/sessions/s-1/send to opencx was recorded 1 time and made once more; nearest: entry 1 (POST "
                          "/chat/sessions/s-1/send to opencx), made already at 2026-01-05T09:00:03.000Z, says the same"));
}

// Whoever reads of a departure wants to know what was to come in its place.
TEST(Replayer, TellsWhatWasToComeByNow) {
  const std::string id = kDana;
  WallTime now = at_second(0);
  Replayer replayer(recorded({asked(0, "opencx", session(id), state("open")), asked(2, "opencx", session(kEli), state("open")),
                              asked(9, "opencx", send_message("Later"), json_answer(201, "{}"))}),
                    {.now = [&] { return now; }});
  EXPECT_THAT(replayer.overdue(), ElementsAre("entry 1: GET /chat/sessions/" + id + " to opencx"));
  replayer.handler("opencx")(session(id));
  now = at_second(5);
  EXPECT_THAT(replayer.overdue(), ElementsAre("entry 2: GET /chat/sessions/" + std::string(kEli) + " to opencx"));
}

// R12: goreplay#154
TEST(Replayer, WhatTheBridgeMakesUpStandsInTheAnswersToo) {
  const std::string theirs = "11111111-aaaa-4bbb-8ccc-222222222222", ours = "99999999-dddd-4eee-8fff-333333333333";
  Replayer replayer(recorded({asked(0, "opencx", json_post("/messages", R"({"key":")" + theirs + R"("})"),
                                    json_answer(201, R"({"echo":")" + theirs + R"(","id":"500Cw0000000001IAA"})")),
                              asked(1, "opencx", session(theirs), state("open"))}));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(json_post("/messages", R"({"key":")" + ours + R"("})")).response.body,
            R"({"echo":")" + ours + R"(","id":"500Cw0000000001IAA"})");
  EXPECT_EQ(opencx(session(theirs)).response.status, 501) << "it is called otherwise in this run";
  EXPECT_EQ(opencx(session(ours)).response.status, 200);
}

TEST(Replayer, R21OfOneTapeKnowsNothingOfAnother) {
  const Tape tape = recorded({asked(0, "opencx", send_message("x"), {.status = 201})});
  for (int scenario = 0; scenario < 2; ++scenario) {
    Replayer replayer(tape);
    EXPECT_EQ(replayer.handler("opencx")(send_message("x")).response.status, 201);
    EXPECT_THAT(replayer.unused(), IsEmpty());
  }
}

TEST(Replayer, R12AnIdIsTheSameInEveryRequest) {
  Replayer replayer(
      recorded({asked(0, "salesforce", json_post("/case", "{}"), json_answer(201, R"({"id":"500Cw0000000001IAA"})")),
                asked(1, "salesforce", json_post("/comment", R"({"ParentId":"500Cw0000000001IAA"})"), {.status = 201})}));
  const http::Handler salesforce = replayer.handler("salesforce");
  salesforce(json_post("/case", "{}"));
  salesforce(json_post("/comment", R"({"ParentId":"500Cw0000000002IAA"})"));
  EXPECT_THAT(replayer.mismatches(), ElementsAre(HasSubstr("differs at /body/ParentId: recorded \"500Cw0000000001IAA\", made "
                                                           "\"500Cw0000000002IAA\"")));
}

TEST(Replayer, ATokenThatWasNotGivenIsADifference) {
  Replayer replayer(recorded());
  const http::Handler salesforce = replayer.handler("salesforce");
  salesforce(login_elsewhere());
  salesforce(elsewhere(query("2026-01-05T08:59:00.000Z"), "the one before"));
  EXPECT_THAT(replayer.mismatches(), ElementsAre(HasSubstr("differs at /headers/authorization")));
}

// R7: keploy#2679
TEST(Replayer, R7ConversationsMayComeInAnotherOrder) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kEli), state("closed")),
                asked(2, "opencx", session(kDana), state("pending"))}));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(session(kDana)).response.body, state("open").body);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("pending").body);
  EXPECT_EQ(opencx(session(kEli)).response.body, state("closed").body);
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
}

TEST(Replayer, AReadThatNothingHasChangedSinceIsAnsweredAsBefore) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")),
                asked(1, "opencx", json_post(std::string("/chat/sessions/") + kDana + "/send", "{}"), {.status = 201})}));
  const http::Handler opencx = replayer.handler("opencx");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(opencx(session(kDana)).response.body, state("open").body);
  EXPECT_THAT(replayer.leniency(), testing::StartsWith("2 requests came once more and got the same answer (2 GET /"));
  EXPECT_EQ(opencx(json_post(std::string("/chat/sessions/") + kDana + "/send", "{}")).response.status, 201);
  EXPECT_EQ(opencx(session(kDana)).response.status, 501) << "the tape does not know what it says after the message";
}

TEST(Replayer, R8AReadIsAnsweredFromItsPlaceBetweenWhatChangedThings) {
  const std::string news = std::string(R"({"id":")") + kDana + R"("})";
  Replayer replayer(recorded({told(0, news), asked(1, "opencx", session(kDana), state("open")), told(2, news),
                              asked(3, "opencx", session(kDana), state("closed"))}));
  replayer.enact();
  const http::Handler opencx = replayer.handler("opencx");
  replayer.arrival(0);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(opencx(session(kDana)).response.body, state("open").body);
  EXPECT_FALSE(replayer.is_all_made_before(4));
  EXPECT_THAT(replayer.unused_before(2), IsEmpty());
  replayer.arrival(2);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("closed").body);
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

http::Request message_to(const std::string& id) { return json_post("/chat/sessions/" + id + "/send", "{}"); }

TEST(Replayer, AReadWithoutNewsMayBeLeftOut) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kDana), state("open")),
                asked(2, "opencx", session(kDana), state("closed")), asked(3, "opencx", message_to(kDana), {.status = 201})}));
  replayer.handler("opencx")(session(kDana));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 3"), HasSubstr("entry 4")));
  EXPECT_THAT(replayer.leniency(), testing::StartsWith("1 recorded read without news did not come (GET /"));
}

TEST(Replayer, ALookThatLedToNothingMayBeLeftOutButNotTheFirst) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kDana), state("closed")),
                asked(2, "opencx", session(kEli), state("open")), asked(3, "opencx", message_to(kEli), {.status = 201})}));
  const http::Handler opencx = replayer.handler("opencx");
  opencx(session(kDana));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 3"), HasSubstr("entry 4")));
  EXPECT_THAT(replayer.leniency(), testing::StartsWith("1 recorded read that led to nothing did not come (GET /"));
  opencx(session(kEli));
  opencx(message_to(kEli));
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

TEST(Replayer, ALookMayBeLeftOutWhenWhatWasWrittenAfterItHasComeAllTheSame) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kDana), state("closed")),
                asked(2, "opencx", message_to(kDana), {.status = 201})}));
  const http::Handler opencx = replayer.handler("opencx");
  opencx(session(kDana));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 2"), HasSubstr("entry 3")));
  opencx(message_to(kDana));
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

TEST(Replayer, ALookThatWasRefusedMayBeLeftOutOnceALaterOneCame) {
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kDana), {.status = 409}),
                asked(2, "opencx", message_to(kDana), {.status = 201}), asked(3, "opencx", session(kDana), {.status = 409})}));
  const http::Handler opencx = replayer.handler("opencx");
  opencx(session(kDana));
  opencx(message_to(kDana));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 2"), HasSubstr("entry 4")));
  EXPECT_EQ(opencx(session(kDana)).response.status, 409);
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

TEST(Replayer, AListMayBeLeftOutThatWasAskedForInTheSameWords) {
  const auto list = [](const std::string& of) {
    return http::Request{.method = "GET", .target = "/chat/sessions?channel=" + of};
  };
  Replayer replayer(recorded({asked(0, "opencx", list("email"), state("one")), asked(1, "opencx", list("email"), state("two")),
                              asked(2, "opencx", list("web"), state("three"))}));
  replayer.handler("opencx")(list("email"));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 3")));
}

TEST(Replayer, WhatWasSeenBeforeTheBridgeItselfWroteIsNotToldAgain) {
  // The look that was recorded in between is not missed; a bridge that is told of the past writes once more.
  const std::string news = std::string(R"({"id":")") + kDana + R"("})";
  Replayer replayer(
      recorded({told(0, news), asked(1, "opencx", session(kDana), state("open")),
                asked(1, "opencx", session(kDana), state("open")), asked(2, "opencx", message_to(kDana), {.status = 201}),
                told(3, news), asked(4, "opencx", session(kDana), state("answered"))}));
  replayer.enact();
  const http::Handler opencx = replayer.handler("opencx");
  replayer.arrival(0);
  opencx(session(kDana));
  opencx(message_to(kDana));
  EXPECT_EQ(opencx(session(kDana)).response.body, state("answered").body);
}

TEST(Replayer, ALookAtWhichTheBridgeCrashedNeedNotComeAndAWriteMust) {
  Tape tape{{asked(0, "opencx", session(kDana), {.status = 0}), asked(0, "opencx", send_message("x"), {.status = 0})},
            {{BridgeFate::What::crashed, at_second(0), 1, 0}, {BridgeFate::What::crashed, at_second(0), 2, 1}}};
  int crashes = 0;
  Replayer replayer(*read_har(write_har(tape), "test.har"), {.crash = [&] { ++crashes; }});
  EXPECT_TRUE(replayer.forgo_crash(0));
  EXPECT_FALSE(replayer.forgo_crash(1));
  EXPECT_THAT(replayer.unused(), ElementsAre(HasSubstr("entry 2")));
  replayer.handler("opencx")(session(kDana));
  EXPECT_EQ(crashes, 0);
  replayer.handler("opencx")(send_message("x"));
  EXPECT_EQ(crashes, 1);
}

TEST(Replayer, ALookThatWasLeftOutDoesNotMakeTheLaterOnesTellOfThePast) {
  const std::string news = std::string(R"({"id":")") + kDana + R"("})";
  Replayer replayer(recorded({told(0, news), asked(1, "opencx", session(kDana), state("open")),
                              asked(1, "opencx", session(kDana), state("open")), told(2, news),
                              asked(3, "opencx", session(kDana), state("closed"))}));
  replayer.enact();
  const http::Handler opencx = replayer.handler("opencx");
  replayer.arrival(0);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("open").body);
  replayer.arrival(3);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("closed").body);
}

TEST(Replayer, TheClockOfASystemStandsAsItStoodWheneverTheAnswerComes) {
  http::Response answer = state("open");
  answer.headers.set("Date", rfc5322_date(at_second(7)).substr(0, 25) + " GMT");  // seven seconds ahead
  WallTime now = at_second(100);
  Replayer replayer(recorded({asked(0, "opencx", session(kDana), answer)}), {.now = [&] { return now; }});
  const http::Handler opencx = replayer.handler("opencx");
  const auto date = [&] { return std::string(opencx(session(kDana)).response.headers.find("date").value_or("")); };
  EXPECT_EQ(date(), rfc5322_date(at_second(107)).substr(0, 25) + " GMT");
  now = at_second(1'300);
  EXPECT_EQ(date(), rfc5322_date(at_second(1'307)).substr(0, 25) + " GMT") << "the same answer, twenty minutes later";
}

TEST(Replayer, R11ALooseningIsForItsResourceAndCounted) {
  const auto patch = [](const char* value) {
    return http::Request{.method = "PATCH",
                         .target = "/chat/sessions/s-1",
                         .headers = {{"Content-Type", "application/json"}},
                         .body = std::string(R"({"custom_data":{"a":")") + value + R"("},"b":1})"};
  };
  const Tape tape =
      recorded({asked(0, "opencx", patch("x"), {.status = 200}), asked(1, "opencx", send_message("x"), {.status = 201})});
  Replayer replayer(tape,
                    {.loosenings = {{"opencx", "PATCH /chat/*", "/body/custom_data"}, {"opencx", "POST /chat/sessions/*/send"}}});
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(patch("y")).response.status, 200);
  EXPECT_EQ(opencx(patch("y")).response.status, 501) << "it may differ, and may not come again";
  for (int i = 0; i < 3; ++i) EXPECT_EQ(opencx(send_message("x")).response.status, 201);
  EXPECT_EQ(opencx(send_message("y")).response.status, 501) << "it may come again, and may not differ";
  EXPECT_THAT(replayer.leniency(),
              HasSubstr("\"PATCH /chat/*\" to opencx might differ in /body/custom_data and did 1 time; \"POST "
                        "/chat/sessions/*/send\" to opencx might come any number of times and did 2 times"));
}

TEST(Replayer, R9WhatMayComeAtMostSoOftenDoesNotComeMoreOften) {
  const http::Request look{.method = "GET", .target = "/chat/sessions/s-1"};
  Replayer replayer(recorded({asked(0, "opencx", send_message("x"), {.status = 201}), asked(1, "opencx", look, {.status = 200})}),
                    {.loosenings = {{.system = "opencx", .resource = "POST /chat/*/send", .times_max = 3},
                                    {.system = "opencx", .resource = "GET *", .times_max = 2}}});
  const http::Handler opencx = replayer.handler("opencx");
  for (const int status : {201, 201, 201, 501}) EXPECT_EQ(opencx(send_message("x")).response.status, status);
  for (const int status : {200, 200, 501}) EXPECT_EQ(opencx(look).response.status, status) << "a read too";
  EXPECT_THAT(replayer.leniency(),
              HasSubstr("\"POST /chat/*/send\" to opencx might come at most 3 times and came again 2 times"));
}

TEST(Replayer, TheModelAnswersWhatTheTapeLacksIfItMay) {
  const http::Handler model = [](const http::Request&) { return http::Reply{{.status = 299}}; };
  const Tape tape =
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", send_message("x"), {.status = 201})});
  Replayer replayer(tape, {.rest_from_model = true});
  const http::Handler opencx = replayer.handler("opencx", model);
  EXPECT_EQ(opencx(session(kDana)).response.status, 200);
  EXPECT_EQ(opencx(session(kEli)).response.status, 299);
  EXPECT_EQ(replayer.leniency(), "1 answer came from the model");
  Replayer strict(tape);
  strict.handler("opencx", model)(session(kDana));
  EXPECT_EQ(strict.handler("opencx", model)(session(kEli)).response.status, 501);
}

class InTime : public testing::Test {
 protected:
  ReplayOptions options() {
    return {.now = [this] { return now; }};
  }
  WallTime now = at_second(1000);  ///< the recording begins at second 0
};

TEST_F(InTime, R13TimesOfTheRecordingBecomeThoseOfThisRun) {
  Replayer replayer(recorded({asked(0, "opencx", session(kDana), json_answer(200, R"({"at":"2026-01-05T09:00:00.000Z"})")),
                              asked(5, "salesforce", query("2026-01-05T09:00:00.000Z"), {.status = 200})}),
                    options());
  EXPECT_EQ(replayer.handler("opencx")(session(kDana)).response.body, R"({"at":"2026-01-05T09:16:40.000Z"})");
  now += std::chrono::seconds(5);
  EXPECT_EQ(replayer.handler("salesforce")(query("2026-01-05T09:00:00.000Z")).response.status, 501) << "a time of the other run";
  EXPECT_EQ(replayer.handler("salesforce")(query("2026-01-05T09:16:40.000Z")).response.status, 200);
}

TEST_F(InTime, AnOutageIsEnactedAsOne) {
  const auto lost = [&](int second, const char* id) {
    return asked(second, "opencx", session(id), state("open"), http::Wire::reset_before_status);
  };
  Replayer replayer(recorded({asked(0, "opencx", {.method = "GET", .target = "/health"}, {.status = 200}), lost(10, kDana),
                              lost(20, kDana), lost(40, kDana), asked(60, "opencx", session(kDana), state("open")),
                              asked(60, "opencx", session(kEli), state("closed"))}),
                    options());
  const http::Handler opencx = replayer.handler("opencx");
  opencx({.method = "GET", .target = "/health"});
  const auto ask_at = [&](int second, const char* id) {
    now = at_second(1000 + second);
    return opencx(session(id));
  };
  EXPECT_EQ(ask_at(12, kDana).wire, http::Wire::reset_before_status);
  EXPECT_EQ(ask_at(25, kEli).wire, http::Wire::reset_before_status) << "nobody is spared";
  EXPECT_EQ(ask_at(70, kDana).response.body, state("open").body);
  EXPECT_EQ(ask_at(70, kEli).response.body, state("closed").body);
  EXPECT_THAT(replayer.unused(), IsEmpty());
  EXPECT_EQ(replayer.leniency(), "outages and expired tokens met 1 call more and 2 recorded calls less");
}

TEST_F(InTime, AnOutageEndsSomewhereBetweenTheLastCallThatItMetAndTheFirstThatItDidNot) {
  const http::Request health{.method = "GET", .target = "/health"};
  const auto refused = [](int second) { return asked(second, "opencx", send_message("Hello"), json_answer(503, "{}")); };
  Replayer replayer(recorded({asked(0, "opencx", health, {.status = 200}), refused(10), refused(20),
                              asked(100, "opencx", health, {.status = 204})}),
                    options());
  const http::Handler opencx = replayer.handler("opencx");
  const auto status_at = [&](int second, const http::Request& request) {
    now = at_second(1000 + second);
    return opencx(request).response.status;
  };
  EXPECT_EQ(status_at(0, health), 200);
  EXPECT_EQ(status_at(10, send_message("Hello")), 503);
  EXPECT_EQ(status_at(60, send_message("Hello")), 503) << "nobody had asked then, and it may have lasted";
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
  EXPECT_EQ(status_at(100, send_message("Hello")), 501) << "by then it was over, and nobody had said this";
}

// It said "is not what was recorded" of what says the same.
TEST_F(InTime, WhoAsksWhenTheOutageIsOverIsToldThat) {
  const http::Request health{.method = "GET", .target = "/health"};
  const auto lost = [&](int second) {
    return asked(second, "opencx", session(kDana), state("open"), http::Wire::reset_before_status);
  };
  Replayer replayer(
      recorded({asked(0, "opencx", health, {.status = 200}), lost(10), lost(20), asked(100, "opencx", health, {.status = 204})}),
      options());
  const http::Handler opencx = replayer.handler("opencx");
  now = at_second(1000 + 300);
  EXPECT_EQ(opencx(session(kDana)).response.status, 501);
  EXPECT_THAT(replayer.mismatches(),
              ElementsAre(HasSubstr("to opencx was recorded in an outage, which is over; nearest: entry 2 (")));
}

TEST_F(InTime, WhatWasAskedInVainNeedNotBeAskedOnceItsMomentIsGone) {
  const auto lost = [&](int second) {
    return asked(second, "opencx", session(kDana), state("open"), http::Wire::reset_before_status);
  };
  Replayer replayer(recorded({lost(10), lost(30), lost(900)}), options());
  now = at_second(1000 + 95);
  EXPECT_THAT(replayer.unused_before(2), IsEmpty()) << "though the outage lasts";
  EXPECT_EQ(replayer.unused_before(3).size(), 1u) << "and the last call of it is still to come";
}

TEST(Replayer, ThatThereIsNothingIsAnAnswerWhichComesAgain) {
  const http::Response gone = json_answer(404, "{}");
  Replayer replayer(recorded({asked(0, "opencx", session(kDana), state("open")), asked(1, "opencx", session(kDana), gone)}));
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(session(kDana)).response.status, 200);
  EXPECT_EQ(opencx(session(kDana)).response.status, 404);
  EXPECT_EQ(opencx(session(kDana)).response.status, 404) << "and not again what was before";
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
}

TEST_F(InTime, InAnOutageTheSameFailsAsOftenAsItIsAsked) {
  const auto lost = [&](int second) {
    return asked(second, "opencx", session(kDana), state("open"), http::Wire::reset_before_status);
  };
  Replayer replayer(recorded({lost(0), lost(40)}), options());
  const http::Handler opencx = replayer.handler("opencx");
  for (int second = 0; second <= 40; second += 10) {
    now = at_second(1000 + second);
    EXPECT_EQ(opencx(session(kDana)).wire, http::Wire::reset_before_status) << second;
  }
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
}

TEST_F(InTime, ARecordThatRefusesAWriteAgainAndAgainRefusesWhateverPausesAreMade) {
  const auto comment = [](const char* id) {
    return json_post("/services/data/v66.0/composite",
                     std::string(R"({"compositeRequest":[{"method":"POST","url":"/comments","body":")") + id + R"("}]})");
  };
  const http::Response locked = json_answer(
      200,
      R"({"compositeResponse":[{"httpStatusCode":200,"body":[{"success":false,"errors":[{"statusCode":"UNABLE_TO_LOCK_ROW"}]}]},)"
      R"({"httpStatusCode":200,"body":{"IsClosed":false}}]})");
  const http::Response done = json_answer(200, R"({"compositeResponse":[{"httpStatusCode":200,"body":[{"success":true}]}]})");
  Replayer replayer(recorded({asked(0, "salesforce", comment(kDana), locked), asked(10, "salesforce", comment(kEli), done),
                              asked(20, "salesforce", comment(kDana), locked), asked(40, "salesforce", comment(kDana), locked),
                              asked(60, "salesforce", comment(kDana), done)}),
                    options());
  const http::Handler salesforce = replayer.handler("salesforce");
  const auto ask_at = [&](int second, const char* id) {
    now = at_second(1000 + second);
    return salesforce(comment(id)).response.body;
  };
  for (const int second : {0, 5, 10, 15, 35}) EXPECT_EQ(ask_at(second, kDana), locked.body) << second;
  EXPECT_EQ(ask_at(36, kEli), done.body) << "others are spared";
  EXPECT_EQ(ask_at(70, kDana), done.body);
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

TEST_F(InTime, ALookOfLongAgoIsNotWhatStandsThereNow) {
  // Nobody told of it: people went on without a webhook.
  Replayer replayer(
      recorded({asked(0, "opencx", session(kDana), state("open")), asked(0, "opencx", session(kDana), state("open")),
                asked(600, "opencx", session(kDana), state("pending")), asked(1200, "opencx", session(kDana), state("closed")),
                asked(1200, "opencx", session(kDana), state("closed, too"))}),
      options());
  const http::Handler opencx = replayer.handler("opencx");
  EXPECT_EQ(opencx(session(kDana)).response.body, state("open").body);
  now = at_second(1000 + 1200);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("closed").body);
  EXPECT_EQ(opencx(session(kDana)).response.body, state("closed, too").body);
  EXPECT_THAT(replayer.unused(), IsEmpty());
}

TEST_F(InTime, AnExpiredTokenIsRefusedToWhoeverComesFirst) {
  const auto with = [](const char* id, const std::string& token) {
    http::Request request = session(id);
    request.headers.set("Authorization", "Bearer " + token);
    return request;
  };
  Replayer replayer(
      recorded({told(0, std::string(kDana) + " and " + kEli), asked(0, "salesforce", login(), logged_in("token-of-the-morning")),
                asked(1, "salesforce", with(kDana, "token-of-the-morning"), {.status = 401}),
                asked(1, "salesforce", login(), logged_in("token-of-the-evening")),
                asked(1, "salesforce", with(kDana, "token-of-the-evening"), state("open")),
                asked(1, "salesforce", with(kEli, "token-of-the-evening"), state("closed"))}),
      options());
  const http::Handler salesforce = replayer.handler("salesforce");
  replayer.arrival(0);
  const std::string morning = token_in(salesforce(login_elsewhere()));
  now += std::chrono::seconds(1);
  EXPECT_EQ(salesforce(with(kEli, morning)).response.status, 401);
  const std::string evening = token_in(salesforce(login_elsewhere()));
  EXPECT_EQ(salesforce(with(kEli, evening)).response.body, state("closed").body);
  EXPECT_EQ(salesforce(with(kDana, evening)).response.body, state("open").body);
  EXPECT_THAT(replayer.unused(), IsEmpty());
  EXPECT_THAT(replayer.mismatches(), IsEmpty());
}

TEST_F(InTime, ACrashIsEnactedAtTheCallThatMetIt) {
  Tape tape{{asked(0, "opencx", send_message("x"), {.status = 0})}, {{BridgeFate::What::crashed, at_second(0), 1, 0}}};
  tape = *read_har(write_har(tape), "test.har");
  int crashes = 0;
  ReplayOptions crashing = options();
  crashing.crash = [&] { ++crashes; };
  Replayer replayer(tape, crashing);
  EXPECT_EQ(replayer.handler("opencx")(send_message("x")).wire, http::Wire::reset_before_status);
  EXPECT_EQ(crashes, 1);
}

TEST_F(InTime, ACrashWaitsUntilTheWebhooksOfItsMomentAreAnswered) {
  Tape tape{{asked(0, "opencx", send_message("x"), {.status = 0})}, {{BridgeFate::What::crashed, at_second(0), 1, 0}}};
  tape = *read_har(write_har(tape), "test.har");
  std::atomic<int> crashes = 0;
  ReplayOptions crashing = options();
  crashing.crash = [&] { ++crashes; };
  Replayer replayer(tape, crashing);
  replayer.hold_crashes();
  std::thread bridge([&] { (void)replayer.handler("opencx")(send_message("x")); });
  while (!replayer.unused().empty()) std::this_thread::yield();  // until the call has been made
  EXPECT_EQ(crashes, 0);
  replayer.release_crashes();
  bridge.join();
  EXPECT_EQ(crashes, 1);
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
  EXPECT_THAT(replayer.mismatches(), ElementsAre(HasSubstr("comes before its turn: entry 1")));
  EXPECT_EQ(opencx(send_message("one")).response.status, 201);
  EXPECT_EQ(opencx(send_message("two")).response.status, 201);
}

TEST(Replayer, R31AWebhookIsToldWithoutTheSecretsOfTheRecording) {
  Replayer replayer(recorded());
  const http::Request webhook_here = replayer.arrival(0);
  EXPECT_EQ(webhook_here.body, webhook().body);
  EXPECT_EQ(webhook_here.target.find("whsec"), std::string::npos);
}

TEST(Replayer, ACallWithoutARecordedAnswerIsReset) {
  std::vector<Exchange> all{conversation()[3]};
  all[0].response.status = 0;
  Replayer replayer(recorded(all));
  EXPECT_EQ(replayer.handler("opencx")(send_message("Größe 💡")).wire, http::Wire::reset_before_status);
}

}  // namespace
}  // namespace casewire::scenarios
