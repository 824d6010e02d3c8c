#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class Automation : public ServiceCloud {
 protected:
  std::string rep() { return org_->add_rep("Ruiz", "Support").value(); }
  Json body_of(std::size_t callout) { return parse_json(callouts().at(callout).body).value(); }
};

TEST_F(Automation, ARepsReplyCallsOutOnceWithItsFilesInPlace) {
  const auto parent = create("Case", {{"Subject", "Order 1182"}, {"SuppliedEmail", "dana@example.test"}});
  const auto mail = org_->reply(rep(), parent, "Looking into it.", {{.name = "a.pdf", .content = "%PDF"}}).value();
  ASSERT_THAT(callouts(), SizeIs(1));
  const auto& request = callouts_[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.headers.find("User-Agent"), "SFDC-Callout/66.0");
  EXPECT_EQ(request.headers.find("SFDC_STACK_DEPTH"), "1");
  EXPECT_EQ(body_of(0), Json({{"event", "email.sent"}, {"caseId", parent}, {"recordIds", {mail}}}));
  const auto rows =
      query("SELECT Incoming, Status, MessageIdentifier, HasAttachment, ToAddress, CreatedBy.Name FROM EmailMessage");
  EXPECT_EQ(rows[0]["Status"], "3");
  EXPECT_EQ(rows[0]["MessageIdentifier"], nullptr);
  EXPECT_EQ(rows[0]["HasAttachment"], true);
  EXPECT_EQ(rows[0]["ToAddress"], "dana@example.test");
  EXPECT_EQ(rows[0]["CreatedBy"]["Name"], "Ruiz");
  EXPECT_EQ(query("SELECT ContentDocument.Title, ContentDocument.ContentSize FROM ContentDocumentLink WHERE LinkedEntityId = '" +
                  mail + "'")[0]["ContentDocument"]["ContentSize"],
            4);
}

TEST_F(Automation, ATransactionTellsEachCaseOnce) {
  const auto a = create("Case", {{"Subject", "a"}}), b = create("Case", {{"Subject", "b"}});
  const auto comment = [](const std::string& parent) {
    return Json{{"attributes", {{"type", "CaseComment"}}}, {"ParentId", parent}, {"CommentBody", "x"}};
  };
  call("POST", "/composite/sobjects", {{"records", {comment(a), comment(b), comment(a)}}}, 200);
  ASSERT_THAT(callouts(), SizeIs(2));
  EXPECT_EQ(body_of(0)["recordIds"].size() + body_of(1)["recordIds"].size(), 3u);
  EXPECT_EQ(body_of(0)["event"], "comment.created");
}

TEST_F(Automation, TheNoticesOfATransactionLeaveOneAfterAnotherAndAFailureCostsOnlyItsOwn) {
  Json records = Json::array();
  for (int i = 0; i < 3; ++i)
    records.push_back({{"attributes", {{"type", "Case"}}}, {"id", create("Case", Json::object())}, {"Status", "Working"}});
  std::vector<WallTime> arrivals;
  subscriber_ = [&](const http::Request&) {
    arrivals.push_back(world_.now());
    return http::Reply{.response = {}, .wire = arrivals.size() == 1 ? http::Wire::stall : http::Wire::intact};
  };
  const auto begun = world_.now();
  call("PATCH", "/composite/sobjects", {{"records", records}}, 200);
  ASSERT_TRUE(world_.run_until_quiet());
  EXPECT_THAT(arrivals, SizeIs(1)) << "a job calls out once at a time";
  world_.advance_to(begun + std::chrono::seconds{10});
  ASSERT_TRUE(world_.run_until_quiet());
  EXPECT_THAT(arrivals, testing::ElementsAre(begun, begun + std::chrono::seconds{10}, begun + std::chrono::seconds{10}));
}

TEST_F(Automation, OnlyChangesOfStatusAndOwnerAreTold) {
  const auto parent = create("Case", {{"Subject", "a"}});
  const auto user = rep();
  ASSERT_TRUE(org_->update(user, parent, {{"Subject", "b"}}));
  ASSERT_TRUE(org_->update(user, parent, {{"Status", "New"}}));
  EXPECT_THAT(callouts(), IsEmpty());
  ASSERT_TRUE(org_->update(user, parent, {{"OwnerId", user}}));
  ASSERT_TRUE(org_->update(user, parent, {{"Status", "Closed"}}));
  EXPECT_THAT(callouts(), SizeIs(2));
  EXPECT_EQ(body_of(0)["event"], "case.updated");
}

TEST_F(Automation, PublishingACommentIsToldButHidingItIsNot) {
  const auto parent = create("Case", {{"Subject", "a"}});
  const auto id = org_->comment(rep(), parent, "internal", false).value();
  ASSERT_THAT(callouts(), SizeIs(1));
  ASSERT_TRUE(org_->update(rep(), id, {{"IsPublished", true}}));
  ASSERT_TRUE(org_->update(rep(), id, {{"IsPublished", false}}));
  EXPECT_THAT(callouts(), SizeIs(2));
}

TEST_F(Automation, ARolledBackTransactionCallsNobody) {
  const auto parent = create("Case", {{"Subject", "a"}});
  const Json good{{"attributes", {{"type", "CaseComment"}}}, {"ParentId", parent}, {"CommentBody", "x"}};
  const Json bad{{"attributes", {{"type", "CaseComment"}}}, {"CommentBody", "x"}};
  call("POST", "/composite/sobjects", {{"allOrNone", true}, {"records", {good, bad}}}, 200);
  EXPECT_THAT(callouts(), IsEmpty());
}

TEST_F(Automation, TheCalloutNamesTheRecordChangeThatCausedIt) {
  const auto parent = create("Case", {{"Subject", "a"}});
  const auto start = journal_.append("test", StepBegin{});
  send("POST", "/services/data/v66.0/sobjects/CaseComment", dump_json({{"ParentId", parent}, {"CommentBody", "x"}}),
       {{"traceparent", traceparent(start)}});
  ASSERT_THAT(callouts(), SizeIs(1));
  const auto cause = cause_of(*callouts_[0].headers.find("traceparent"));
  const auto entry = journal_.entries(cause).front();
  const auto* change = entry.as<RecordChange>();
  ASSERT_TRUE(change);
  EXPECT_EQ(entry.cause, start);
  EXPECT_EQ(change->object, "CaseComment");
  EXPECT_EQ(change->change, "insert");
  EXPECT_EQ(change->by, "OpenCX Integration");
  EXPECT_EQ(change->fields.at("CommentBody"), "x");
}

TEST_F(Automation, AFailedCalloutIsJournalledAndNeverRepeated) {
  std::size_t tries = 0;
  subscriber_ = [&](const http::Request&) {
    ++tries;
    return http::Reply{.response = {}, .wire = http::Wire::reset_before_status};
  };
  const auto parent = create("Case", {{"Subject", "a"}});
  ASSERT_TRUE(org_->comment(rep(), parent, "x", true));
  ASSERT_TRUE(world_.run_until_quiet());
  world_.advance_to(world_.now() + std::chrono::hours{48});
  ASSERT_TRUE(world_.run_until_quiet());
  EXPECT_EQ(tries, 1u);
  const auto job = journal_.entries().back();
  EXPECT_EQ(std::get<JobEnd>(job.event).status, "Failed");
}

TEST_F(Automation, ASubscriberThatRefusesIsNoFailureToApex) {
  subscriber_ = [](const http::Request&) { return http::Reply{.response = {.status = 503}}; };
  ASSERT_TRUE(org_->comment(rep(), create("Case", {{"Subject", "a"}}), "x", true));
  ASSERT_TRUE(world_.run_until_quiet());
  EXPECT_EQ(std::get<JobEnd>(journal_.entries().back().event).status, "Completed");
  EXPECT_EQ(std::get<JobEnd>(journal_.entries().back().event).http_status, 503);
}

TEST_F(Automation, ASilentSubscriberIsGivenUpAfterTenSeconds) {
  subscriber_ = [](const http::Request&) { return http::Reply{.response = {}, .wire = http::Wire::stall}; };
  ASSERT_TRUE(org_->comment(rep(), create("Case", {{"Subject", "a"}}), "x", true));
  ASSERT_TRUE(world_.run_until_quiet());
  EXPECT_EQ(world_.next_timer(), world_.now() + std::chrono::seconds{10});
}

TEST_F(Automation, PeopleGetSalesforcesOwnErrors) {
  EXPECT_THAT(org_->reply(rep(), "500Cw00000000zz", "x", {}).error(), HasSubstr("INVALID_CROSS_REFERENCE_KEY"));
  EXPECT_THAT(org_->comment(rep(), create("Case", {{"Subject", "a"}}), std::string(4001, 'x'), true).error(),
              HasSubstr("STRING_TOO_LONG: Body: data value too large"));
  EXPECT_THAT(org_->add_rep("Ruiz", "Suport").error(), HasSubstr("did you mean \"Support\""));
  EXPECT_EQ(org_->add_rep("Ruiz", "Support"), rep());
}

TEST_F(Automation, ASlipInTheOrgFileIsNamedWithItsPlace) {
  auto text = service_cloud_text();
  const std::string right = "\"changed\": [\"Status\", \"OwnerId\"]";
  text.replace(text.find(right), right.size(), "\"changed\": [\"Staus\"]");
  const auto org = Org::create(text, "org.json", options_, {*process_, journal_, rng_, transport_});
  ASSERT_FALSE(org);
  EXPECT_EQ(org.error().problem, "\"Case\" has no field \"Staus\"");
  EXPECT_EQ(org.error().hint, "did you mean \"Status\"?");
  EXPECT_GT(org.error().where.position.line, 40u);
}

TEST_F(Automation, TheToolingApiShowsThePackageAndOnlyThat) {
  const auto triggers =
      call("GET", "/tooling/query?q=" + percent_encoded("SELECT Name, TableEnumOrId, Status FROM ApexTrigger ORDER BY Name"),
           nullptr, 200);
  EXPECT_EQ(triggers["entityTypeName"], "ApexTrigger");
  ASSERT_THAT(triggers["records"], SizeIs(4));
  const auto& first = triggers["records"][0];
  EXPECT_EQ(first["Name"], "OpenCXCase");
  EXPECT_EQ(first["TableEnumOrId"], "Case");
  EXPECT_EQ(first["Status"], "Active");
  EXPECT_THAT(first["attributes"]["url"].get<std::string>(),
              testing::StartsWith("/services/data/v66.0/tooling/sobjects/ApexTrigger/01q"));
  const auto one = [&](const std::string& soql) { return query(soql).at(0); };
  EXPECT_EQ(one("SELECT Status FROM ApexClass WHERE Name = 'OpenCXNotifier'")["Status"], "Active");
  EXPECT_EQ(one("SELECT Endpoint FROM NamedCredential WHERE DeveloperName = 'OpenCX_Integration'")["Endpoint"],
            options_.webhook_url);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
  call("GET", "/tooling/query?q=" + percent_encoded("SELECT Id FROM ApexLog"), nullptr, 501);
  EXPECT_THAT(org_->not_modelled(), testing::ElementsAre(HasSubstr("ApexLog of the Tooling API")));
}

// F27: a deployment leaves a trigger inactive.
TEST_F(Automation, AnInactiveTriggerTellsOfNothing) {
  const auto parent = create("Case", {{"Subject", "a"}});
  ASSERT_TRUE(org_->set_trigger_active("CaseComment", false));
  ASSERT_TRUE(org_->comment(rep(), parent, "unheard", false));
  EXPECT_THAT(callouts(), IsEmpty());
  EXPECT_EQ(query("SELECT Status FROM ApexTrigger WHERE Name = 'OpenCXCaseComment'").at(0)["Status"], "Inactive");
  ASSERT_TRUE(org_->reply(rep(), parent, "heard", {}));
  EXPECT_THAT(callouts(), SizeIs(1)) << "the others go on";
  ASSERT_TRUE(org_->set_trigger_active("CaseComment", true));
  ASSERT_TRUE(org_->comment(rep(), parent, "heard too", false));
  EXPECT_THAT(callouts(), SizeIs(2));
  EXPECT_THAT(org_->set_trigger_active("CaseCommend", true).error(), HasSubstr("did you mean \"CaseComment\""));
}

// F26: the Named Credential holds an old URL.
TEST_F(Automation, CalloutsGoWhereTheNamedCredentialPoints) {
  const auto parent = create("Case", {{"Subject", "a"}});
  org_->point_named_credential("http://nobody.test/hooks/salesforce/old");
  ASSERT_TRUE(org_->comment(rep(), parent, "lost", false));
  EXPECT_THAT(callouts(), IsEmpty());
  org_->point_named_credential("http://bridge.test/hooks/salesforce/new");
  ASSERT_TRUE(org_->comment(rep(), parent, "heard", false));
  ASSERT_THAT(callouts(), SizeIs(1));
  EXPECT_EQ(callouts_[0].target, "/hooks/salesforce/new");
}

}  // namespace
}  // namespace casewire::sim::salesforce
