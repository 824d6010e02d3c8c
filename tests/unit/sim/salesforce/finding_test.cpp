// How a client finds its way: resources, limits, layouts, ranges of changes, relationships, the objects of a real org.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Finding : public ServiceCloud {
 protected:
  Json read(const std::string& path, int status = 200) { return call("GET", path, nullptr, status); }
  std::string text(milliseconds from_now) {
    auto text = iso8601(world_.now() + from_now);
    return percent_encoded(text.substr(0, 19) + "+00:00");
  }
  Json entry(const std::string& name) {
    const auto global = read("/sobjects");
    for (const auto& one : global["sobjects"])
      if (one["name"] == name) return one;
    return nullptr;
  }
};

TEST_F(Finding, TheResourceListIsThatOfARealOrg) {
  const auto list = read("");
  EXPECT_GE(list.size(), 45u);
  EXPECT_EQ(list["parameterizedSearch"], "/services/data/v66.0/parameterizedSearch");
  EXPECT_EQ(list["identity"], "http://salesforce.test/id/00DCw0000000001MAA/" + org_->integration_user_id());
}

TEST_F(Finding, LimitsAreThereInFull) {
  const auto limits = read("/limits");
  EXPECT_GE(limits.size(), 45u);
  EXPECT_EQ(limits["DailyApiRequests"], Json({{"Max", 100'000}, {"Remaining", 99'999}}));
  EXPECT_EQ(limits["PermissionSets"]["CreateCustom"]["Max"], 1'000);
  for (const auto& [name, limit] : limits.items())
    EXPECT_TRUE(limit["Max"].is_number() && limit["Remaining"].is_number()) << name;
}

TEST_F(Finding, RowsAreCounted) {
  create("Case", {{"Subject", "x"}});
  EXPECT_EQ(read("/limits/recordCount?sObjects=case,Account,Nothing")["sObjects"],
            Json::array({{{"count", 1}, {"name", "Case"}}, {{"count", 0}, {"name", "Account"}}}));
  EXPECT_GT(read("/limits/recordCount")["sObjects"].size(), 20u);
}

TEST_F(Finding, DescribeGlobalNamesWhatARealOrgHas) {
  EXPECT_EQ(entry("Case")["queryable"], true);
  const auto opportunity = entry("Opportunity");
  EXPECT_EQ(opportunity["queryable"], false);
  EXPECT_EQ(opportunity["createable"], false);
  EXPECT_GT(read("/sobjects")["sobjects"].size(), 700u);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
  for (const auto* object :
       {"Opportunity", "CaseFeed", "ContentVersionHistory", "EntityDefinition", "AccountShare", "CaseChangeEvent"})
    EXPECT_EQ(read("/query?q=SELECT+Id+FROM+" + std::string{object}, 501)[0]["errorCode"], "NOT_MODELLED") << object;
  EXPECT_EQ(read("/query?q=SELECT+Id+FROM+Nothing__Share", 400)[0]["errorCode"], "INVALID_TYPE");
}

// Captured for Case; which others: those that have a LastViewedDate.
TEST_F(Finding, DescribesSayWhatIsListedAsRecent) {
  for (const auto& [object, is_listed] :
       {std::pair{"Case", true}, {"Contact", true}, {"CaseComment", false}, {"CaseStatus", false}})
    EXPECT_EQ(read(std::string{"/sobjects/"} + object + "/describe")["mruEnabled"], is_listed) << object;
}

TEST_F(Finding, ChildrenOfOtherObjectsAreKnownAndNotModelled) {
  const auto parent = create("Case", {{"Subject", "x"}});
  EXPECT_EQ(read("/query?q=SELECT+Id,(SELECT+Id+FROM+Histories)+FROM+Case", 501)[0]["errorCode"], "NOT_MODELLED");
  EXPECT_EQ(read("/sobjects/Case/" + parent + "/Histories", 501)[0]["errorCode"], "NOT_MODELLED");
  EXPECT_EQ(read("/sobjects/Case/" + parent + "/Nonsense", 404)[0]["errorCode"], "NOT_FOUND");
}

TEST_F(Finding, RelationshipsOfARowAreResources) {
  const auto contact = create("Contact", {{"LastName", "Dana"}, {"Email", "dana@example.test"}});
  const auto parent = create("Case", {{"Subject", "x"}, {"ContactId", contact}});
  create("CaseComment", {{"ParentId", parent}, {"CommentBody", "hello"}});
  EXPECT_EQ(read("/sobjects/Case/" + parent + "/Contact?fields=Email")["Email"], "dana@example.test");
  const auto comments = read("/sobjects/Case/" + parent + "/CaseComments");
  EXPECT_EQ(comments["totalSize"], 1);
  EXPECT_EQ(comments["records"][0]["CommentBody"], "hello");
  EXPECT_EQ(read("/sobjects/Case/" + parent + "/Account", 404)[0]["errorCode"], "NOT_FOUND");
  EXPECT_EQ(read("/sobjects/Case/" + parent + "/Contact?fields=Id)", 400)[0]["errorCode"], "INVALID_FIELD");
}

TEST_F(Finding, UpToFiveParentsAreFollowed) {
  const auto account = create("Account", {{"Name", "Acme"}});
  const auto contact = create("Contact", {{"LastName", "Dana"}, {"AccountId", account}});
  const auto parent = create("Case", {{"Subject", "x"}, {"ContactId", contact}});
  const auto child = create("Case", {{"Subject", "y"}, {"ParentId", parent}});
  const auto below = "/sobjects/Case/" + child;
  EXPECT_EQ(read(below + "/Parent/Contact/Account?fields=Name")["Name"], "Acme");
  EXPECT_EQ(read(below + "/Parent/contact/Account/Cases?fields=Subject")["totalSize"], 1);
  EXPECT_EQ(read(below + "/Parent/Parent/Contact", 404)[0]["errorCode"], "NOT_FOUND");
  EXPECT_EQ(read(below + "/Parent/Cases/Contact", 404)[0]["errorCode"], "NOT_FOUND") << "children lead nowhere";
  EXPECT_EQ(read(below + "/CreatedBy/CreatedBy/CreatedBy/CreatedBy/CreatedBy?fields=Id")["attributes"]["type"], "User");
  read(below + "/CreatedBy/CreatedBy/CreatedBy/CreatedBy/CreatedBy/CreatedBy", 404);
  call("PATCH", below + "/Parent/Contact", {{"LastName", "Diaz"}}, 204);
  EXPECT_EQ(read("/sobjects/Contact/" + contact)["LastName"], "Diaz");
  call("PATCH", below + "/Parent/Account/Parent", {{"Name", "x"}}, 404);
  const auto other = create("Account", {{"Name", "Other"}});
  call("PATCH", below + "/Parent/Contact", {{"AccountId", other}}, 204);
  call("DELETE", below + "/Parent/Contact/Account", nullptr, 204);
  EXPECT_EQ(read("/sobjects/Account/" + other, 404)[0]["errorCode"], "ENTITY_IS_DELETED");
}

TEST_F(Finding, AFileIsReadThroughItsDocument) {
  const auto version = create("ContentVersion", {{"PathOnClient", "a.txt"}, {"VersionData", "aGk="}});
  const auto document = string_member(read("/sobjects/ContentVersion/" + version), "ContentDocumentId");
  EXPECT_EQ(send("GET", "/services/data/v66.0/sobjects/ContentDocument/" + document + "/LatestPublishedVersion/VersionData").body,
            "hi");
}

// Up to v57.0 the form of the answer may stand behind the path.
TEST_F(Finding, OldVersionsTakeTheFormatBehindThePath) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto get = [&](const std::string& version, const std::string& path) {
    return send("GET", "/services/data/" + version + path).status;
  };
  for (const auto& path :
       {std::string{"/limits"}, std::string{"/sobjects"}, "/sobjects/Case/" + id, std::string{"/sobjects/Case/describe"}}) {
    EXPECT_EQ(get("v57.0", path + ".json"), 200) << path;
    EXPECT_EQ(get("v57.0", path + ".xml"), 501) << path;
    EXPECT_EQ(get("v58.0", path + ".json"), 404) << path;
    EXPECT_EQ(get("v58.0", path + ".xml"), 404) << path;
  }
  EXPECT_EQ(get("v57.0", "/query.json?q=SELECT+Id+FROM+Case"), 200);
}

TEST_F(Finding, WhatMayHaveAFeedSaysSo) {
  EXPECT_EQ(read("/sobjects/Case/describe")["feedEnabled"], true);
  EXPECT_EQ(read("/sobjects/CaseComment/describe")["feedEnabled"], false);
}

TEST_F(Finding, UpdatedAndDeletedRowsAreListedByMinutes) {
  const auto kept = create("Case", {{"Subject", "kept"}}), gone = create("Case", {{"Subject", "gone"}});
  call("DELETE", "/sobjects/Case/" + gone, nullptr, 204);
  const auto range = "?start=" + text(std::chrono::minutes{-5}) + "&end=" + text(std::chrono::minutes{5});
  EXPECT_THAT(read("/sobjects/Case/updated/" + range)["ids"], ElementsAre(kept));
  const auto deleted = read("/sobjects/Case/deleted/" + range);
  ASSERT_EQ(deleted["deletedRecords"].size(), 1u);
  EXPECT_EQ(deleted["deletedRecords"][0]["id"], gone);
  EXPECT_EQ(deleted["deletedRecords"][0]["deletedDate"], "2026-01-05T09:00:00.000+0000");
  EXPECT_TRUE(deleted.contains("earliestDateAvailable") && deleted.contains("latestDateCovered"));
  const auto refused = [&](const std::string& query) { return read("/sobjects/Case/updated" + query, 400)[0]["errorCode"]; };
  EXPECT_EQ(refused("?start=" + text(std::chrono::minutes{5}) + "&end=" + text(std::chrono::minutes{-5})),
            "INVALID_REPLICATION_DATE");
  EXPECT_EQ(refused("?start=" + text(-std::chrono::days{31}) + "&end=" + text(std::chrono::minutes{0})),
            "INVALID_REPLICATION_DATE");
  EXPECT_EQ(refused("?start=2026-01-01T00:00:00:&end=2026-01-02T00:00:00Z"), "INVALID_REPLICATION_DATE");
  EXPECT_EQ(refused("?start=2026-01-01T00:00:00Z"), "MISSING_ARGUMENT");
}

// Which objects have getUpdated() and getDeleted(): the calls that the Object Reference lists. The words are assumed.
TEST_F(Finding, WhatIsNotReplicatedHasNoRangesOfChanges) {
  const std::string range = "?start=2026-01-05T09:00:00Z&end=2026-01-05T10:00:00Z";
  for (const std::string object : {"CaseStatus", "ContentVersion", "ContentDocument", "ContentDocumentLink"}) {
    for (const auto& [kind, name] : {std::pair{"updated", "getUpdated"}, {"deleted", "getDeleted"}}) {
      const auto refused = call("GET", "/sobjects/" + object + "/" + kind + "/" + range, nullptr, 400);
      EXPECT_EQ(refused[0]["errorCode"], "INVALID_TYPE_FOR_OPERATION") << object << " " << kind;
      EXPECT_EQ(refused[0]["message"], "entity type " + object + " does not support " + name);
    }
    EXPECT_EQ(call("GET", "/sobjects/" + object, nullptr, 200)["objectDescribe"]["replicateable"], false) << object;
  }
  EXPECT_EQ(call("GET", "/sobjects/CaseComment", nullptr, 200)["objectDescribe"]["replicateable"], true);
}

TEST_F(Finding, LayoutsAndTheirKindAreDescribed) {
  const auto layouts = read("/sobjects/Case/describe/layouts/");
  EXPECT_EQ(layouts["recordTypeMappings"][0]["recordTypeId"], "012000000000000AAA");
  EXPECT_TRUE(layouts["layouts"][0]["detailLayoutSections"].is_array());
  EXPECT_TRUE(read("/sobjects/Case/describe/layouts/012000000000000AAA").contains("editLayoutSections"));
  read("/sobjects/Case/describe/layouts/012000000000001AAA", 404);
  read("/sobjects/Case/describe/compactLayouts");
  read("/sobjects/Case/describe/compactLayouts/primary");
  EXPECT_EQ(read("/sobjects/Case/listviews")["sobjectType"], "Case");
  EXPECT_EQ(read("/recent?limit=5"), Json::array());
  EXPECT_TRUE(read("/tabs").is_array());
  EXPECT_TRUE(read("/theme")["themeItems"].is_array());
  EXPECT_EQ(read("/sobjects/Nothing/describe/layouts", 404)[0]["errorCode"], "NOT_FOUND");
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(Finding, EveryNameOfTheResourceListIsModelledOrRefusedWithItsReason) {
  const auto list = read("");
  for (const auto& [name, url] : list.items()) {
    if (name == "identity") continue;
    EXPECT_NE(send("GET", url.get<std::string>()).status, 404) << name;
  }
}

TEST_F(Finding, WhatAQueryForViewShowsIsRecent) {
  const auto first = create("Case", {{"Subject", "first"}}), second = create("Case", {{"Subject", "second"}});
  const auto account = create("Account", {{"Name", "Acme"}});
  EXPECT_EQ(read("/recent"), Json::array());
  read("/query?q=SELECT+Id+FROM+Case+WHERE+Subject='first'+FOR+VIEW");
  read("/query?q=SELECT+Id+FROM+Account+FOR+REFERENCE");
  const auto recent = read("/recent");
  ASSERT_EQ(recent.size(), 2u);
  EXPECT_EQ(recent[0]["Name"], "Acme");
  EXPECT_EQ(recent[0]["attributes"]["type"], "Account");
  EXPECT_EQ(recent[1]["Id"], first);
  EXPECT_EQ(read("/recent?limit=1").size(), 1u);
  EXPECT_EQ(read("/recent?limit=x", 400)[0]["errorCode"], "INVALID_QUERY_SCOPE");
  EXPECT_EQ(send("GET", "/services/data/v66.0/sobjects/Case/" + second, {}, {{"Sforce-Mru", "updateMru=true"}}).status, 200);
  EXPECT_EQ(send("GET", "/services/data/v66.0/sobjects/Account/" + account).status, 200);
  const auto items = read("/sobjects/Case")["recentItems"];
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0]["Id"], second);
  EXPECT_TRUE(items[0].contains("CaseNumber"));
  call("DELETE", "/sobjects/Case/" + second, nullptr, 204);
  EXPECT_EQ(read("/sobjects/Case")["recentItems"].size(), 1u);
}

TEST_F(Finding, QuickActionsAreListedAndDescribed) {
  const auto list = read("/quickActions");
  ASSERT_GE(list.size(), 6u);
  EXPECT_EQ(list[0]["name"], "LogACall");
  EXPECT_EQ(list[0]["urls"]["describe"], "/services/data/v66.0/quickActions/LogACall/describe");
  const auto described = read("/quickActions/NewCase/describe");
  EXPECT_EQ(described["targetSobjectType"], "Case");
  EXPECT_EQ(described["contextSobjectType"], nullptr);
  EXPECT_TRUE(described["layout"]["layoutRows"].is_array());
  EXPECT_EQ(read("/sobjects/case/quickActions/logacall/describe")["contextSobjectType"], "Case");
  EXPECT_EQ(read("/sobjects/Global/quickActions"), read("/sobjects/global/quickActions"));
  EXPECT_EQ(read("/quickActions/NewCase/defaultValues")["Status"], "New");
  EXPECT_EQ(read("/sobjects/Account/quickActions/NewCase/defaultValues/001Cw0000000001IAA")["attributes"]["type"], "Case");
  read("/quickActions/Nothing/describe", 404);
  read("/sobjects/Nothing/quickActions", 404);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(Finding, AQuickActionMakesARowOnThePageWhereItIsDone) {
  const auto account = create("Account", {{"Name", "Acme"}});
  const auto done = call("POST", "/quickActions/NewCase", {{"record", {{"Subject", "x"}}}}, 201);
  EXPECT_EQ(done, Json({{"contextId", nullptr},
                        {"created", true},
                        {"errors", Json::array()},
                        {"feedItemIds", nullptr},
                        {"id", done["id"]},
                        {"success", true}}));
  EXPECT_EQ(query("SELECT Subject FROM Case")[0]["Subject"], "x");
  const auto made = call("POST", "/sobjects/Account/quickActions/NewContact",
                         {{"contextId", account.substr(0, 15)}, {"record", {{"LastName", "Diaz"}}}}, 201);
  EXPECT_EQ(made["contextId"], account);
  EXPECT_EQ(query("SELECT AccountId FROM Contact")[0]["AccountId"], account);
  call("POST", "/sobjects/Case/quickActions/LogACall", {{"contextId", done["id"]}, {"record", {{"Description", "said so"}}}},
       201);
  const auto call_made = query("SELECT Subject, WhatId, IsClosed FROM Task")[0];
  EXPECT_EQ(call_made["WhatId"], done["id"]);
  EXPECT_EQ(call_made["IsClosed"], true);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(Finding, AQuickActionThatCannotBeDoneLeavesNothing) {
  EXPECT_EQ(call("POST", "/quickActions/NewContact", {{"record", Json::object()}}, 400)[0]["errorCode"],
            "REQUIRED_FIELD_MISSING");
  call("POST", "/quickActions/NewCase", {{"contextId", "500Cw0000000099AAA"}, {"record", {{"Subject", "x"}}}}, 400);
  call("POST", "/quickActions/Nothing", Json::object(), 404);
  EXPECT_THAT(query("SELECT Id FROM Case"), IsEmpty());
}

TEST_F(Finding, AnOrgWithoutApprovalsTakesNone) {
  const auto id = create("Case", {{"Subject", "x"}});
  EXPECT_EQ(read("/process/rules"), Json({{"rules", Json::object()}}));
  EXPECT_EQ(read("/process/approvals"), Json({{"approvals", Json::object()}}));
  EXPECT_EQ(call("POST", "/process/rules", {{"contextIds", {id}}}, 200), Json({{"errors", nullptr}, {"success", true}}));
  EXPECT_EQ(call("POST", "/process/rules", {{"contextIds", {"nonsense"}}}, 400)["success"], false);
  const auto refused = call("POST", "/process/approvals", {{"requests", {{{"actionType", "Submit"}, {"contextId", id}}}}}, 400);
  EXPECT_EQ(refused[0]["entityId"], id);
  EXPECT_EQ(refused[0]["success"], false);
  EXPECT_EQ(refused[0]["errors"][0]["statusCode"], "NO_APPLICABLE_PROCESS");
  EXPECT_EQ(call("POST", "/process/approvals", {{"requests", Json::array()}}, 400)[0]["errorCode"], "JSON_PARSER_ERROR");
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(Finding, CompositeResourcesAreListed) {
  EXPECT_EQ(read("/composite/"), Json({{"tree", "/services/data/v66.0/composite/tree"},
                                       {"batch", "/services/data/v66.0/composite/batch"},
                                       {"sobjects", "/services/data/v66.0/composite/sobjects"},
                                       {"graph", "/services/data/v66.0/composite/graph"}}));
}

// Was taken for the name of a key, and refused in the vendor's words as one that does not exist.
TEST_F(Finding, WhatStandsWhereAnIdWouldIsNotTakenForOne) {
  for (const auto* path : {"/sobjects/Case/defaultValues?recordTypeId", "/sobjects/Case/suggestedArticles?language=en",
                           "/sobjects/Case/500Cw0000000001IAA/suggestedArticles"})
    EXPECT_EQ(read(path, 501)[0]["errorCode"], "NOT_MODELLED") << path;
}

TEST_F(Finding, AnOrgWithoutFlowsListsNoActionsOfItsOwn) {
  EXPECT_EQ(read("/actions")["custom"], "/services/data/v66.0/actions/custom");
  EXPECT_EQ(read("/actions/custom")["flow"], "/services/data/v66.0/actions/custom/flow");
  EXPECT_EQ(read("/actions/custom/flow"), Json({{"actions", Json::array()}}));
  read("/actions/custom/nothing", 404);
  EXPECT_EQ(call("POST", "/actions/custom/flow/Greet", {{"inputs", Json::array()}}, 404)[0]["errorCode"], "NOT_FOUND");
  EXPECT_THAT(org_->not_modelled(), ElementsAre("POST /services/data/v66.0/actions/custom/flow/Greet"));
}

TEST_F(Finding, CompactLayoutsOfSeveralObjectsComeTogether) {
  const auto layouts = read("/compactLayouts?q=Case,account");
  EXPECT_EQ(layouts["Case"]["objectType"], "Case");
  EXPECT_EQ(layouts["Account"]["objectType"], "Account");
  read("/compactLayouts?q=Nothing", 404);
  read("/compactLayouts", 400);
}

TEST_F(Finding, AUsersPasswordIsAskedForChangedAndMadeUp) {
  const auto admin = string_member(query("SELECT Id FROM User WHERE Username = 'admin@acme.test'").at(0), "Id");
  const auto path = "/sobjects/User/" + admin + "/password";
  const auto can_log_in = [&](const std::string& password) {
    return form_post("/services/oauth2/token", {{"grant_type", "password"},
                                                {"client_id", options_.client_id},
                                                {"client_secret", options_.client_secret},
                                                {"username", "admin@acme.test"},
                                                {"password", password}})
               .status == 200;
  };
  EXPECT_EQ(read(path), Json({{"isExpired", false}}));
  EXPECT_EQ(call("POST", path, {{"NewPassword", "short1"}}, 400)[0]["errorCode"], "INVALID_NEW_PASSWORD");
  EXPECT_TRUE(can_log_in(options_.password));
  call("POST", "/sobjects/user/" + admin + "/password", {{"newPassword", "another-1"}}, 204);
  EXPECT_FALSE(can_log_in(options_.password));
  EXPECT_TRUE(can_log_in("another-1" + options_.security_token));
  const auto made = call("DELETE", path, nullptr, 200);
  EXPECT_TRUE(can_log_in(string_member(made, "NewPassword")));
  call("POST", "/sobjects/User/005Cw00000000zzIAA/password", {{"NewPassword", "another-1"}}, 404);
  call("POST", "/sobjects/Case/" + create("Case", {{"Subject", "x"}}) + "/password", {{"NewPassword", "another-1"}}, 404);
}

TEST_F(Finding, AParentIsChangedAndDeletedByTheNameOfTheRelationship) {
  const auto contact = create("Contact", {{"LastName", "Dana"}});
  const auto parent = create("Case", {{"Subject", "x"}, {"ContactId", contact}});
  call("PATCH", "/sobjects/Case/" + parent + "/Contact", {{"LastName", "Diaz"}}, 204);
  EXPECT_EQ(read("/sobjects/Contact/" + contact)["LastName"], "Diaz");
  call("PATCH", "/sobjects/Case/" + parent + "/Account", {{"Name", "x"}}, 404);
  call("PATCH", "/sobjects/Case/" + parent + "/CaseComments", {{"CommentBody", "x"}}, 404);
  EXPECT_EQ(call("DELETE", "/sobjects/Case/" + parent + "/Contact", nullptr, 400)[0]["errorCode"], "DELETE_FAILED");
  const auto account = create("Account", {{"Name", "Acme"}});
  call("PATCH", "/sobjects/Contact/" + contact, {{"AccountId", account}}, 204);
  call("DELETE", "/sobjects/Contact/" + contact + "/Account", nullptr, 204);
  EXPECT_EQ(read("/sobjects/Account/" + account, 404)[0]["errorCode"], "ENTITY_IS_DELETED");
}

TEST_F(Finding, AQueryIsExplained) {
  create("Case", {{"Subject", "x"}});
  const auto plan = read("/query?explain=SELECT+Id+FROM+Case")["plans"][0];
  EXPECT_EQ(plan["sobjectType"], "Case");
  EXPECT_EQ(plan["cardinality"], 1);
  EXPECT_EQ(read("/query/?explain=SELECT+Nope+FROM+Case", 400)[0]["errorCode"], "INVALID_FIELD");
}

TEST_F(Finding, ApexRestOfAnOrgWithoutClassesIsTheVendorsNotFound) {
  EXPECT_EQ(send("GET", "/services/apexrest/my/path").body,
            R"([{"errorCode":"NOT_FOUND","message":"Could not find a match for URL"}])");
  EXPECT_THAT(org_->not_modelled(), ElementsAre("GET /services/apexrest/my/path"));
}

TEST_F(Finding, AddressesAreShownAsOneField) {
  const auto account = create("Account", {{"Name", "Acme"}, {"BillingCity", "Oslo"}, {"BillingCountry", "Norway"}});
  const auto row = read("/sobjects/Account/" + account);
  EXPECT_EQ(row["BillingAddress"]["city"], "Oslo");
  EXPECT_EQ(row["BillingAddress"]["street"], nullptr);
  EXPECT_EQ(row["ShippingAddress"], nullptr);
  EXPECT_EQ(read("/query?q=SELECT+BillingAddress+FROM+Account")["records"][0]["BillingAddress"]["country"], "Norway");
  Json city;
  const auto described = read("/sobjects/Account/describe");
  for (const auto& field : described["fields"])
    if (field["name"] == "BillingCity") city = field;
  EXPECT_EQ(city["compoundFieldName"], "BillingAddress");
}

TEST_F(Finding, AResourceIsNotThereBeforeItsFirstVersion) {
  struct Young {
    const char *method, *path, *body;
    int since;
  };
  for (const Young& one : {Young{"GET", "/limits/recordCount", "", 40},
                           {"POST", "/composite", R"({"compositeRequest":[]})", 38},
                           {"POST", "/composite/sobjects", R"({"records":[]})", 42},
                           {"PATCH", "/composite/sobjects/Case/OpenCX_Handoff__c", R"({"records":[]})", 46},
                           {"POST", "/composite/batch", R"({"batchRequests":[{"method":"GET","url":"v66.0/limits"}]})", 34},
                           {"GET", "/parameterizedSearch?q=abc", "", 36},
                           {"GET", "/sobjects/Case/listviews", "", 32}}) {
    const auto status = [&](int version) {
      return send(one.method, "/services/data/v" + std::to_string(version) + ".0" + one.path, one.body).status;
    };
    EXPECT_EQ(status(one.since), 200) << one.path;
    EXPECT_EQ(status(one.since - 1), 404) << one.path;
  }
  EXPECT_EQ(parse_json(send("GET", "/services/data/v41.0/composite").body).value().size(), 2u);
}

TEST_F(Finding, ATaskWithALeadIsAboutNothingElse) {
  const auto about = create("Case", {{"Subject", "x"}}), lead = create("Lead", {{"LastName", "Diaz"}, {"Company", "Acme"}});
  const auto error = call("POST", "/sobjects/Task", {{"WhoId", lead}, {"WhatId", about}}, 400)[0];
  EXPECT_EQ(error["errorCode"], "FIELD_INTEGRITY_EXCEPTION");
  EXPECT_EQ(error["fields"], Json::array({"WhatId"}));
  const auto task = create("Task", {{"WhoId", lead}});
  EXPECT_EQ(call("PATCH", "/sobjects/Task/" + task, {{"WhatId", about}}, 400)[0]["errorCode"], "FIELD_INTEGRITY_EXCEPTION");
  call("PATCH", "/sobjects/Task/" + task, {{"WhatId", about}, {"WhoId", create("Contact", {{"LastName", "Lee"}})}}, 204);
}

TEST_F(Finding, ApprovalLayoutsAreNoneAndNoneHasAName) {
  call("GET", "/sobjects/Case/describe/approvalLayouts/Refunds", nullptr, 404);
  EXPECT_TRUE(org_->not_modelled().empty());
}

TEST_F(Finding, ADescribeNamesTheScopesThatAQueryMayUse) {
  const auto scopes = [&](const std::string& object) {
    return call("GET", "/sobjects/" + object + "/describe", nullptr, 200)["supportedScopes"];
  };
  EXPECT_EQ(scopes("Case"), Json::parse(R"([{"label":"All cases","name":"everything"},{"label":"My cases","name":"mine"}])"));
  EXPECT_EQ(scopes("CaseComment").size(), 1u);
}

TEST_F(Finding, TasksLeadsAndAttachmentsAreThere) {
  const auto account = create("Account", {{"Name", "Acme"}});
  const auto parent = create("Case", {{"Subject", "x"}, {"AccountId", account}});
  const auto task = create("Task", {{"Subject", "Call"}, {"WhatId", parent}, {"Priority", "High"}});
  auto row = read("/sobjects/Task/" + task);
  EXPECT_EQ(row["Status"], "Not Started");
  EXPECT_EQ(row["IsHighPriority"], true);
  EXPECT_EQ(row["AccountId"], account);
  call("PATCH", "/sobjects/Task/" + task, {{"Status", "Completed"}}, 204);
  row = read("/sobjects/Task/" + task);
  EXPECT_EQ(row["IsClosed"], true);
  EXPECT_NE(row["CompletedDateTime"], nullptr);
  EXPECT_EQ(call("POST", "/sobjects/Lead", {{"LastName", "Diaz"}}, 400)[0]["message"], "Required fields are missing: [Company]");
  const auto lead = read("/sobjects/Lead/" + create("Lead", {{"FirstName", "Dana"}, {"LastName", "Diaz"}, {"Company", "Acme"}}));
  EXPECT_EQ(lead["Name"], "Dana Diaz");
  EXPECT_EQ(lead["Status"], "Open - Not Contacted");
  EXPECT_EQ(
      read(
          "/query?q=SELECT+TYPEOF+What+WHEN+Case+THEN+Subject+ELSE+Id+END,Owner.Type+FROM+Task")["records"][0]["What"]["Subject"],
      "x");
}

TEST_F(Finding, AnAttachmentComesByJsonOrMultipartAndItsBytesByTheirPath) {
  const auto parent = create("Case", {{"Subject", "x"}});
  const auto by_json =
      create("Attachment", {{"ParentId", parent}, {"Name", "a.txt"}, {"ContentType", "text/plain"}, {"Body", "aGVsbG8="}});
  const auto row = read("/sobjects/Attachment/" + by_json);
  EXPECT_EQ(row["BodyLength"], 5);
  EXPECT_EQ(row["Body"], "/services/data/v66.0/sobjects/Attachment/" + by_json + "/Body");
  const auto bytes = send("GET", string_member(row, "Body"));
  EXPECT_EQ(bytes.body, "hello");
  EXPECT_EQ(bytes.headers.find("Content-Type"), "text/plain");
  const std::string body =
      "\r\n--b\r\nContent-Disposition: form-data; name=\"entity_attachment\"\r\nContent-Type: application/json\r\n\r\n{\"ParentId\":\"" +
      parent +
      "\",\"Name\":\"b.bin\"}\r\n--b\r\nContent-Disposition: form-data; name=\"Body\"; filename=\"b.bin\"\r\n\r\n\x01\x02\r\n--b--";
  EXPECT_EQ(
      send("POST", "/services/data/v66.0/sobjects/attachment", body, {{"Content-Type", "multipart/form-data;boundary=b"}}).status,
      201);
  EXPECT_EQ(call("POST", "/sobjects/Attachment", {{"ParentId", parent}, {"Name", "e"}, {"Body", ""}}, 400)[0]["message"],
            "Required fields are missing: [Body]");
  EXPECT_EQ(call("POST", "/sobjects/ContentVersion", {{"PathOnClient", "e.txt"}, {"VersionData", ""}}, 400)[0]["message"],
            "Required fields are missing: [VersionData]");
  const auto folder = create("Folder", {{"Name", "Shared"}, {"Type", "Document"}, {"AccessType", "Shared"}});
  EXPECT_EQ(
      read("/sobjects/Document/" + create("Document", {{"Name", "d"}, {"FolderId", folder}, {"Body", "YQ=="}}))["BodyLength"], 1);
  call("DELETE", "/sobjects/Case/" + parent, nullptr, 204);
  EXPECT_THAT(query("SELECT Id FROM Attachment"), IsEmpty());
}

}  // namespace
}  // namespace casewire::sim::salesforce
