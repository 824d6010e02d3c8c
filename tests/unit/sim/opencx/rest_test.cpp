#include "base/text/encoding.hpp"
#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct OpenCxApi : AStage {
  std::string session_of_mail() {
    post(written("Where is it?"));
    return only_session().id;
  }
};

TEST_F(OpenCxApi, Refuses401WithoutTheKey) {
  const auto response = platform.handle({.method = "GET", .target = "/chat/sessions"}).response;
  EXPECT_EQ(response.status, 401);
  EXPECT_EQ(response.body, R"({"statusCode":401,"message":"Unauthorized","error":"Unauthorized"})");
  EXPECT_THAT(platform.violations(), IsEmpty());
}

TEST_F(OpenCxApi, ReadsTheSchemeInAnyCase) {
  const auto status = [&](const std::string& header) {
    http::Request request{.method = "GET", .target = "/chat/sessions"};
    request.headers.add("Authorization", header);
    return platform.handle(request).response.status;
  };
  const std::string key = "ocx_live_casewire";
  for (const auto* scheme : {"Bearer ", "bearer ", "BEARER "}) EXPECT_EQ(status(scheme + key), 200) << scheme;
  for (const auto* scheme : {"", "Basic ", "Bearer"}) EXPECT_EQ(status(scheme + key), 401) << scheme;
}

TEST_F(OpenCxApi, AnswersHeadAsGet) {
  EXPECT_EQ(call("HEAD", "/chat/sessions").status, 200);
  EXPECT_EQ(call("HEAD", "/chat/sessions/nope").status, 404);
}

TEST_F(OpenCxApi, ShowsASessionInItsNewestShape) {
  const auto json = get("/chat/sessions/" + session_of_mail());
  EXPECT_EQ(json["status"], "open");
  EXPECT_EQ(json["channel"]["type"], "email");
  EXPECT_TRUE(json["ticket_number"].is_number());
  EXPECT_TRUE(json["ai_closure_type"].is_null());
  EXPECT_EQ(json["contact"]["email"], "dana@example.test");
  EXPECT_EQ(json["created_at"], "2026-01-05T09:00:00.000Z");
  EXPECT_FALSE(json.contains("handoff"));
}

TEST_F(OpenCxApi, ShowsTheHandoffOnceThereIsOne) {
  const auto id = session_of_mail();
  platform.hand_off("Refund needs a person");
  const auto json = get("/chat/sessions/" + id);
  EXPECT_EQ(json["handoff"]["summary"], "Refund needs a person");
  EXPECT_EQ(json["ai_closure_type"], "handed_off");
  EXPECT_EQ(json["status"], "open");
}

TEST_F(OpenCxApi, Answers404ForAnUnknownSession) {
  const auto response = call("GET", "/chat/sessions/nope");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(string_member(*parse_json(response.body), "error"), "Not Found");
}

TEST_F(OpenCxApi, Answers501ToWhatItDoesNotModelAndNotesIt) {
  EXPECT_EQ(call("GET", "/teams").status, 501);
  EXPECT_THAT(platform.violations(), ElementsAre("GET /teams: Casewire does not model it"));
}

TEST_F(OpenCxApi, AnswersAnUnknownPathInTheVendorsWordsAndNotesIt) {
  const auto response = call("GET", "/chat/sesions");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"statusCode":404,"message":"Cannot GET /chat/sesions","error":"Not Found"})");
  EXPECT_THAT(platform.violations(), ElementsAre("GET /chat/sesions: the description has no such operation"));
}

TEST_F(OpenCxApi, ListsHistoryByPagesOfFiftyWithoutGapOrRepetition) {
  const auto id = session_of_mail();
  for (int at = 0; at < 120; ++at) agent_says(id, "message " + std::to_string(at));
  std::vector<std::string> seen;
  std::string cursor;
  int pages = 0;
  do {
    const auto json = get("/chat/sessions/" + id + "/history" + (cursor.empty() ? "" : "?cursor=" + percent_encoded(cursor)));
    EXPECT_LE(json["items"].size(), 50u);
    for (const auto& item : json["items"]) seen.push_back(item["id"]);
    cursor = string_member(json, "next");
    ++pages;
  } while (!cursor.empty());
  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen.size(), only_session().history.size());
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::unique(seen.begin(), seen.end()), seen.end());
}

TEST_F(OpenCxApi, RefusesACursorOfItsOwnInvention) {
  EXPECT_EQ(call("GET", "/chat/sessions/" + session_of_mail() + "/history?cursor=abc").status, 400);
}

TEST_F(OpenCxApi, FiltersTheList) {
  session_of_mail();
  platform.hand_off("one");
  pass(1h);
  auto second = written("Other", "Another");
  second.from.address = "eve@example.test";
  post(second);
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> found;
    const auto list = get("/chat/sessions" + query);
    for (const auto& item : list["items"]) found.push_back(item["contact"]["email"]);
    return found;
  };
  EXPECT_THAT(ids(""), ElementsAre("dana@example.test", "eve@example.test"));
  EXPECT_THAT(ids("?handed_off=true&channel_type=email"), ElementsAre("dana@example.test"));
  EXPECT_THAT(ids("?handed_off=false"), ElementsAre("eve@example.test"));
  EXPECT_THAT(ids("?updated_after=2026-01-05T09%3A30%3A00Z"), ElementsAre("eve@example.test"));
  EXPECT_THAT(ids("?updated_after=2026-01-05T10%3A00%3A00.000Z"), IsEmpty()) << "exclusive";
  EXPECT_THAT(ids("?created_before=2026-01-05T09%3A30%3A00Z"), ElementsAre("dana@example.test"));
  EXPECT_THAT(ids("?status=closed_resolved"), IsEmpty());
  EXPECT_THAT(ids("?channel_type=web"), IsEmpty());
  EXPECT_THAT(platform.violations(), IsEmpty());
}

TEST_F(OpenCxApi, RefusesAFilterValueThatIsNoneAndIgnoresAnUnknownFilterButNotesBoth) {
  EXPECT_EQ(call("GET", "/chat/sessions?status=done").status, 400);
  EXPECT_EQ(call("GET", "/chat/sessions?colour=red").status, 200);
  ASSERT_EQ(platform.violations().size(), 2u);
  EXPECT_THAT(platform.violations()[0],
              HasSubstr("?status: expected open or closed_resolved or closed_unresolved, found \"done\""));
  EXPECT_THAT(platform.violations()[1], HasSubstr("?colour"));
}

TEST_F(OpenCxApi, NotesPathSchemaAndValueOfABadBody) {
  const auto id = session_of_mail();
  const auto response =
      call("POST", "/chat/sessions/" + id + "/send", {{"sender", "agent"}, {"message", {{"type", "text"}, {"text", 5}}}});
  EXPECT_EQ(response.status, 400);
  ASSERT_EQ(platform.violations().size(), 1u);
  EXPECT_EQ(platform.violations()[0],
            "POST /chat/sessions/{session_id}/send: /message/text: expected string, found 5 "
            "(#/schemas/SendMessageInput/properties/message/properties/text/type)");
}

TEST_F(OpenCxApi, TakesAnUnknownMemberButNotesIt) {
  const auto id = session_of_mail();
  EXPECT_EQ(call("PATCH", "/chat/sessions/" + id, {{"status", "open"}, {"assignee", "me"}}).status, 200);
  EXPECT_THAT(platform.violations(), ElementsAre(HasSubstr("/assignee: the description has no such member")));
}

TEST_F(OpenCxApi, RefusesNestedCustomData) {
  const auto id = session_of_mail();
  EXPECT_EQ(call("PATCH", "/chat/sessions/" + id, {{"custom_data", {{"a", {{"b", 1}}}}}}).status, 400);
}

TEST_F(OpenCxApi, RefusesABodyThatIsNoJson) {
  http::Request request{.method = "POST",
                        .target = "/contacts",
                        .headers = {{"Authorization", "Bearer ocx_live_casewire"}, {"Content-Type", "application/json"}},
                        .body = "{"};
  EXPECT_EQ(platform.handle(request).response.status, 400);
  EXPECT_THAT(platform.violations(), ElementsAre(HasSubstr("the body is no JSON")));
}

TEST_F(OpenCxApi, MirrorsTheCaseIdInCustomData) {
  const auto id = session_of_mail();
  EXPECT_EQ(call("PATCH", "/chat/sessions/" + id, {{"custom_data", {{"salesforce_case_id", "500000000000001AAA"}}}}).status, 200);
  EXPECT_EQ(only_session().custom_data["salesforce_case_id"], "500000000000001AAA");
  EXPECT_EQ(get("/chat/sessions/" + id)["custom_data"]["salesforce_case_id"], "500000000000001AAA");
}

TEST_F(OpenCxApi, ClosesASessionOnceHoweverOftenItIsAsked) {
  const auto id = session_of_mail();
  EXPECT_EQ(call("PATCH", "/chat/sessions/" + id, {{"status", "closed_resolved"}}).status, 200);
  EXPECT_EQ(call("PATCH", "/chat/sessions/" + id, {{"status", "closed_resolved"}}).status, 200);
  EXPECT_THAT(types(only_session()), ElementsAre("message", "closed_resolved_by_api"));
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.started", "conversation.closed"));
}

TEST_F(OpenCxApi, SendsAnAgentsMessageIntoHistoryAndToTheContact) {
  const auto id = session_of_mail();
  const auto response = agent_says(id, "Looking into it.");
  EXPECT_EQ(response.status, 201);
  const Json items = get("/chat/sessions/" + id + "/history")["items"];
  const auto& last = items.back();
  EXPECT_EQ((*parse_json(response.body))["data"]["message"]["id"], last["id"]);
  EXPECT_EQ(last["event"]["sender"]["type"], "human_agent");
  EXPECT_EQ(last["event"]["sender"]["name"], "Ruiz");
  EXPECT_EQ(last["event"]["content"]["text"], "Looking into it.");
  ASSERT_EQ(inbox().size(), 1u);
  EXPECT_THAT(inbox()[0].message.text, HasSubstr("Looking into it."));
}

TEST_F(OpenCxApi, KeepsTheTakeoverBeforeTheMessageAndTheAgentAsAssignee) {
  const auto id = session_of_mail();
  agent_says(id, "Hi", true);
  EXPECT_THAT(types(only_session()), ElementsAre("message", "agent_took_session_from_ai", "message"));
  EXPECT_EQ(only_session().owner, "human");
  EXPECT_EQ(get("/chat/sessions/" + id)["assignee_id"], "7");
}

TEST_F(OpenCxApi, LeavesTheAiInChargeWhenTheMessageDoesNotTakeOver) {
  const auto id = session_of_mail();
  agent_says(id, "Hi", false);
  EXPECT_EQ(only_session().owner, "ai");
}

TEST_F(OpenCxApi, ReopensAClosedSessionThatAnAgentWritesInto) {
  const auto id = session_of_mail();
  call("PATCH", "/chat/sessions/" + id, {{"status", "closed_unresolved"}});
  agent_says(id, "One more thing", false);
  EXPECT_EQ(only_session().status, "open");
  EXPECT_THAT(types(only_session()), ElementsAre("message", "closed_unresolved_by_api", "agent_reopened_session", "message"));
}

TEST_F(OpenCxApi, CarriesAttachmentsByBase64AndServesThemWithTheKey) {
  const auto id = session_of_mail();
  const std::string bytes{"\0\1PDF\xff", 6};
  call("POST", "/chat/sessions/" + id + "/send",
       {{"sender", "agent"},
        {"message",
         {{"type", "text"},
          {"text", "See file"},
          {"attachments", Json::array({{{"name", "a.pdf"}, {"base64", base64(bytes)}, {"mime_type", "application/pdf"}}})}}}});
  const auto item = get("/chat/sessions/" + id + "/history")["items"].back()["event"]["attachments"][0];
  EXPECT_EQ(item["size"], 6);
  const std::string url = item["url"];
  ASSERT_TRUE(url.starts_with("http://opencx.test/files/"));
  const auto file = call("GET", url.substr(std::string{"http://opencx.test"}.size()));
  EXPECT_EQ(file.body, bytes);
  EXPECT_EQ(file.headers.find("content-type"), "application/pdf");
  EXPECT_EQ(platform.handle({.method = "GET", .target = "/files/x"}).response.status, 401);
  ASSERT_EQ(inbox().size(), 1u);
  EXPECT_EQ(inbox()[0].message.attachments.at(0).content, bytes);
}

TEST_F(OpenCxApi, FetchesAnAttachmentByUrlAndRefusesTheMessageWhenItCannot) {
  const auto id = session_of_mail();
  const Json body{
      {"sender", "agent"},
      {"message",
       {{"type", "text"},
        {"text", "See file"},
        {"attachments", Json::array({{{"name", "a.txt"}, {"url", "http://files.test/a"}, {"mime_type", "text/plain"}}})}}}};
  EXPECT_EQ(call("POST", "/chat/sessions/" + id + "/send", body).status, 400);
  EXPECT_TRUE(inbox().empty());
  receiver.fetch = [](const http::Request& request) { return http::Response{200, {}, "fetched from " + request.target}; };
  EXPECT_EQ(call("POST", "/chat/sessions/" + id + "/send", body).status, 201);
  EXPECT_EQ(inbox().at(0).message.attachments.at(0).content, "fetched from http://files.test/a");
}

TEST_F(OpenCxApi, RefusesAnAttachmentThatCannotBeDecodedOrIsTooLarge) {
  const auto id = session_of_mail();
  const auto with = [&](const std::string& text) {
    return call("POST", "/chat/sessions/" + id + "/send",
                {{"sender", "agent"},
                 {"message",
                  {{"type", "text"},
                   {"text", ""},
                   {"attachments", Json::array({{{"name", "a"}, {"base64", text}, {"mime_type", "x/y"}}})}}}})
        .status;
  };
  EXPECT_EQ(with("%%%"), 400);
  EXPECT_THAT(platform.violations(),
              ElementsAre("POST /chat/sessions/{session_id}/send: /message/attachments/0/base64: expected base64"));
  EXPECT_EQ(with(base64(std::string((10u << 20) + 1, 'x'))), 400);
  EXPECT_THAT(types(only_session()), ElementsAre("message"));
}

TEST_F(OpenCxApi, AnAttachmentHasContentAndAMessageSaysSomething) {
  const auto path = "/chat/sessions/" + session_of_mail() + "/send";
  int fetched = 0;
  receiver.fetch = [&](const http::Request&) { return ++fetched, http::Response{200}; };
  const Json nothing{{"name", "a"}, {"mime_type", "x/y"}};
  const Json bare{{"sender", "agent"}, {"message", {{"type", "text"}, {"text", "x"}, {"attachments", Json::array({nothing})}}}};
  EXPECT_EQ(call("POST", path, bare).status, 400);
  EXPECT_EQ(call("POST", path, {{"sender", "agent"}, {"message", {{"type", "text"}, {"text", ""}}}}).status, 400);
  EXPECT_THAT(platform.violations(), ElementsAre(HasSubstr("/message/attachments/0: expected \"base64\" or \"url\""),
                                                 HasSubstr("/message: expected a text or an attachment")));
  EXPECT_EQ(fetched, 0);
  EXPECT_TRUE(inbox().empty());
}

TEST_F(OpenCxApi, NotesAParameterThatStandsTwice) {
  EXPECT_EQ(call("GET", "/chat/sessions?status=open&status=closed_resolved").status, 200);
  EXPECT_THAT(platform.violations(), ElementsAre("GET /chat/sessions: ?status stands twice"));
}

TEST_F(OpenCxApi, AContactIsKnownByHerNumberToo) {
  const auto saved = [&](const Json& contact) {
    return string_member(parse_json(call("POST", "/contacts", {{"contact", contact}}).body).value(), "id");
  };
  const auto by_number = saved({{"phone", "+1"}, {"name", "Ann"}});
  EXPECT_EQ(saved({{"phone", "+1"}, {"email", "ann@example.test"}}), by_number);
  EXPECT_EQ(saved({{"email", "ann@example.test"}}), by_number);
  EXPECT_NE(saved({{"phone", "+1"}, {"email", "bob@example.test"}}), by_number);
  EXPECT_NE(saved({{"phone", "+2"}}), by_number);
}

TEST_F(OpenCxApi, WhatAnUnverifiedContactSaysOfHerselfIsKeptApart) {
  const Json contact{{"email", "ann@example.test"}, {"custom_data", {{"tier", "gold"}}}};
  const auto opened = call("POST", "/chat/sessions", {{"contact", contact}, {"verified", false}});
  const auto session = get("/chat/sessions/" + string_member(parse_json(opened.body).value(), "id"));
  EXPECT_EQ(session["contact"]["non_verified_custom_data"]["tier"], "gold");
  EXPECT_TRUE(session["contact"]["custom_data"].empty());
}

TEST_F(OpenCxApi, SavesContactsByTheirEmailAndUpdatesThem) {
  const auto first = call("POST", "/contacts", {{"contact", {{"email", "ann@example.test"}, {"name", "Ann"}}}});
  const auto again = call("POST", "/contacts", {{"contact", {{"email", "ANN@example.test"}, {"phone", "+1"}}}});
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(first.body, again.body);
  const std::string id = (*parse_json(first.body))["id"];
  EXPECT_EQ(call("PATCH", "/contacts/" + id, {{"contact", {{"name", "Ann Lee"}, {"custom_data", {{"tier", "gold"}}}}}}).status,
            200);
  const auto contact = get("/contacts")["items"][0];
  EXPECT_EQ(contact["name"], "Ann Lee");
  EXPECT_EQ(contact["phone_number"], "+1");
  EXPECT_EQ(contact["custom_data"]["tier"], "gold");
  EXPECT_EQ(call("PATCH", "/contacts/nope", {{"contact", Json::object()}}).status, 404);
}

TEST_F(OpenCxApi, OpensASessionForAContactAndTakesTheContactsMessages) {
  const auto created =
      call("POST", "/chat/sessions", {{"channel", {{"type", "api"}}}, {"contact", {{"email", "ann@example.test"}}}});
  ASSERT_EQ(created.status, 201);
  const std::string id = (*parse_json(created.body))["id"];
  EXPECT_EQ(
      call("POST", "/chat/sessions/" + id + "/send", {{"sender", "contact"}, {"message", {{"type", "text"}, {"text", "Hi"}}}})
          .status,
      201);
  EXPECT_EQ(only_session().history.at(0).sender_type, "contact");
  agent_says(id, "Hello");
  EXPECT_EQ(only_session().history.size(), 3u) << "no mail on a channel that is none";
}

TEST_F(OpenCxApi, NamesOperationsForFaults) {
  const auto operation = [&](const char* method, const char* target) {
    return platform.operations({.method = method, .target = target});
  };
  EXPECT_THAT(operation("POST", "/chat/sessions/1/send"), ElementsAre("message send"));
  EXPECT_THAT(operation("GET", "/chat/sessions/1"), ElementsAre("session read"));
  EXPECT_THAT(operation("PATCH", "/chat/sessions/1"), ElementsAre("session update"));
  EXPECT_THAT(operation("GET", "/chat/sessions?cursor=x"), ElementsAre("session list"));
  EXPECT_THAT(operation("GET", "/chat/sessions/1/history"), ElementsAre("history read"));
  EXPECT_THAT(operation("GET", "/contacts"), ElementsAre("contact read"));
  EXPECT_THAT(operation("GET", "/files/1"), ElementsAre("file read"));
  EXPECT_THAT(operation("DELETE", "/files/1"), IsEmpty());
}

}  // namespace
}  // namespace casewire::sim::opencx
