#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kBase = "/backend/widget/v2/";

/// A visitor of a page with the widget.
struct Widget : AStage {
  http::Response ask(std::string method, const std::string& path, Json body = nullptr) {
    http::Request request{.method = std::move(method), .target = kBase + path};
    request.headers.add("X-Bot-Token", bot);
    if (!token.empty()) request.headers.add("Authorization", "Bearer " + token);
    request.headers.add("Origin", "https://shop.test");
    if (!body.is_null()) {
      request.headers.add("Content-Type", "application/json");
      request.body = dump_json(body);
    }
    auto response = platform.handle(request).response;
    settle();
    return response;
  }
  Json json(std::string method, const std::string& path, Json body = nullptr) {
    const auto response = ask(std::move(method), path, std::move(body));
    EXPECT_EQ(response.status, 200) << path << ": " << response.body;
    return *parse_json(response.body);
  }
  void enter() {
    const auto answer = json("POST", "contact/create-unverified", {{"non_verified_name", "Ann"}, {"email", "dana@example.test"}});
    token = string_member(answer, "token");
  }
  std::string open() { return json("POST", "create-session", {{"customData", {{"page", "/kettles"}}}})["id"]; }
  Json message(const std::string& session, const std::string& content, int number = 1) {
    const std::string uuid = "00000000-0000-4000-8000-00000000000" + std::to_string(number);
    return {{"uuid", uuid}, {"content", content}, {"session_id", session}, {"bot_token", bot}};
  }

  std::string bot = "bot_casewire";
  std::string token;
};

TEST_F(Widget, TellsItsConfigurationToTheBotTokenAlone) {
  EXPECT_EQ(json("GET", "config")["sessionPollingIntervalSeconds"], 10);
  bot = "other";
  EXPECT_EQ(ask("GET", "config").status, 401);
}

TEST_F(Widget, RefusesAnotherBotTokenInTheBody) {
  enter();
  auto body = message(open(), "Where is it?");
  body["bot_token"] = "other";
  EXPECT_EQ(ask("POST", "chat/send", body).status, 401);
}

TEST_F(Widget, NamesTheParameterThatIsNoNumber) {
  enter();
  EXPECT_THAT(ask("GET", "sessions?cursor=bogus").body, testing::HasSubstr("cursor must be a number"));
  EXPECT_THAT(ask("GET", "sessions?offset=bogus").body, testing::HasSubstr("offset must be a number"));
}

TEST_F(Widget, RefusesFiltersAndAgentsThatItDoesNotModel) {
  enter();
  open();
  EXPECT_EQ(json("GET", "sessions?filters=%7B%7D&offset=")["items"].size(), 1u) << "as the widget sends it";
  EXPECT_EQ(ask("GET", "sessions?filters=%7B%22page%22%3A%22%2Fkettles%22%7D").status, 501) << "all were listed";
  EXPECT_EQ(ask("GET", "sessions?filters=page").status, 400);
  EXPECT_EQ(ask("GET", "sessions?filters=%7B%7D&agentId=a").status, 501);
  EXPECT_EQ(ask("GET", "config?agentId=a").status, 501);
}

TEST_F(Widget, LetsAStrangerWriteAndReadTheAnswer) {
  enter();
  const auto session = open();
  EXPECT_EQ(json("POST", "chat/send", message(session, "Where is it?"))["success"], true);
  EXPECT_TRUE(platform.answer(session, "On its way."));
  const auto poll = json("GET", "poll/" + session);
  EXPECT_EQ(poll["session"]["assignee"]["kind"], "ai");
  EXPECT_EQ(poll["session"]["lastMessage"], "On its way.");
  EXPECT_EQ(poll["session"]["sessionAttributes"]["page"], "/kettles");
  ASSERT_EQ(poll["history"].size(), 2u);
  EXPECT_EQ(poll["history"][0]["sender"]["kind"], "user");
  EXPECT_EQ(poll["history"][1]["content"]["text"], "On its way.");
  EXPECT_EQ(json("GET", "session/history/" + session), poll["history"]);
  EXPECT_THAT(inbox(), IsEmpty()) << "a chat is not mailed";
  EXPECT_THAT(platform.violations(), IsEmpty());
}

TEST_F(Widget, KeepsAStrangersAddressApartFromTheContactWhoHasIt) {
  post(written("By mail"));
  enter();
  open();
  EXPECT_EQ(json("GET", "sessions?filters=%7B%7D")["items"].size(), 1u);
  const auto shown = get("/chat/sessions?channel_type=web")["items"][0]["contact"];
  EXPECT_TRUE(shown["email"].is_null());
  EXPECT_EQ(shown["non_verified_email"], "dana@example.test");
}

TEST_F(Widget, IgnoresAMessageThatComesAgain) {
  enter();
  const auto session = open();
  json("POST", "chat/send", message(session, "Once"));
  EXPECT_EQ(json("POST", "chat/send", message(session, "Once"))["code"], "duplicate_message_ignored");
  EXPECT_EQ(json("GET", "session/history/" + session).size(), 1u);
}

// A message that was refused is not one that came before: the widget sends it once more under the same uuid.
TEST_F(Widget, TakesAMessageThatItRefusedBefore) {
  enter();
  const auto session = open();
  auto wrong = message(session, "Once");
  wrong["attachments"] = {{{"id", "1"}, {"name", "a"}, {"size", 1}, {"type", "text/plain"}, {"url", "http://elsewhere.test/a"}}};
  EXPECT_EQ(ask("POST", "chat/send", wrong).status, 400);
  auto nested = message(session, "Once");
  nested["custom_data"] = {{"a", "kept?"}, {"b", {{"c", 1}}}};
  EXPECT_EQ(ask("POST", "chat/send", nested).status, 400);
  EXPECT_FALSE(json("GET", "poll/" + session)["session"]["sessionAttributes"].contains("a"));
  EXPECT_FALSE(json("POST", "chat/send", message(session, "Once")).contains("code"));
  EXPECT_EQ(json("GET", "session/history/" + session).size(), 1u);
}

TEST_F(Widget, SaysWhoHasTheSessionAndHidesNotes) {
  enter();
  const auto session = open();
  platform.agent_writes(session, "Lee", "I am here");
  platform.agent_notes(session, "Lee", "Angry");
  EXPECT_EQ(json("POST", "chat/send", message(session, "Hello"))["code"], "session_assigned_to_human_agent");
  std::vector<std::string> kinds;
  for (const auto& row : json("GET", "session/history/" + session)) kinds.push_back(row["type"]);
  EXPECT_THAT(kinds, ElementsAre("agent_assigned_by_system", "agent_message", "message"));
}

TEST_F(Widget, ShowsNobodyAnothersSession) {
  enter();
  const auto session = open();
  token.clear();
  EXPECT_EQ(ask("GET", "poll/" + session).status, 401);
  enter();
  EXPECT_EQ(ask("GET", "poll/" + session).status, 404);
  EXPECT_EQ(ask("POST", "chat/send", message(session, "Hi")).status, 404);
  EXPECT_THAT(json("GET", "sessions?filters=%7B%7D")["items"], IsEmpty());
  token.back() = token.back() == 'A' ? 'B' : 'A';
  EXPECT_EQ(ask("POST", "create-session", Json::object()).status, 401);
}

TEST_F(Widget, RefusesAStaleToken) {
  enter();
  pass(24h);
  EXPECT_EQ(ask("POST", "create-session", Json::object()).status, 401);
}

TEST_F(Widget, TakesFilesAlongWithAMessage) {
  enter();
  const auto session = open();
  http::Request request{.method = "POST", .target = std::string{kBase} + "upload"};
  request.headers.add("X-Bot-Token", bot);
  request.headers.add("Authorization", "Bearer " + token);
  request.headers.add("Content-Type", "multipart/form-data; boundary=b");
  request.body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nabc\r\n--b--\r\n";
  const auto uploaded = *parse_json(platform.handle(request).response.body);
  EXPECT_EQ(uploaded["fileName"], "a.txt");
  auto body = message(session, "");
  body["attachments"] = {{{"id", "1"}, {"name", "a.txt"}, {"size", 3}, {"type", "text/plain"}, {"url", uploaded["fileUrl"]}}};
  json("POST", "chat/send", body);
  EXPECT_THAT(platform.sessions().back().history.back().attachment_names, ElementsAre("a.txt"));
  // A browser shows it: it has neither an API key nor a way to send one.
  const std::string url = json("GET", "session/history/" + session)[0]["attachments"][0]["url"];
  EXPECT_EQ(platform.handle({.method = "GET", .target = url.substr(url.find("/media/"))}).response.body, "abc");
  body = message(session, "x", 2);
  body["attachments"] = {
      {{"id", "1"}, {"name", "a.txt"}, {"size", 3}, {"type", "text/plain"}, {"url", "https://elsewhere.test/a"}}};
  EXPECT_EQ(ask("POST", "chat/send", body).status, 400);
}

TEST_F(Widget, ResolvesVotesScoresAndRemembersCheckpoints) {
  enter();
  const auto session = open();
  json("POST", "chat/send", message(session, "Hello"));
  const std::string id = json("GET", "session/history/" + session)[0]["publicId"];
  EXPECT_EQ(json("POST", "chat/vote", {{"action", "upvote"}, {"sessionId", session}, {"messagePublicId", id}})["success"], true);
  EXPECT_EQ(json("POST", "chat/vote", {{"action", "upvote"}, {"sessionId", session}, {"messagePublicId", "x"}})["success"],
            false);
  json("POST", "checkpoint", {{"session_id", session}, {"payload", {{"step", 2}}}});
  EXPECT_EQ(json("GET", "poll/" + session)["session"]["latestStateCheckpointPayload"]["step"], 2);
  EXPECT_EQ(json("POST", "session/resolve", {{"session_id", session}})["isOpened"], false);
  EXPECT_EQ(json("POST", "submit-csat", {{"session_id", session}, {"score", 5}, {"feedback", "good"}})["success"], true);
  EXPECT_EQ(ask("POST", "submit-csat", {{"session_id", session}, {"score", 9}}).status, 400);
  const auto last = json("GET", "session/history/" + session).back();
  EXPECT_EQ(last["systemMessagePayload"]["payload"]["score"], 5);
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.started", "conversation.closed", "csat.score_submitted"));
  EXPECT_EQ(json("POST", "chat/send", message(session, "Again", 2))["success"], false) << "closed is read-only here";
}

TEST_F(Widget, AnswersBrowsersThatAskForLeave) {
  http::Request request{.method = "OPTIONS", .target = std::string{kBase} + "chat/send"};
  request.headers.add("Origin", "https://shop.test");
  request.headers.add("Access-Control-Request-Method", "POST");
  request.headers.add("Access-Control-Request-Headers", "authorization,content-type,x-bot-token");
  const auto response = platform.handle(request).response;
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.find("access-control-allow-origin"), "*");
  EXPECT_EQ(response.headers.find("access-control-allow-headers"), "authorization,content-type,x-bot-token");
  EXPECT_EQ(ask("GET", "config").headers.find("access-control-allow-origin"), "*");
  token.clear();
  EXPECT_EQ(ask("GET", "poll/x").headers.find("access-control-allow-origin"), "*") << "a page must be able to read refusals too";
  EXPECT_THAT(platform.violations(), IsEmpty());
}

}  // namespace
}  // namespace casewire::sim::opencx
