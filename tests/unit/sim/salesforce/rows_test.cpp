#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Rows : public ServiceCloud {};

TEST_F(Rows, CreateAnswersTheIdAndItsPlace) {
  const auto response = send("POST", "/services/data/v66.0/sobjects/Case", R"({"Subject":"Order 1182"})");
  ASSERT_EQ(response.status, 201) << response.body;
  const auto id = string_member(parse_json(response.body).value(), "id");
  EXPECT_EQ(response.body, R"({"id":")" + id + R"(","success":true,"errors":[]})");
  EXPECT_EQ(response.headers.find("Location"), "/services/data/v66.0/sobjects/Case/" + id);
  EXPECT_EQ(response.headers.find("Content-Type"), "application/json;charset=UTF-8");
  EXPECT_THAT(std::string{*response.headers.find("Sforce-Limit-Info")}, HasSubstr("api-usage=1/100000"));
}

TEST_F(Rows, WhatWasWrittenIsRead) {
  const auto id = create("Case", {{"subject", "Order 1182"}, {"Origin", "Email"}});
  const auto row = call("GET", "/sobjects/case/" + id.substr(0, 15), nullptr, 200);
  EXPECT_EQ(row.begin().key(), "attributes");
  EXPECT_EQ(row["Id"], id);
  EXPECT_EQ(row["Subject"], "Order 1182");
  EXPECT_EQ(row["CreatedDate"], "2026-01-05T09:00:00.000+0000");
  EXPECT_EQ(row["ClosedDate"], nullptr);
}

// Change Data Capture Developer Guide, "Considerations for Newline Characters and Computing the SHA-256 Hash".
TEST_F(Rows, TextsAreKeptWithoutWhatIsBlankAroundThemAndWithTheirLineEnds) {
  const auto parent = create("Case", {{"Subject", "  Order 1182 "}, {"Description", "\r\n First.\r\nSecond.\n\n"}});
  const auto comment = create("CaseComment", {{"ParentId", parent}, {"CommentBody", "\tOn its way. \n\n  Greetings  "}});
  EXPECT_EQ(call("GET", "/sobjects/Case/" + parent, nullptr, 200)["Subject"], "Order 1182");
  EXPECT_EQ(call("GET", "/sobjects/Case/" + parent, nullptr, 200)["Description"], "First.\r\nSecond.");
  EXPECT_EQ(call("GET", "/sobjects/CaseComment/" + comment, nullptr, 200)["CommentBody"], "On its way. \n\n  Greetings");
}

TEST_F(Rows, FieldsMayBeChosenAlsoOfParents) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto row = call("GET", "/sobjects/Case/" + id + "?fields=Subject,Owner.Name", nullptr, 200);
  EXPECT_EQ(row["Owner"]["Name"], "Support");
  EXPECT_FALSE(row.contains("Id"));
}

TEST_F(Rows, UpdateAndDeleteHaveNoContent) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto path = "/services/data/v66.0/sobjects/Case/" + id;
  const auto updated = send("PATCH", path, R"({"Status":"Closed"})");
  EXPECT_EQ(updated.status, 204);
  EXPECT_EQ(updated.body, "");
  EXPECT_EQ(updated.headers.find("Content-Type"), std::nullopt);
  EXPECT_EQ(send("POST", path + "?_HttpMethod=PATCH", R"({"Status":"New"})").status, 204);
  EXPECT_EQ(send("DELETE", path).status, 204);
  const auto again = send("DELETE", path);
  EXPECT_EQ(again.status, 404);
  EXPECT_EQ(again.body, R"([{"message":"entity is deleted","errorCode":"ENTITY_IS_DELETED","fields":[]}])");
}

TEST_F(Rows, TwoTextsTellAnAbsentRowFromABadId) {
  for (const auto* id : {"nonsense", "003Cw00000000zz", "500Cw00000000z!", "-1"})
    EXPECT_EQ(call("GET", std::string{"/sobjects/Case/"} + id, nullptr, 404)[0]["message"],
              std::string{"Provided external ID field does not exist or is not accessible: "} + id);
  EXPECT_EQ(call("GET", "/sobjects/Case/500Cw00000000zz", nullptr, 404)[0]["message"], "The requested resource does not exist");
  EXPECT_EQ(call("PATCH", "/sobjects/Case/500Cw00000000zz", {{"Subject", "x"}}, 404)[0]["errorCode"],
            "INVALID_CROSS_REFERENCE_KEY");
}

// Captured: sf-fx-runtime-java, RestApiUpdateTest (PATCH); WWW::Salesforce (GET, DELETE).
TEST_F(Rows, AnIdWhoseCheckDoesNotFitIsMalformed) {
  const auto id = create("Case", {{"Subject", "x"}});
  const std::string broken = id.substr(0, 15) + "ZZZ", path = "/sobjects/Case/" + broken;
  const Json malformed = Json::array(
      {Json{{"message", "Case ID: id value of incorrect type: " + broken}, {"errorCode", "MALFORMED_ID"}, {"fields", {"Id"}}}});
  EXPECT_EQ(call("GET", path, nullptr, 400), malformed);
  EXPECT_EQ(call("PATCH", path, {{"Subject", "y"}}, 400), malformed);
  EXPECT_EQ(call("DELETE", path, nullptr, 400),
            Json::array({Json{{"message", "malformed id " + broken}, {"errorCode", "MALFORMED_ID"}, {"fields", Json::array()}}}));
  EXPECT_EQ(call("PATCH", "/composite/sobjects",
                 {{"records", {{{"attributes", {{"type", "Case"}}}, {"id", "24"}, {"Subject", "y"}}}}}, 200)[0]["errors"][0],
            (Json{{"statusCode", "MALFORMED_ID"}, {"message", "Case ID: id value of incorrect type: 24"}, {"fields", {"Id"}}}));
  EXPECT_EQ(query("SELECT Subject FROM Case").at(0)["Subject"], "x");
}

TEST_F(Rows, NamesAreReadBeforeTheRowIsLookedFor) {
  for (const std::string id : {"500Cw00000000zz", "500Cw00000000zzZZZ"}) {
    EXPECT_EQ(call("PATCH", "/sobjects/Case/" + id, {{"Color__c", "Red"}}, 400)[0]["message"],
              "No such column 'Color__c' on sobject of type Case");
    EXPECT_EQ(call("PATCH", "/sobjects/Case/" + id, {{"IsEscalated", "no"}}, 400)[0]["errorCode"], "JSON_PARSER_ERROR");
  }
}

TEST_F(Rows, ErrorsOfTheRequestHaveNoFieldsAndErrorsOfTheSaveDo) {
  EXPECT_FALSE(call("POST", "/sobjects/Case", {{"foo", 1}}, 400)[0].contains("fields"));
  const auto error = call("POST", "/sobjects/Case", {{"Subject", std::string(256, 'x')}}, 400)[0];
  EXPECT_EQ(error["errorCode"], "STRING_TOO_LONG");
  EXPECT_EQ(error["fields"], Json::array({"Subject"}));
}

TEST_F(Rows, ABrokenBodyNamesLineAndColumn) {
  const auto response = send("POST", "/services/data/v66.0/sobjects/Case", "{\"Subject\":\"x\",}");
  EXPECT_EQ(response.status, 400);
  EXPECT_THAT(response.body, HasSubstr("JSON_PARSER_ERROR"));
  EXPECT_THAT(response.body, HasSubstr("at [line:1, column:16]"));
}

TEST_F(Rows, UpsertInsertsThenUpdatesTheSameRow) {
  const std::string path = "/sobjects/Case/OpenCX_Handoff__c/s-1%231";
  const auto first = call("PATCH", path, {{"Subject", "a"}}, 201);
  EXPECT_EQ(first["created"], true);
  const auto second = call("PATCH", path, {{"Subject", "b"}}, 200);
  EXPECT_EQ(second["created"], false);
  EXPECT_EQ(first["id"], second["id"]);
  const auto rows = query("SELECT Subject, OpenCX_Handoff__c FROM Case");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0]["Subject"], "b");
  EXPECT_EQ(rows[0]["OpenCX_Handoff__c"], "s-1#1");
  EXPECT_EQ(send("PATCH", "/services/data/v45.0" + path, R"({"Subject":"c"})").status, 204);
}

TEST_F(Rows, UpsertRefusesTheKeyInTheBodyAndUnknownKeys) {
  EXPECT_EQ(call("PATCH", "/sobjects/Case/OpenCX_Handoff__c/x", {{"opencx_handoff__c", "x"}}, 400)[0]["message"],
            "The OpenCX_Handoff__c field should not be specified in the sobject data.");
  EXPECT_EQ(call("PATCH", "/sobjects/Case/Subject/x", {{"Origin", "Web"}}, 404)[0]["message"],
            "Provided external ID field does not exist or is not accessible: Subject");
}

TEST_F(Rows, UpsertByAKeyThatSeveralRowsShareListsThem) {
  for (int i = 0; i < 2; ++i) create("Contact", {{"LastName", "Diaz"}, {"Email", "dana@example.test"}});
  const auto choices = call("PATCH", "/sobjects/Contact/Email/dana@example.test", {{"FirstName", "Dana"}}, 300);
  ASSERT_EQ(choices.size(), 2u);
  EXPECT_THAT(choices[0].get<std::string>(), HasSubstr("/services/data/v66.0/sobjects/Contact/003"));
}

TEST_F(Rows, AFileComesBackByteForByte) {
  const std::string bytes{"\x89PNG\r\n\0\xff", 8};
  const auto parent = create("Case", {{"Subject", "x"}});
  const auto id =
      create("ContentVersion", {{"PathOnClient", "a.png"}, {"VersionData", base64(bytes)}, {"FirstPublishLocationId", parent}});
  const auto response = send("GET", "/services/data/v66.0/sobjects/ContentVersion/" + id + "/VersionData");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, bytes);
  EXPECT_EQ(org_->file_content(id), bytes);
  EXPECT_EQ(query("SELECT ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '" + parent + "'").size(), 1u);
}

TEST_F(Rows, AFileMayComeInAMultipartBodyInEitherOrder) {
  const std::string json =
      "--b\r\nContent-Disposition: form-data; name=\"entity_content\"\r\nContent-Type: application/json\r\n\r\n{\"PathOnClient\":\"a.txt\"}\r\n";
  const std::string data =
      "--b\r\nContent-Disposition: form-data; name=\"VersionData\"; filename=\"a.txt\"\r\n\r\nline\r\n--c\r\n";
  for (const auto& body : {json + data + "--b--\r\n", "\r\n" + data + json + "--b--"}) {
    const auto response = send("POST", "/services/data/v66.0/sobjects/ContentVersion", body,
                               {{"Content-Type", "multipart/form-data; boundary=\"b\""}});
    ASSERT_EQ(response.status, 201) << response.body;
    EXPECT_EQ(org_->file_content(string_member(parse_json(response.body).value(), "id")), "line\r\n--c");
  }
}

// Captured: WWW::Salesforce.
TEST_F(Rows, AFileWithoutAJsonPartIsRefused) {
  const auto refused = send("POST", "/services/data/v66.0/sobjects/Attachment",
                            "--b\r\nContent-Disposition: form-data; name=\"Body\"; filename=\"a.txt\"\r\n\r\nx\r\n--b--",
                            {{"Content-Type", "multipart/form-data; boundary=b"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.body,
            R"([{"message":"Multipart message must include a non-binary part","errorCode":"INVALID_MULTIPART_REQUEST"}])");
}

TEST_F(Rows, ARouteThatIsNotModelledIsNamedAndRemembered) {
  EXPECT_EQ(call("GET", "/jobs/ingest", nullptr, 501)[0]["errorCode"], "NOT_MODELLED");
  EXPECT_THAT(org_->not_modelled(), ElementsAre("Bulk API 2.0 (GET /services/data/v66.0/jobs/ingest)"));
}

TEST_F(Rows, TheWrongMethodNamesTheRightOnes) {
  EXPECT_EQ(call("PUT", "/sobjects/Case", {{"Subject", "x"}}, 405)[0]["message"],
            "HTTP Method 'PUT' not allowed. Allowed are GET,HEAD,POST");
}

TEST_F(Rows, HeadAsksForWhatGetAnswers) {
  const auto id = create("Case", {{"Subject", "x"}});
  EXPECT_EQ(send("HEAD", "/services/data/v66.0/sobjects/Case/" + id).status, 200);
  EXPECT_EQ(send("HEAD", "/services/data/v66.0/sobjects/Case/500Cw00000000zz").status, 404);
  EXPECT_EQ(send("HEAD", "/services/data/v66.0/composite/batch").status, 405);
}

TEST_F(Rows, WhatDidNotChangeSinceIsNotSentAgain) {
  const auto id = create("Case", {{"Subject", "x"}});
  const std::string base = "/services/data/v66.0/sobjects", before = "Mon, 05 Jan 2026 08:59:59 GMT",
                    after = "Tue, 10 Aug 2030 10:10:10 GMT";
  for (const auto& path : {base, base + "/Case/describe", base + "/Case/" + id}) {
    const auto known = send("GET", path, {}, {{"If-Modified-Since", after}});
    EXPECT_EQ(known.status, 304) << path;
    EXPECT_EQ(known.body, "") << path;
    EXPECT_EQ(send("GET", path, {}, {{"If-Modified-Since", before}}).status, 200) << path;
    EXPECT_EQ(send("GET", path, {}, {{"If-Unmodified-Since", before}}).status, 412) << path;
    EXPECT_EQ(send("GET", path, {}, {{"If-Modified-Since", "yesterday"}}).status, 200) << path;
  }
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits", {}, {{"If-Modified-Since", after}}).status, 200);
  EXPECT_EQ(send("PATCH", base + "/Case/" + id, R"({"Subject":"y"})", {{"If-Unmodified-Since", before}}).status, 412);
  EXPECT_EQ(send("DELETE", base + "/Case/" + id, {}, {{"If-Unmodified-Since", before}}).status, 412);
  EXPECT_EQ(query("SELECT Subject FROM Case").at(0)["Subject"], "x");
  EXPECT_EQ(send("PATCH", base + "/Case/" + id, R"({"Subject":"y"})", {{"If-Unmodified-Since", after}}).status, 204);
}

TEST_F(Rows, AnAnswerIsIndentedForWhoAsks) {
  const auto path = "/services/data/v66.0/sobjects/Case/" + create("Case", {{"Subject", "x"}}) + "?fields=Subject";
  const auto plain = send("GET", path).body, pretty = send("GET", path, {}, {{"X-PrettyPrint", "1"}}).body;
  EXPECT_EQ(plain.find('\n'), std::string::npos);
  EXPECT_THAT(pretty, HasSubstr("\n  \"Subject\": \"x\""));
  EXPECT_EQ(parse_json(pretty).value(), parse_json(plain).value());
}

TEST_F(Rows, AccountsHaveATag) {
  const auto path = "/services/data/v66.0/sobjects/Account/" + create("Account", {{"Name", "Acme"}});
  const auto first = send("GET", path);
  const std::string tag{first.headers.find("ETag").value_or("")};
  ASSERT_FALSE(tag.empty());
  EXPECT_EQ(send("GET", path, {}, {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(send("GET", path, {}, {{"If-None-Match", "\"other\", W/" + tag}}).status, 304);
  EXPECT_EQ(send("GET", path, {}, {{"If-None-Match", "\"other\""}}).status, 200);
  EXPECT_EQ(send("PATCH", path, R"({"Name":"A"})", {{"If-Match", "\"other\""}}).status, 412);
  EXPECT_EQ(send("PATCH", path, R"({"Name":"A"})", {{"If-Match", tag}}).status, 204);
  EXPECT_FALSE(send("GET", "/services/data/v66.0/sobjects/Case/" + create("Case", {{"Subject", "x"}})).headers.find("ETag"));
}

TEST_F(Rows, AChangeIsRefusedWhereItsTagIsNamedAsUnwanted) {
  const auto path = "/services/data/v66.0/sobjects/Account/" + create("Account", {{"Name", "Acme"}});
  const std::string tag{send("GET", path).headers.find("ETag").value_or("")};
  EXPECT_EQ(send("PATCH", path, R"({"Name":"A"})", {{"If-None-Match", tag}}).status, 412);
  EXPECT_EQ(send("PATCH", path, R"({"Name":"A"})", {{"If-None-Match", "\"other\""}}).status, 204);
}

TEST_F(Rows, WhatIsReadSaysWhenItChangedLast) {
  const std::string base = "/services/data/v66.0/sobjects", when = "Mon, 05 Jan 2026 09:00:00 GMT";
  const auto account = create("Account", {{"Name", "Acme"}}),
             contact = create("Contact", {{"LastName", "Lee"}, {"AccountId", account}});
  for (const auto& path : {base, base + "/Case/describe", base + "/Account/" + account, base + "/Contact/" + contact}) {
    const auto response = send("GET", path);
    EXPECT_EQ(response.headers.find("Last-Modified"), when) << path;
    EXPECT_EQ(send("GET", path, {}, {{"If-Modified-Since", when}}).headers.find("Last-Modified"), when) << path;
  }
  EXPECT_FALSE(send("GET", base + "/Contact/" + contact + "/Account").headers.find("Last-Modified"));
  EXPECT_FALSE(send("GET", base + "/Contact/" + contact + "?fields=Nope").headers.find("Last-Modified"));
}

TEST_F(Rows, AttributesOfAnotherObjectAreRefused) {
  const auto refused = [&](const char* method, const std::string& path) {
    const Json other{{"attributes", {{"type", "Account"}}}, {"Subject", "x"}};
    return string_member(call(method, "/sobjects/Case" + path, other, 400)[0], "errorCode");
  };
  const auto id = create("Case", {{"attributes", {{"type", "case"}, {"url", "/x"}}}, {"Subject", "x"}});
  EXPECT_EQ(refused("POST", ""), "INVALID_TYPE");
  EXPECT_EQ(refused("PATCH", "/" + id), "INVALID_TYPE");
  EXPECT_EQ(refused("PATCH", "/OpenCX_Handoff__c/k"), "INVALID_TYPE");
  EXPECT_EQ(query("SELECT Id FROM Case").size(), 1u);
}

TEST_F(Rows, AnAssignmentRuleIsNamedByItsId) {
  const auto rule =
      string_member(query("SELECT Id FROM AssignmentRule WHERE SobjectType = 'Case' AND Active = true").at(0), "Id");
  const std::string path = "/services/data/v66.0/sobjects/Case", body = R"({"Subject":"x"})";
  EXPECT_EQ(send("POST", path, body, {{"Sforce-Auto-Assign", rule}}).status, 201);
  EXPECT_EQ(query("SELECT Owner.Name FROM Case").at(0)["Owner"]["Name"], "Support");
  const auto refused = send("POST", path, body, {{"Sforce-Auto-Assign", "01Qxx0000000001AAA"}});
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("INVALID_ASSIGNMENT_RULE"));
}

TEST_F(Rows, NotesAndTheValuesOfStatusesAreRows) {
  const auto account = create("Account", {{"Name", "Acme"}});
  const auto note = create("Note", {{"ParentId", account}, {"Title", "t"}, {"Body", "b"}});
  EXPECT_EQ(query("SELECT (SELECT Id FROM Notes) FROM Account").at(0)["Notes"]["records"][0]["Id"], note);
  EXPECT_EQ(query("SELECT Id, MasterLabel FROM LeadStatus").size(), 4u);
  EXPECT_EQ(query("SELECT MasterLabel FROM TaskStatus WHERE IsClosed = true").at(0)["MasterLabel"], "Completed");
  EXPECT_EQ(query("SELECT MasterLabel FROM TaskPriority WHERE IsDefault = true").at(0)["MasterLabel"], "Normal");
  EXPECT_TRUE(query("SELECT Id, Name, SobjectType, IsActive FROM RecordType WHERE SobjectType = 'Case'").empty());
  call("DELETE", "/sobjects/Account/" + account, nullptr, 204);
  EXPECT_TRUE(query("SELECT Id FROM Note").empty());
}

// A client that asked for it would take the plain answer for what it wanted.
TEST_F(Rows, WhatAHeaderAsksForAndIsNotModelledIsRefused) {
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits", {}, {{"Accept", "application/xml"}}).status, 501);
  EXPECT_THAT(org_->not_modelled(), ElementsAre("answers in XML"));
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits", {}, {{"Accept", "application/xml, application/json;q=0.5"}}).status, 200);
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits", {}, {{"Accept", "text/html, application/xhtml+xml, */*;q=0.8"}}).status,
            200);
}

TEST_F(Rows, TheBytesOfAFileThatIsNotThereAreNotFound) {
  EXPECT_EQ(call("GET", "/sobjects/ContentVersion/068Cw00000000zz/VersionData", nullptr, 404)[0]["message"],
            "The requested resource does not exist");
}

TEST_F(Rows, ObjectsAndVersionsThatDoNotExistAreNotFound) {
  call("GET", "/sobjects/Nothing__c/describe", nullptr, 404);
  EXPECT_EQ(send("GET", "/services/data/v69.0/limits").status, 404);
  EXPECT_EQ(send("GET", "/services/data/v66/limits").status, 404);
  EXPECT_EQ(send("GET", "/services/data/v30.0/limits").status, 410);
  EXPECT_EQ(send("GET", "//services/data//v66.0/limits/").status, 200);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(Rows, AnotherMediaTypeIsRefused) {
  const auto response =
      send("POST", "/services/data/v66.0/sobjects/Case", "<Case/>", {{"Content-Type", "application/xml; charset=UTF-8"}});
  EXPECT_EQ(response.status, 415);
  EXPECT_THAT(response.body, HasSubstr("MediaType of 'application/xml' is not supported by this resource"));
}

TEST_F(Rows, TheVersionListNeedsNoSession) {
  const auto response = send("GET", "/services/data/", "", {{"Authorization", "Bearer nothing"}});
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.find("Sforce-Limit-Info"), std::nullopt);
  const auto list = parse_json(response.body).value();
  EXPECT_EQ(list.front()["version"], "31.0");
  EXPECT_EQ(list.back()["label"],
            "Summer \xE2\x80\x99"
            "26");
}

TEST_F(Rows, DescribeShowsAnOrgsOwnFields) {
  const auto body = call("GET", "/sobjects/Case/describe", nullptr, 200);
  const auto found = std::find_if(body["fields"].begin(), body["fields"].end(),
                                  [](const Json& field) { return field["name"] == "OpenCX_Handoff__c"; });
  ASSERT_NE(found, body["fields"].end());
  EXPECT_EQ((*found)["externalId"], true);
  EXPECT_EQ((*found)["caseSensitive"], true);
  EXPECT_EQ((*found)["byteLength"], 240);
}

TEST_F(Rows, TheDailyLimitRefusesWithItsOwnCode) {
  auto text = service_cloud_text();
  text.replace(text.find("100000"), 6, "2");
  start(text);
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 200);
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 200);
  const auto refused = send("GET", "/services/data/v66.0/limits");
  EXPECT_EQ(refused.status, 403);
  EXPECT_THAT(refused.body, HasSubstr("REQUEST_LIMIT_EXCEEDED"));
  world_.advance_to(world_.now() + std::chrono::hours{24});
  token_.clear();
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 200);
}

TEST_F(Rows, RestWritesAreAssignedUnlessTheyDecline) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto owner = [&] {
    return query("SELECT Owner.Name FROM Case WHERE Id = '" + id + "'")[0]["Owner"]["Name"].get<std::string>();
  };
  EXPECT_EQ(owner(), "Support");
  const auto rep = org_->add_rep("Ruiz", "Support").value();
  ASSERT_TRUE(org_->update(rep, id, {{"OwnerId", rep}}));
  EXPECT_EQ(owner(), "Ruiz");
  send("PATCH", "/services/data/v66.0/sobjects/Case/" + id, R"({"Subject":"y"})", {{"Sforce-Auto-Assign", "FALSE"}});
  EXPECT_EQ(owner(), "Ruiz");
  call("PATCH", "/sobjects/Case/" + id, {{"Subject", "z"}}, 204);
  EXPECT_EQ(owner(), "Support") << "REST's default is to run the rule on updates too";
}

TEST_F(Rows, TheVersionListMayBeAskedForByHead) {
  EXPECT_EQ(org_->handle({.method = "HEAD", .target = "/services/data"}).response.status, 200);
}

TEST_F(Rows, RouteAndMethodAreCheckedBeforeTheMediaType) {
  const auto status = [&](const char* method, const char* path) {
    return send(method, std::string{"/services/data/v66.0"} + path, "x", {{"Content-Type", "text/plain"}}).status;
  };
  EXPECT_EQ(status("POST", "/limits"), 405);
  EXPECT_EQ(status("POST", "/nothing"), 404);
  EXPECT_EQ(status("POST", "/sobjects/Case"), 415);
}

TEST_F(Rows, ARequestLineAndHeadersHave16KB) {
  const auto uri = send("GET", "/services/data/v66.0/query?q=" + std::string(16'384, 'x'));
  EXPECT_EQ(uri.status, 414);
  EXPECT_EQ(uri.body, "<h1>Bad Message 414</h1><pre>reason: URI Too Long</pre>");
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits", "", {{"X-Long", std::string(16'384, 'x')}}).status, 431);
}

TEST_F(Rows, AUserHasANameOfHerOwnAndNeedsNoNickname) {
  Json fields{{"LastName", "Kim"},
              {"Alias", "kim"},
              {"Email", "kim@acme.test"},
              {"Username", "kim@acme.test"},
              {"TimeZoneSidKey", "Europe/Oslo"},
              {"LocaleSidKey", "en_US"},
              {"EmailEncodingKey", "UTF-8"},
              {"LanguageLocaleKey", "en_US"},
              {"ProfileId", query("SELECT Id FROM Profile")[0]["Id"]}};
  const auto user = create("User", fields);
  call("PATCH", "/sobjects/User/" + user, {{"Username", "KIM@acme.test"}}, 204);
  EXPECT_EQ(call("POST", "/sobjects/User", fields, 400)[0]["errorCode"], "DUPLICATE_USERNAME");
  EXPECT_EQ(call("PATCH", "/sobjects/User/" + user, {{"Username", "opencx@acme.test"}}, 400)[0]["errorCode"],
            "DUPLICATE_USERNAME");
  fields["Username"] = "kim";
  EXPECT_EQ(call("POST", "/sobjects/User", fields, 400)[0]["message"],
            "Username must be in the form of an email address (for example, john@acme.com): Username");
  EXPECT_EQ(query("SELECT CommunityNickname FROM User WHERE Id = '" + user + "'")[0]["CommunityNickname"], "kim");
}

TEST_F(Rows, WhatNeedsMoreThanIsModelledIsRefused) {
  call("POST", "/sobjects/Lead", {{"LastName", "Diaz"}, {"Company", "Acme"}, {"IsConverted", true}}, 501);
  create("Lead", {{"LastName", "Diaz"}, {"Company", "Acme"}, {"IsConverted", false}});
  const auto profile = string_member(query("SELECT Id FROM Profile")[0], "Id");
  call("POST", "/sobjects/Profile", {{"Name", "Support"}}, 501);
  call("PATCH", "/sobjects/Profile/" + profile, {{"Description", "x"}}, 501);
  call("DELETE", "/sobjects/Profile/" + profile, nullptr, 501);
  call("POST", "/sobjects/RecordType", {{"Name", "Refund"}, {"SobjectType", "Case"}}, 501);
  for (const auto* object : {"ApexClass", "ApexTrigger"}) {
    call("POST", std::string{"/sobjects/"} + object, {{"Name", "x"}}, 501);
    const auto id = string_member(query(std::string{"SELECT Id FROM "} + object)[0], "Id");
    call("PATCH", std::string{"/sobjects/"} + object + "/" + id, {{"Name", "y"}}, 501);
    call("DELETE", std::string{"/sobjects/"} + object + "/" + id, nullptr, 501);
  }
}

TEST_F(Rows, WhatEveryOrgHasAndThisOneLacksIsNotCalledUnknown) {
  EXPECT_EQ(call("GET", "/sobjects/Opportunity/describe", nullptr, 501)[0]["errorCode"], "NOT_MODELLED");
  call("POST", "/sobjects/campaign", {{"Name", "x"}}, 501);
  call("POST", "/sobjects/EmailMessage", {{"ToIds", Json::array()}}, 501);
  EXPECT_THAT(org_->not_modelled(), ElementsAre("the object Opportunity", "the object campaign", "the field EmailMessage.ToIds"));
  call("GET", "/sobjects/Nothing/describe", nullptr, 404);
}

TEST_F(Rows, OnlyFieldNamesMayStandInFields) {
  const auto path = "/sobjects/Case/" + create("Case", {{"Subject", "x"}}) + "?fields=";
  for (const auto* fields : {"Id,%20Subject", "COUNT(Id)", "(SELECT%20Id%20FROM%20CaseComments)", "Id,"})
    EXPECT_EQ(call("GET", path + fields, nullptr, 400)[0]["errorCode"], "INVALID_FIELD") << fields;
}

TEST_F(Rows, TheBodyIsReadBeforeTheRowIsLookedFor) {
  const std::string rows = "/services/data/v66.0/sobjects/Case/";
  EXPECT_THAT(send("PATCH", rows + "500Cw00000000zz", "{").body, HasSubstr("JSON_PARSER_ERROR"));
  EXPECT_THAT(send("PATCH", rows + "nonsense", "{").body, HasSubstr("NOT_FOUND")) << "but the id's form comes first";
}

TEST_F(Rows, ASyntaxErrorIsToldInTheVendorsWords) {
  const auto message = [&](const char* body) {
    return string_member(parse_json(send("POST", "/services/data/v66.0/sobjects/Case", body).body).value()[0], "message");
  };
  EXPECT_EQ(message("{\n\"Subject\":\"x\",}"),
            "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:2, column:15]");
  EXPECT_EQ(message("{\"Subject\":\"x\""), "Unexpected end-of-input: was expecting '}' at [line:1, column:15]");
}

TEST_F(Rows, ABodyThatIsNoObjectIsNamed) {
  for (const auto& [body, found] : {std::pair{"null", "VALUE_NULL value null"},
                                    {"\"x\"", "VALUE_STRING value x"},
                                    {"5", "VALUE_NUMBER_INT value 5"},
                                    {"true", "VALUE_TRUE value true"}})
    EXPECT_THAT(send("POST", "/services/data/v66.0/sobjects/Case", body).body,
                HasSubstr(std::string{"from "} + found + " or request"));
  EXPECT_EQ(call("POST", "/sobjects/Case", Json::array({{{"Subject", "x"}}}), 400)[0]["message"],
            "Can not deserialize SObject out of START_ARRAY token at [line:1, column:1]");
}

TEST_F(Rows, IdStandsForTheKeyOfANewRow) { call("POST", "/sobjects/Case/Id", {{"Subject", "x"}}, 201); }

TEST_F(Rows, AKeyThatEndsLikeAFormatCannotBeReached) {
  call("PATCH", "/sobjects/Case/OpenCX_Handoff__c/a.json", {{"Subject", "x"}}, 404);
  call("GET", "/sobjects/Case/OpenCX_Handoff__c/a.xml", nullptr, 404);
}

}  // namespace
}  // namespace casewire::sim::salesforce
