// What people do in the org's pages, and what stands in their way or in the API's.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class People : public ServiceCloud {
 protected:
  std::string rep() { return org_->add_rep("Ruiz", "Support").value(); }
  std::string new_case(const std::string& subject = "Order 1182") {
    return create("Case", {{"Subject", subject}, {"SuppliedEmail", "dana@example.test"}});
  }
  Json first(std::string_view soql) {
    const auto rows = query(soql);
    return rows.empty() ? Json() : rows.front();
  }
  Json composite_error(const Json& parts) {
    return call("POST", "/composite", {{"compositeRequest", parts}}, 200)["compositeResponse"][0]["body"][0];
  }
};

TEST_F(People, ARichReplyMayHaveNoTextBody) {
  const auto parent = new_case();
  ASSERT_TRUE(org_->reply(rep(), parent, RepMail{.html = "<p>On its way.</p>", .cc = "boss@example.test"}));
  const auto row = first("SELECT TextBody, HtmlBody, CcAddress, MessageIdentifier, ToAddress FROM EmailMessage");
  EXPECT_EQ(row["TextBody"], nullptr);
  EXPECT_EQ(row["HtmlBody"], "<p>On its way.</p>");
  EXPECT_EQ(row["CcAddress"], "boss@example.test");
  EXPECT_EQ(row["ToAddress"], "dana@example.test");
  EXPECT_EQ(row["MessageIdentifier"], nullptr);
}

TEST_F(People, TheComposerKnowsTheMessageIdOfWhatItSends) {
  const auto parent = new_case();
  const auto mail = org_->compose(rep(), parent, RepMail{.text = "Sent.", .from = "help@acme.test"});
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->to, "dana@example.test");
  EXPECT_EQ(mail->from, "help@acme.test");
  EXPECT_EQ(mail->subject, "Re: Order 1182");
  EXPECT_THAT(mail->message_id, testing::MatchesRegex("<[0-9A-Za-z]{5}0{45}[0-9A-Z]{6}00[0-9A-Za-z]{22}@sfdc.net>"));
  EXPECT_EQ(first("SELECT MessageIdentifier FROM EmailMessage")["MessageIdentifier"], mail->message_id);
  ASSERT_THAT(callouts(), SizeIs(1)) << "the trigger runs for the composer's rows too";
}

TEST_F(People, APostIsForTheOrgsPeopleUnlessItIsPublic) {
  const auto parent = new_case();
  const auto user = rep();
  ASSERT_TRUE(org_->post(user, parent, {.text = "Third lamp."}));
  ASSERT_TRUE(
      org_->post(user, parent, {.text = "Like this.", .is_public = true, .file = OrgFile{.name = "a.pdf", .content = "%PDF"}}));
  const auto rows =
      query("SELECT Body, Type, Visibility, RelatedRecordId FROM FeedItem WHERE Type IN ('TextPost', 'ContentPost') ORDER BY Id");
  ASSERT_THAT(rows, SizeIs(2));
  EXPECT_EQ(rows[0]["Type"], "TextPost");
  EXPECT_EQ(rows[0]["Visibility"], "InternalUsers");
  EXPECT_EQ(rows[1]["Type"], "ContentPost");
  EXPECT_EQ(rows[1]["Visibility"], "AllUsers");
  EXPECT_THAT(query("SELECT Id FROM ContentVersion WHERE Id = '" + rows[1]["RelatedRecordId"].get<std::string>() + "'"),
              SizeIs(1));
}

TEST_F(People, APostThatIsDeletedIsGoneAndComesNotBackWithItsCase) {
  const auto parent = new_case();
  const auto user = rep();
  const std::string posts = "SELECT Id FROM FeedItem WHERE Type = 'TextPost'";
  const auto post = org_->post(user, parent, {.text = "Third lamp."}).value();
  ASSERT_TRUE(org_->remove(user, post));
  EXPECT_THAT(org_->query(posts, true).value(), IsEmpty());
  EXPECT_FALSE(org_->undelete(user, post));
  ASSERT_TRUE(org_->post(user, parent, {.text = "Another one."}));
  ASSERT_TRUE(org_->remove(user, parent));
  ASSERT_TRUE(org_->undelete(user, parent));
  EXPECT_THAT(query(posts), IsEmpty());
}

TEST_F(People, WhatTheOrgPostsByItselfIsNotModelled) {
  new_case();
  const auto error = call("GET", "/query?q=SELECT+Id+FROM+FeedItem", {}, 501)[0];
  EXPECT_EQ(error["errorCode"], "NOT_MODELLED");
  call("GET", "/query?q=SELECT+Id+FROM+FeedItem+WHERE+Type+%3D+'EmailMessageEvent'", {}, 501);
  call("POST", "/sobjects/FeedItem", {{"ParentId", new_case()}, {"Type", "PollPost"}, {"Body", "Which?"}}, 501);
  EXPECT_EQ(call("POST", "/sobjects/FeedItem", {{"ParentId", new_case()}}, 400)[0]["errorCode"], "REQUIRED_FIELD_MISSING");
}

TEST_F(People, AFileMayComeAfterTheReply) {
  const auto parent = new_case();
  const auto mail = org_->reply(rep(), parent, "See the file.", {}).value();
  ASSERT_TRUE(org_->attach(rep(), mail, {{.name = "a.pdf", .content = "%PDF"}}));
  EXPECT_THAT(query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + mail + "'"), SizeIs(1));
}

TEST_F(People, OnlyTheAuthorOfACommentChangesOrDeletesIt) {
  const auto parent = new_case();
  const auto own = org_->comment(rep(), parent, "Hello", true).value();
  const auto other = org_->add_rep("Kim", "Support").value();
  EXPECT_THAT(org_->edit_comment(other, own, "x").error(), HasSubstr("INSUFFICIENT_ACCESS_OR_READONLY"));
  EXPECT_THAT(org_->remove(other, own).error(), HasSubstr("INSUFFICIENT_ACCESS_OR_READONLY"));
  ASSERT_TRUE(org_->edit_comment(rep(), own, "Hello again"));
  EXPECT_EQ(first("SELECT CommentBody FROM CaseComment")["CommentBody"], "Hello again");
  ASSERT_TRUE(org_->remove(rep(), own));
  EXPECT_THAT(query("SELECT Id FROM CaseComment"), IsEmpty());
}

TEST_F(People, UndeleteBringsBackWhatWentAlong) {
  const auto parent = new_case();
  const auto kept = org_->comment(rep(), parent, "kept", true).value();
  const auto before = org_->comment(rep(), parent, "deleted before", true).value();
  ASSERT_TRUE(org_->remove(rep(), before));
  ASSERT_TRUE(org_->remove(rep(), parent));
  EXPECT_THAT(query("SELECT Id FROM CaseComment"), IsEmpty());
  EXPECT_FALSE(org_->undelete(rep(), kept)) << "its Case is deleted";
  ASSERT_TRUE(org_->undelete(rep(), parent));
  EXPECT_EQ(first("SELECT Id FROM CaseComment")["Id"], kept);
  EXPECT_THAT(query("SELECT Id FROM CaseComment"), SizeIs(1));
  EXPECT_FALSE(org_->undelete(rep(), parent));
}

TEST_F(People, AMergeMovesWhatHungOnTheLoser) {
  const auto winner = new_case("winner"), loser = new_case("loser");
  const auto comment = org_->comment(rep(), loser, "hello", true).value();
  const auto file =
      create("ContentVersion", {{"PathOnClient", "a.txt"}, {"VersionData", "YQ=="}, {"FirstPublishLocationId", winner}});
  const auto document = first("SELECT ContentDocumentId FROM ContentVersion")["ContentDocumentId"];
  create("ContentDocumentLink", {{"ContentDocumentId", document}, {"LinkedEntityId", loser}, {"ShareType", "V"}});
  callouts();
  callouts_.clear();
  ASSERT_TRUE(org_->merge(rep(), winner, {loser}));
  EXPECT_EQ(first("SELECT ParentId FROM CaseComment WHERE Id = '" + comment + "'")["ParentId"], winner);
  const auto gone = call("GET", "/queryAll?q=SELECT+IsDeleted,MasterRecordId+FROM+Case+WHERE+Id='" + loser + "'", nullptr, 200);
  EXPECT_EQ(gone["records"][0]["IsDeleted"], true);
  EXPECT_EQ(gone["records"][0]["MasterRecordId"], winner);
  EXPECT_THAT(query("SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '" + winner + "'"), SizeIs(1));
  EXPECT_THAT(callouts(), IsEmpty()) << "no trigger runs for what a merge moves";
  EXPECT_FALSE(org_->merge(rep(), winner, {loser}));
  EXPECT_FALSE(org_->merge(rep(), winner, {winner}));
  EXPECT_FALSE(org_->merge(rep(), comment, {comment}));
}

TEST_F(People, MergedContactsShowOnTheirCases) {
  const auto old = create("Contact", {{"LastName", "Dana"}, {"Email", "old@example.test"}});
  const auto kept = create("Contact", {{"LastName", "Dana"}, {"Email", "new@example.test"}});
  const auto parent = create("Case", {{"ContactId", old}});
  ASSERT_TRUE(org_->merge(rep(), kept, {old}));
  EXPECT_EQ(first("SELECT ContactEmail FROM Case WHERE Id = '" + parent + "'")["ContactEmail"], "new@example.test");
}

TEST_F(People, CasesPassToQueuesAndPeople) {
  const auto parent = new_case();
  const auto billing = org_->add_queue("Billing");
  EXPECT_EQ(org_->add_queue("Billing"), billing);
  EXPECT_EQ(org_->owner_named("Billing"), billing);
  EXPECT_EQ(org_->owner_named("Ada Admin").has_value(), true);
  EXPECT_FALSE(org_->owner_named("Nobody"));
  ASSERT_TRUE(org_->update(rep(), parent, {{"OwnerId", billing}}));
  EXPECT_EQ(first("SELECT Owner.Name FROM Case")["Owner"]["Name"], "Billing");
}

TEST_F(People, EveryBrokenRuleIsAnErrorOfItsOwn) {
  const auto parent = new_case();
  org_->add_validation_rule({.object = "Case",
                             .where = {{"Status", "Closed"}, {"Origin", nullptr}},
                             .unless = {},
                             .message = "Say where it came from.",
                             .field = "Origin"});
  org_->add_validation_rule({.object = "Case",
                             .where = {{"Status", "Closed"}},
                             .unless = {{"Reason", "Spam"}},
                             .message = "Give a reason.",
                             .field = {}});
  const auto errors = call("PATCH", "/sobjects/Case/" + parent, {{"Status", "Closed"}}, 400);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(
      errors[0],
      Json({{"message", "Say where it came from."}, {"errorCode", "FIELD_CUSTOM_VALIDATION_EXCEPTION"}, {"fields", {"Origin"}}}));
  EXPECT_EQ(errors[1]["fields"], Json::array());
  call("PATCH", "/sobjects/Case/" + parent, {{"Status", "Closed"}, {"Origin", "Phone"}, {"Reason", "Spam"}}, 204);
}

TEST_F(People, ALockedRowRefusesItsChildrenTooUntilItIsFree) {
  const auto parent = new_case();
  ASSERT_TRUE(org_->lock_row(parent, milliseconds{60'000}));
  EXPECT_EQ(call("PATCH", "/sobjects/Case/" + parent, {{"Subject", "x"}}, 400)[0]["errorCode"], "UNABLE_TO_LOCK_ROW");
  EXPECT_EQ(call("POST", "/sobjects/CaseComment", {{"ParentId", parent}, {"CommentBody", "x"}}, 400)[0]["errorCode"],
            "UNABLE_TO_LOCK_ROW");
  world_.advance_to(world_.now() + std::chrono::minutes{1});
  call("PATCH", "/sobjects/Case/" + parent, {{"Subject", "x"}}, 204);
  EXPECT_FALSE(org_->lock_row("500000000000000AAA", milliseconds{1}));
}

TEST_F(People, FullStorageAndUsedUpRequestsAreRefusedUntilThereIsRoom) {
  const auto parent = new_case();
  org_->set_storage_full(Storage::data, true);
  EXPECT_EQ(call("POST", "/sobjects/Case", {{"Subject", "x"}}, 400)[0],
            Json({{"message", "storage limit exceeded"}, {"errorCode", "STORAGE_LIMIT_EXCEEDED"}, {"fields", Json::array()}}));
  call("PATCH", "/sobjects/Case/" + parent, {{"Subject", "x"}}, 204);
  org_->set_storage_full(Storage::data, false);
  org_->set_requests_used_up(true);
  EXPECT_EQ(call("GET", "/limits", nullptr, 403)[0]["errorCode"], "REQUEST_LIMIT_EXCEEDED");
  org_->set_requests_used_up(false);
  new_case();
}

TEST_F(People, OfTwoStoragesOneMayBeFullAlone) {
  org_->set_storage_full(Storage::files, true);
  const auto parent = new_case();
  const Json file{{"Title", "plan"}, {"PathOnClient", "plan.txt"}, {"VersionData", "eA=="}};
  EXPECT_EQ(call("POST", "/sobjects/ContentVersion", file, 400)[0]["errorCode"], "STORAGE_LIMIT_EXCEEDED");
  const auto limits = call("GET", "/limits", nullptr, 200);
  EXPECT_EQ(limits["FileStorageMB"]["Remaining"], 0);
  EXPECT_EQ(limits["DataStorageMB"]["Remaining"], limits["DataStorageMB"]["Max"]);
}

TEST_F(People, WhatTheUserMayNotCreateIsRefusedAndDescribedSo) {
  const auto parent = new_case();
  const Json comment{{"ParentId", parent}, {"CommentBody", "x"}};
  ASSERT_TRUE(org_->withhold(org_->integration_user_id(), Rights::Right::create, "CaseComment"));
  EXPECT_EQ(call("POST", "/sobjects/CaseComment", comment, 400)[0],
            Json({{"message", "entity type cannot be inserted: Case Comment"},
                  {"errorCode", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"},
                  {"fields", Json::array()}}));
  EXPECT_EQ(call("GET", "/sobjects/CaseComment/describe", nullptr, 200)["createable"], false);
  EXPECT_EQ(call("GET", "/sobjects/CaseComment/describe", nullptr, 200)["updateable"], true);
  org_->give_rights_back(org_->integration_user_id());
  EXPECT_EQ(call("GET", "/sobjects/CaseComment/describe", nullptr, 200)["createable"], true);
  call("POST", "/sobjects/CaseComment", comment, 201);
  EXPECT_FALSE(org_->withhold(org_->integration_user_id(), Rights::Right::create, "CaseComments"));
}

TEST_F(People, WhatTheUserMayNotEditIsReadAndCreatedStill) {
  ASSERT_TRUE(org_->withhold(org_->integration_user_id(), Rights::Right::edit, "Case"));
  const auto parent = new_case();
  EXPECT_EQ(call("PATCH", "/sobjects/Case/" + parent, {{"Subject", "x"}}, 403)[0]["errorCode"],
            "INSUFFICIENT_ACCESS_OR_READONLY");
  EXPECT_EQ(call("GET", "/sobjects/Case/describe", nullptr, 200)["updateable"], false);
  call("GET", "/sobjects/Case/" + parent, nullptr, 200);
}

TEST_F(People, AFieldThatTheUserMayNotWriteIsShownAndRefused) {
  ASSERT_TRUE(org_->withhold_field(org_->integration_user_id(), "Case", "Origin"));
  const auto parent = call("POST", "/sobjects/Case", {{"Subject", "x"}}, 201)["id"].get<std::string>();
  for (const auto& [method, path] : {std::pair{"POST", std::string("/sobjects/Case")}, {"PATCH", "/sobjects/Case/" + parent}}) {
    const auto refused = call(method, path, {{"Origin", "Phone"}}, 400)[0];
    EXPECT_EQ(refused["errorCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
    EXPECT_EQ(refused["fields"], Json({"Origin"}));
  }
  EXPECT_TRUE(call("GET", "/sobjects/Case/" + parent, nullptr, 200).contains("Origin"));
  const auto described = call("GET", "/sobjects/Case/describe", nullptr, 200);
  for (const auto& field : described["fields"]) {
    if (field["name"] == "Origin") {
      EXPECT_EQ(field["createable"], false);
    }
    if (field["name"] == "Subject") {
      EXPECT_EQ(field["createable"], true);
    }
  }
  EXPECT_FALSE(org_->withhold_field(org_->integration_user_id(), "Case", "Origins"));
}

TEST_F(People, AnOrderedRefusalStrikesOneSaveWhereverItStands) {
  ASSERT_TRUE(org_->refuse_saves("Case create", "UNABLE_TO_LOCK_ROW", 2));
  EXPECT_EQ(composite_error({{{"method", "POST"},
                              {"url", "/services/data/v66.0/sobjects/Case"},
                              {"referenceId", "a"},
                              {"body", {{"Subject", "x"}}}}})["errorCode"],
            "UNABLE_TO_LOCK_ROW");
  EXPECT_EQ(org_->refusals_left(), 1u);
  const auto items =
      call("POST", "/composite/sobjects",
           {{"records",
             {{{"attributes", {{"type", "Case"}}}, {"Subject", "x"}}, {{"attributes", {{"type", "Case"}}}, {"Subject", "y"}}}}},
           200);
  EXPECT_EQ(items[0]["errors"][0]["statusCode"], "UNABLE_TO_LOCK_ROW");
  EXPECT_EQ(items[1]["success"], true);
  EXPECT_EQ(org_->refusals_left(), 0u);
  ASSERT_TRUE(org_->refuse_saves("Case create", "UNABLE_TO_LOCK_ROW", 1, 1));
  EXPECT_EQ(call("POST", "/sobjects/Case", {{"Subject", "the one before it"}}, 201)["success"], true);
  EXPECT_EQ(call("POST", "/sobjects/Case", {{"Subject", "it"}}, 400)[0]["errorCode"], "UNABLE_TO_LOCK_ROW");
  ASSERT_TRUE(org_->refuse_saves("EmailMessage create", "STORAGE_LIMIT_EXCEEDED", 1));
  EXPECT_TRUE(org_->reply(rep(), new_case(), "people do not meet it", {}));
  EXPECT_THAT(org_->refuse_saves("Case create", "UNABLE_TO_LOCK_ROWS", 1).error(),
              HasSubstr("did you mean \"UNABLE_TO_LOCK_ROW\"?"));
  EXPECT_FALSE(org_->refuse_saves("query", "UNABLE_TO_LOCK_ROW", 1));
}

TEST_F(People, RefusalsSpeakAsTheVendorDoes) {
  EXPECT_EQ(Org::refusal("UNABLE_TO_LOCK_ROW")->body,
            R"([{"message":"unable to obtain exclusive access to this record","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}])");
  EXPECT_EQ(Org::refusal("REQUEST_LIMIT_EXCEEDED")->status, 403);
  EXPECT_EQ(Org::refusal("REQUEST_LIMIT_EXCEEDED")->body,
            R"([{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}])");
  EXPECT_EQ(Org::refusal("invalid_grant")->body,
            R"({"error":"invalid_grant","error_description":"expired access/refresh token"})");
  EXPECT_THAT(Org::refusal("MAINTENANCE_PAGE")->body, HasSubstr("down for maintenance"));
  EXPECT_EQ(Org::refusal("SERVER_ON_FIRE"), std::nullopt);
  for (const auto& code : Org::refusal_codes()) EXPECT_TRUE(Org::refusal(code)) << code;
}

TEST_F(People, ADeactivatedUserHasNeitherSessionNorLogin) {
  const auto old = token();
  ASSERT_TRUE(org_->set_active(org_->integration_user_id(), false));
  EXPECT_EQ(send("GET", "/services/data/v66.0/limits").status, 401);
  EXPECT_EQ(ask_token(options_.refresh_token).body, R"({"error":"inactive_user","error_description":"user is inactive"})");
  ASSERT_TRUE(org_->set_active(org_->integration_user_id(), true));
  EXPECT_EQ(ask_token(options_.refresh_token).status, 200);
  org_->revoke_tokens();
  EXPECT_EQ(ask_token(options_.refresh_token).status, 400);
}

TEST_F(People, AnOrgMayLackATriggerAndAFieldAndCloseWithAnotherWord) {
  options_.callouts = false;
  options_.without_fields = {"Case.OpenCX_Handoff__c"};
  options_.closing_statuses = {"Solved"};
  start(service_cloud_text());
  const auto parent = new_case();
  EXPECT_EQ(call("PATCH", "/sobjects/Case/" + parent, {{"OpenCX_Handoff__c", "s#1"}}, 400)[0]["message"],
            "No such column 'OpenCX_Handoff__c' on sobject of type Case");
  call("PATCH", "/sobjects/Case/" + parent, {{"Status", "Solved"}}, 204);
  EXPECT_EQ(first("SELECT IsClosed FROM Case")["IsClosed"], true);
  org_->reply(rep(), parent, "Hello", {});
  EXPECT_THAT(callouts(), IsEmpty());
  options_.without_fields = {"Case.Nope__c"};
  EXPECT_THROW(start(service_cloud_text()), std::runtime_error);
}

}  // namespace
}  // namespace casewire::sim::salesforce
