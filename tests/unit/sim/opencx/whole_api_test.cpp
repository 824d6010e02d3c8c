#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct WholeApi : AStage {
  std::string session_of_mail() {
    post(written("Where is it?"));
    return platform.sessions().back().id;
  }
  std::string contact_id() { return get("/contacts")["items"][0]["id"]; }
  static Json body_of(const http::Response& response) { return *parse_json(response.body); }
};

// ---- contacts

TEST_F(WholeApi, ForgetsADeletedContactButKeepsItsSessions) {
  const auto session = session_of_mail();
  const auto contact = contact_id();
  EXPECT_EQ(call("DELETE", "/contacts/" + contact).status, 200);
  EXPECT_THAT(get("/contacts")["items"], IsEmpty());
  EXPECT_FALSE(get("/chat/sessions/" + session).contains("contact"));
  EXPECT_EQ(call("DELETE", "/contacts/" + contact).status, 404);
  EXPECT_EQ(call("PATCH", "/contacts/" + contact, {{"contact", {{"name", "D"}}}}).status, 404);
  EXPECT_EQ(agent_says(session, "Anybody there?").status, 201);
  EXPECT_THAT(inbox(), IsEmpty());
}

// ---- mail of no session

TEST_F(WholeApi, SendsMailsWithTheirFallbacksAndDelays) {
  const Json body{{"from_email", "news@acme.test"},
                  {"fallback_email_subject", "News"},
                  {"fallback_email_body", "<p>Hello <b>you</b></p>"},
                  {"recipients",
                   {{{"to_email", "dana@example.test"}},
                    {{"to_email", "eve@example.test"}, {"email_subject", "For Eve"}, {"delay_in_minutes", 5}}}}};
  EXPECT_EQ(call("POST", "/email", body).status, 201);
  ASSERT_EQ(inbox().size(), 1u);
  EXPECT_EQ(inbox()[0].message.subject, "News");
  EXPECT_EQ(inbox()[0].message.text, "Hello you");
  EXPECT_EQ(inbox()[0].message.from.address, "news@acme.test");
  EXPECT_THAT(inbox("eve@example.test"), IsEmpty());
  pass(5min);
  ASSERT_EQ(inbox("eve@example.test").size(), 1u);
  EXPECT_EQ(inbox("eve@example.test")[0].message.subject, "For Eve");
  EXPECT_THAT(platform.violations(), IsEmpty());
}

TEST_F(WholeApi, SendsNoMailWhenOneOfThemIsWrong) {
  const Json good{{"to_email", "dana@example.test"}, {"email_subject", "s"}, {"email_body", "b"}};
  const auto status = [&](const char* from, Json recipients, Json delay = nullptr) {
    Json body{{"from_email", from}, {"recipients", std::move(recipients)}};
    if (!delay.is_null()) body["delay_in_minutes"] = delay;
    return call("POST", "/email", body).status;
  };
  EXPECT_EQ(status("me@elsewhere.test", Json::array({good})), 400);
  EXPECT_EQ(status("help@acme.test", Json::array({good, {{"to_email", "eve@example.test"}}})), 400);
  EXPECT_EQ(status("help@acme.test", Json::array({good}), 0), 400);
  EXPECT_EQ(status("help@acme.test", Json::array({{{"to_email", "nobody"}}})), 400);
  EXPECT_THAT(inbox(), IsEmpty());
}

// ---- sessions by filter

TEST_F(WholeApi, FiltersSortsAndPagesSessions) {
  std::vector<std::string> ids;
  for (int at = 0; at < 3; ++at) {
    ids.push_back(session_of_mail());
    pass(1min);
  }
  platform.hand_off(ids[1], "Needs a person");
  agent_says(ids[0], "Hello");
  const auto found = [&](Json body) {
    std::vector<std::string> list;
    const auto answer = body_of(call("POST", "/chat/sessions/filter", std::move(body)));
    for (const auto& each : answer["data"]) list.push_back(each["id"]);
    return list;
  };
  EXPECT_THAT(found(Json::object()), ElementsAre(ids[0], ids[2], ids[1])) << "newest message first";
  EXPECT_THAT(found({{"sort_by", "created_at"}, {"sort_order", "asc"}}), ElementsAre(ids[0], ids[1], ids[2]));
  EXPECT_THAT(found({{"filters", {{"handed_off", true}}}}), ElementsAre(ids[1]));
  EXPECT_THAT(found({{"filters", {{"status", {"closed_resolved", "closed_unresolved"}}}}}), IsEmpty());
  EXPECT_THAT(found({{"filters", {{"created_after", "2026-01-05T10:00:30.123456+01:00"}}}, {"sort_order", "asc"}}),
              ElementsAre(ids[1], ids[2]));
  const auto page = body_of(call("POST", "/chat/sessions/filter", {{"limit", 2}, {"page", 2}}));
  EXPECT_EQ(page["data"].size(), 1u);
  EXPECT_EQ(page["has_previous"], true);
  EXPECT_EQ(page["has_next"], false);
  EXPECT_EQ(page["limit"], 2);
  for (const Json& wrong : {Json{{"limit", 0}}, Json{{"limit", 101}}, Json{{"page", 1.5}}, Json{{"sort_by", "colour"}}}) {
    EXPECT_EQ(call("POST", "/chat/sessions/filter", wrong).status, 400) << wrong;
  }
}

// ---- blocklist

TEST_F(WholeApi, AiIgnoresABlockedContact) {
  platform.answer_every_message("Noted.", 1s);
  const auto block = body_of(call("POST", "/blocklist/contacts", {{"email", "Dana@example.test"}, {"reason", "loops"}}));
  EXPECT_EQ(block["email"], "dana@example.test");
  const auto session = session_of_mail();
  pass(5s);
  EXPECT_THAT(types(platform.sessions().front()), ElementsAre("message")) << "stored, not answered";
  EXPECT_EQ(platform.answer(session, "x").error(), "the contact is blocked");
  EXPECT_EQ(get("/blocklist/contacts/check?email=dana%40example.test")["is_blocked"], true);
  const auto list = get("/blocklist/contacts?page=1&limit=20");
  EXPECT_EQ(list["total"], 1);
  EXPECT_EQ(list["total_pages"], 1);
  EXPECT_EQ(list["data"][0]["contact_id"], contact_id());
  EXPECT_EQ(call("POST", "/blocklist/contacts", {{"email", "dana@example.test"}}).status, 409);
  EXPECT_EQ(call("DELETE", "/blocklist/contacts/" + block["id"].get<std::string>()).status, 200);
  EXPECT_TRUE(platform.answer(session, "x"));
}

TEST_F(WholeApi, RefusesAddressesThatThePatternForbids) {
  for (const char* email :
       {".dana@example.test", "da..na@example.test", "dana@example", "dana@example.t", "dana", "@example.test"}) {
    EXPECT_EQ(call("POST", "/blocklist/contacts", {{"email", email}}).status, 400) << email;
  }
}

TEST_F(WholeApi, BlocksDomainsAndTellsWhichItSkipped) {
  const auto answer = body_of(call("POST", "/blocklist/domains", {{"domains", "example.test, no domain,b.org,example.test"}}));
  EXPECT_EQ(answer["blocked"].size(), 2u);
  EXPECT_EQ(answer["skipped"], Json::array({"no domain", "example.test"}));
  EXPECT_EQ(answer["summary"], (Json{{"total", 4}, {"blocked", 2}, {"skipped", 2}}));
  EXPECT_EQ(get("/blocklist/contacts/check?email=x%40mail.example.test")["is_blocked"], true);
  EXPECT_EQ(get("/blocklist/domains/check?domain=c.org")["is_blocked"], false);
}

// ---- analytics

TEST_F(WholeApi, TellsHandoffsOfTheLastThirtyDays) {
  const auto session = session_of_mail();
  platform.hand_off(session, "Needs a person");
  const auto events = get("/handoff-analytics/events");
  EXPECT_EQ(events["total"], 1);
  EXPECT_EQ(events["items"][0]["session_id"], session);
  EXPECT_EQ(events["items"][0]["summary"], "Needs a person");
  EXPECT_TRUE(events["next"].is_null());
  EXPECT_EQ(get("/handoff-analytics/events?reason=prohibited_topic")["total"], 0);
  EXPECT_EQ(get("/handoff-analytics/events?start_date=2020-01-01&end_date=2099-01-01")["total"], events["total"]);
  EXPECT_EQ(get("/handoff-analytics/events?start_date=2099-01-01")["total"], 0);
  EXPECT_EQ(call("GET", "/handoff-analytics/events?start_date=yesterday").status, 400);
  EXPECT_EQ(call("GET", "/handoff-analytics/events?reason=mood").status, 400);
  pass(24h * 31);
  EXPECT_EQ(get("/handoff-analytics/events")["total"], 0);
  EXPECT_EQ(get("/handoff-analytics/events?start_date=2026-01-01T00%3A00%3A00Z")["total"], 1);
}

// ---- keys and limits

TEST_F(WholeApi, LetsAKeyDoWhatItsScopesSay) {
  const auto session = session_of_mail();
  EXPECT_EQ(call("GET", "/chat/sessions/" + session, nullptr, "ocx_reader").status, 200);
  EXPECT_EQ(call("POST", "/chat/sessions/filter", Json::object(), "ocx_reader").status, 200);
  const auto refused = call("PATCH", "/chat/sessions/" + session, {{"status", "closed_resolved"}}, "ocx_reader");
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(refused.body, R"({"statusCode":403,"message":"Forbidden","error":"Forbidden"})");
  EXPECT_EQ(call("GET", "/chat/sessions", nullptr, "ocx_unknown").status, 401);
}

TEST_F(WholeApi, LimitsCallsAMinuteWhenSwitchedOn) {
  for (int at = 0; at < 150; ++at) ASSERT_EQ(call("GET", "/contacts").status, 200);
  platform.behave({.calls_a_minute = 100});
  for (int at = 0; at < 100; ++at) ASSERT_EQ(call("GET", "/contacts").status, 200);
  const auto refused = call("GET", "/contacts");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.find("retry-after"), "60");
  EXPECT_EQ(body_of(refused)["message"], "Too Many Requests");
  pass(59s);
  EXPECT_EQ(call("GET", "/contacts").headers.find("retry-after"), "1");
  pass(1s);
  EXPECT_EQ(call("GET", "/contacts").status, 200);
}

// ---- reads that are behind

TEST_F(WholeApi, ReadsLagBehindWritesWhenSwitchedOn) {
  const auto session = session_of_mail();
  platform.behave({.read_lag = 2s});
  EXPECT_EQ(get("/chat/sessions/" + session)["status"], "open") << "what was there before is there";
  agent_says(session, "Hello");
  call("PATCH", "/chat/sessions/" + session, {{"status", "closed_resolved"}});
  EXPECT_EQ(get("/chat/sessions/" + session)["status"], "open");
  EXPECT_EQ(get("/chat/sessions/" + session + "/history")["items"].size(), 1u);
  const auto fresh = body_of(call("POST", "/chat/sessions", Json::object()))["id"].get<std::string>();
  EXPECT_EQ(call("GET", "/chat/sessions/" + fresh).status, 404);
  pass(2s);
  EXPECT_EQ(call("GET", "/chat/sessions/" + fresh).status, 200);
  EXPECT_EQ(get("/chat/sessions/" + session)["status"], "closed_resolved");
  EXPECT_EQ(get("/chat/sessions/" + session + "/history")["items"].size(), 4u);
}

TEST_F(WholeApi, ListsLagBehindReadsWhenSwitchedOn) {
  platform.behave({.index_lag = 10s});
  const auto session = session_of_mail();
  EXPECT_EQ(call("GET", "/chat/sessions/" + session).status, 200);
  EXPECT_THAT(get("/chat/sessions")["items"], IsEmpty());
  pass(10s);
  EXPECT_EQ(get("/chat/sessions")["items"].size(), 1u);
}

TEST_F(WholeApi, GivesEqualStampsToWhatHappensWithinTheGrain) {
  platform.behave({.time_grain = 1s});
  const auto session = session_of_mail();
  pass(400ms);
  agent_says(session, "One");
  const auto items = get("/chat/sessions/" + session + "/history")["items"];
  EXPECT_EQ(items[0]["created_at"], items.back()["created_at"]);
}

TEST_F(WholeApi, WritesTimesWithOffsetAndMicrosecondsWhenSwitchedOn) {
  platform.behave({.times = TimeStyle::microseconds_offset});
  EXPECT_EQ(get("/chat/sessions/" + session_of_mail())["created_at"], "2026-01-05T09:00:00.000000+00:00");
}

TEST_F(WholeApi, ReadsTimesWithAnOffsetWhosePlusWasNotEncoded) {
  session_of_mail();
  EXPECT_EQ(get("/chat/sessions?created_after=2026-01-05T09:59:59.123456+01:00")["items"].size(), 1u);
  EXPECT_EQ(get("/chat/sessions?created_after=2026-01-05T10:00:00+01:00")["items"].size(), 0u);
}

// As TicketSwap's tap asks for what is new: a datetime of Python, and form encoding.
TEST_F(WholeApi, ReadsTimesAsPythonWritesThem) {
  session_of_mail();
  EXPECT_EQ(get("/chat/sessions?updated_after=2026-01-05+08%3A59%3A59%2B00%3A00")["items"].size(), 1u);
  EXPECT_EQ(get("/chat/sessions?updated_after=2026-01-05+08%3A59%3A59.123456%2B00%3A00")["items"].size(), 1u);
  EXPECT_EQ(get("/chat/sessions?updated_after=2026-01-05+09%3A00%3A00%2B00%3A00")["items"].size(), 0u);
}

TEST_F(WholeApi, RefusesFiltersThatItDoesNotModel) {
  const auto status = [&](const Json& filters) { return call("POST", "/chat/sessions/filter", {{"filters", filters}}).status; };
  session_of_mail();
  EXPECT_EQ(status({{"status", {"open"}}, {"channels", "email"}, {"sentiment", {"neutral"}}}), 200);
  EXPECT_EQ(status({{"tags", {"vip"}}}), 501) << "all were found";
  EXPECT_EQ(status({{"teams", {"billing"}}}), 501);
  EXPECT_EQ(status({{"status", {"solved"}}}), 400);
  EXPECT_EQ(status({{"status", "solved"}}), 400);
  EXPECT_EQ(status({{"channels", {"fax"}}}), 400);
  EXPECT_EQ(status({{"sentiment", {"bored"}}}), 400);
}

TEST_F(WholeApi, ACheckOfTheBlocklistNamesWhatItChecks) {
  EXPECT_EQ(call("GET", "/blocklist/contacts/check").status, 400);
  EXPECT_EQ(call("GET", "/blocklist/contacts/check?email=").status, 400);
  EXPECT_EQ(call("GET", "/blocklist/domains/check").status, 400);
  EXPECT_EQ(get("/blocklist/contacts/check?email=dana%40example.test")["is_blocked"], false);
}

// ---- media

TEST_F(WholeApi, TakesPicturesByTheirBytes) {
  const auto upload = [&](const std::string& content) {
    http::Request request{.method = "POST", .target = "/media/upload"};
    request.headers.add("Authorization", "Bearer ocx_live_casewire");
    request.headers.add("Content-Type", "multipart/form-data; boundary=\"x y\"");
    request.body =
        "--x y\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.png\"\r\nContent-Type: image/png\r\n\r\n" +
        content + "\r\n--x y--\r\n";
    return platform.handle(request).response;
  };
  const auto answer = upload("\x89PNG\r\n\x1a\n...");
  ASSERT_EQ(answer.status, 201);
  const std::string url = body_of(answer)["url"];
  const auto file = platform.handle({.method = "GET", .target = url.substr(std::string{"http://opencx.test"}.size())}).response;
  EXPECT_EQ(file.body, "\x89PNG\r\n\x1a\n...");
  EXPECT_EQ(file.headers.find("content-type"), "image/png");
  EXPECT_EQ(upload("%PDF-1.4").status, 400);
  EXPECT_EQ(upload(std::string{"\x89PNG\r\n\x1a\n"} + std::string(5u << 20, 'x')).status, 400);
}

// A part without a file name is a field of a form, and the resource takes one file.
TEST_F(WholeApi, TakesOneFileAsAFile) {
  const auto upload = [&](const std::string& parts) {
    http::Request request{.method = "POST", .target = "/media/upload"};
    request.headers.add("Authorization", "Bearer ocx_live_casewire");
    request.headers.add("Content-Type", "multipart/form-data; boundary=b");
    request.body = parts + "--b--\r\n";
    return platform.handle(request).response.status;
  };
  const std::string picture = "\r\n\r\n\x89PNG\r\n\x1a\n...\r\n";
  const std::string file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"" + picture;
  const std::string field = "--b\r\nContent-Disposition: form-data; name=\"file\"" + picture;
  EXPECT_EQ(upload(file), 201);
  EXPECT_EQ(upload(field), 400);
  EXPECT_EQ(upload(file + file), 400);
  EXPECT_EQ(upload("--b\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nA kettle\r\n" + file), 201)
      << "fields beside it do no harm";
}

// ---- bodies

// The vendor's framework reads as JSON what says that it is; the rest is no body to it.
TEST_F(WholeApi, ReadsAsJsonWhatSaysThatItIs) {
  const auto session = session_of_mail();
  const auto say = [&](const char* type) {
    http::Request request{.method = "POST", .target = "/chat/sessions/" + session + "/send"};
    request.headers.add("Authorization", "Bearer ocx_live_casewire");
    if (type != nullptr) request.headers.add("Content-Type", type);
    request.body = R"({"sender":"agent","message":{"type":"text","text":"Hello"},"agent":{"id":7,"name":"Ruiz"}})";
    return platform.handle(request).response.status;
  };
  EXPECT_EQ(say("application/json; charset=utf-8"), 201);
  EXPECT_EQ(say("application/x-www-form-urlencoded"), 400) << "what curl says of -d";
  EXPECT_EQ(say("text/plain"), 400);
  EXPECT_EQ(say(nullptr), 400);
}

TEST_F(WholeApi, TakesNoBodyWhereEveryMemberMayBeLeftOut) {
  EXPECT_EQ(call("POST", "/chat/sessions").status, 201);
  EXPECT_EQ(call("POST", "/contacts").status, 400);
  EXPECT_THAT(platform.violations(), ElementsAre(testing::HasSubstr("expected the member \"contact\"")));
}

}  // namespace
}  // namespace casewire::sim::opencx
