#include <gmock/gmock.h>

#include "sim/salesforce/soql/asker.hpp"
#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

std::string about(const std::string& type, const std::string& id, const std::string& shown_type = {}) {
  return R"("attributes":{"type":")" + (shown_type.empty() ? type : shown_type) + R"(","url":"/services/data/v66.0/sobjects/)" +
         type + "/" + id + "\"}";
}

TEST(SoqlSelect, ShowsAttributesFirstThenFieldsInSelectOrderAndDeclaredCase) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("select status, ID, amount__C from CASE where ref__c = 'a'"),
            "{" + about("Case", org.a) + R"(,"Status":"New","Id":")" + org.a + R"(","Amount__c":10.5})" + "\n");
}

TEST(SoqlSelect, MergesAParentAtItsFirstPlace) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("SELECT Contact.Email, Ref__c, Contact.Account.Name, Contact.Id FROM Case WHERE Ref__c = 'a'"),
            "{" + about("Case", org.a) + R"(,"Contact":{)" + about("Contact", org.dana) +
                R"(,"Email":"dana@example.test","Account":{)" + about("Account", org.acme) + R"(,"Name":"Acme"},"Id":")" +
                org.dana + R"("},"Ref__c":"a"})" + "\n");
}

TEST(SoqlSelect, ShowsANullParentAsNull) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("SELECT Contact.Email, Contact.Account.Name FROM Case WHERE Ref__c = 'c'"),
            "{" + about("Case", org.c) + R"(,"Contact":null})" + "\n");
  EXPECT_EQ(org.show("SELECT Contact.Account.Name FROM Case WHERE Ref__c = 'd'"),
            "{" + about("Case", org.d) + R"(,"Contact":{)" + about("Contact", org.eli) + R"(,"Account":null}})" + "\n");
}

TEST(SoqlSelect, CallsAPolymorphicParentName) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("SELECT Owner.Name, Owner.Type, Owner.Email FROM Case WHERE Ref__c IN ('a', 'b')"),
            "{" + about("Case", org.a) + R"(,"Owner":{)" + about("User", org.ruiz, "Name") +
                R"(,"Name":"Ruiz","Type":"User","Email":"ruiz@acme.test"}})" + "\n{" + about("Case", org.b) + R"(,"Owner":{)" +
                about("Group", org.queue, "Name") + R"(,"Name":"Support","Type":"Queue","Email":null}})" + "\n");
}

TEST(SoqlSelect, CallsAnObjectWithoutANameByWhatStandsForIt) {
  using namespace std::literals;
  SampleOrg org;
  const auto about_case = org.add("Task", {{"WhatId", org.add("Case", {{"CaseNumber", "00001004"s}})}});
  const auto about_account = org.add("Task", {{"WhatId", org.acme}});
  const auto name = [&](const std::string& task) {
    return org.run("SELECT What.Name FROM Task WHERE Id = '" + task + "'")->records.trees()[0]["What"]["Name"];
  };
  EXPECT_EQ(name(about_case), "00001004");
  EXPECT_EQ(name(about_account), "Acme");
  EXPECT_EQ(org.run("SELECT Id FROM Task WHERE What.Name = '00001004'")->total, 1u);
  const auto rows =
      org.run("SELECT TYPEOF What WHEN Account THEN Id ELSE name, Type END FROM Task WHERE Id = '" + about_case + "'");
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  EXPECT_EQ(rows->records.trees()[0]["What"]["Name"], "00001004");
  EXPECT_EQ(rows->records.trees()[0]["What"]["Type"], "Case");
}

TEST(SoqlSelect, ShowsAsNullWhatANameHasAndItsRowHasNot) {
  const auto owners = sample().run("SELECT Owner.Profile.Name, Owner.Alias FROM Case WHERE Ref__c = 'b'");
  ASSERT_TRUE(owners.has_value()) << owners.error().message;
  EXPECT_EQ(owners->records.trees()[0]["Owner"]["Alias"], nullptr);
  EXPECT_EQ(owners->records.trees()[0]["Owner"]["Profile"], nullptr);
  EXPECT_TRUE(sample().run("SELECT RelatedTo.Username FROM EmailMessage").has_value());
}

TEST(SoqlSelect, ChoosesFieldsByTypeOf) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("SELECT TYPEOF Owner WHEN User THEN Email, Name ELSE Name END FROM Case WHERE Ref__c IN ('a', 'b')"),
            "{" + about("Case", org.a) + R"(,"Owner":{)" + about("User", org.ruiz) +
                R"(,"Email":"ruiz@acme.test","Name":"Ruiz"}})" + "\n{" + about("Case", org.b) + R"(,"Owner":{)" +
                about("Group", org.queue) + R"(,"Name":"Support"}})" + "\n");
}

TEST(SoqlSelect, ShowsChildrenAndNullWhereThereAreNone) {
  const SampleOrg& org = sample();
  const auto rows =
      org.run("SELECT Ref__c, (SELECT CommentBody, CreatedBy.Name FROM CaseComments ORDER BY CommentBody DESC) FROM Case");
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  const auto records = rows->records.trees();
  const Json& children = records[0]["CaseComments"];
  EXPECT_EQ(children["totalSize"], 2);
  EXPECT_EQ(children["done"], true);
  EXPECT_EQ(children["records"][0]["CommentBody"], "second");
  EXPECT_EQ(children["records"][1]["CreatedBy"]["Name"], "Ruiz");
  EXPECT_TRUE(records[1]["CaseComments"].is_null());
}

TEST(SoqlSelect, LimitsChildrenByTheirOwnClauses) {
  const auto rows =
      sample().run("SELECT Id, (SELECT Id FROM CaseComments WHERE IsPublished = true LIMIT 5) FROM Case WHERE Ref__c = 'a'");
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  EXPECT_EQ(rows->records.trees()[0]["CaseComments"]["totalSize"], 1);
}

TEST(SoqlSelect, ReachesThroughTwoLevelsOfChildren) {
  const auto rows = sample().run("SELECT Name, (SELECT Ref__c, (SELECT CommentBody FROM CaseComments) FROM Cases) FROM Account");
  ASSERT_TRUE(rows.has_value()) << rows.error().message;
  EXPECT_EQ(rows->records.trees()[0]["Cases"]["records"][0]["CaseComments"]["records"][1]["CommentBody"], "second");
}

TEST(SoqlSelect, CountsWithoutRecords) {
  const auto rows = sample().run("SELECT COUNT() FROM Case WHERE Status = 'New'");
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->total, 2U);
  EXPECT_EQ(rows->records.text, "");
  EXPECT_EQ(sample().run("SELECT count() FROM Case LIMIT 3")->total, 3U);
}

TEST(SoqlSelect, ExpandsFieldsFunctions) {
  const auto custom = sample().run("SELECT FIELDS(CUSTOM) FROM Case LIMIT 1");
  ASSERT_TRUE(custom.has_value()) << custom.error().message;
  EXPECT_EQ(custom->records.trees()[0].size(), 7U);
  const auto standard = sample().run("SELECT fields( standard ) FROM Case");
  ASSERT_TRUE(standard.has_value()) << standard.error().message;
  EXPECT_TRUE(standard->records.trees()[0].contains("CaseNumber"));
  EXPECT_FALSE(standard->records.trees()[0].contains("Ref__c"));
  const auto all = sample().run("SELECT FIELDS(ALL) FROM Case LIMIT 200");
  ASSERT_TRUE(all.has_value()) << all.error().message;
  EXPECT_EQ(all->records.trees()[0].size(), standard->records.trees()[0].size() + 6);
}

TEST(SoqlSelect, ReadsAFilesLinks) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.show("SELECT ContentDocumentId, ContentDocument.Title, ContentDocument.FileExtension FROM ContentDocumentLink "
                     "WHERE LinkedEntityId = '" +
                     org.mail + "'"),
            "{" +
                about("ContentDocumentLink",
                      org.run("SELECT Id FROM ContentDocumentLink WHERE ContentDocumentId = '" + org.document + "'")
                          ->records.trees()[0]["Id"]
                          .get<std::string>()) +
                R"(,"ContentDocumentId":")" + org.document + R"(","ContentDocument":{)" + about("ContentDocument", org.document) +
                R"(,"Title":"invoice","FileExtension":"pdf"}})" + "\n");
}

struct OrderCase {
  const char* name;
  const char* clause;
  const char* found;
};
void PrintTo(const OrderCase& row, std::ostream* out) { *out << row.clause; }
class OrderBy : public testing::TestWithParam<OrderCase> {};
TEST_P(OrderBy, SortsAndCuts) { EXPECT_EQ(sample().refs(GetParam().clause), GetParam().found); }
INSTANTIATE_TEST_SUITE_P(Soql, OrderBy,
                         testing::ValuesIn(std::vector<OrderCase>{
                             {"ByIdWithoutOrder", "", "a b c d"},
                             {"NullsFirst", "ORDER BY Subject", "c d a b"},
                             {"NullsFirstDescendingToo", "ORDER BY Subject DESC", "c b a d"},
                             {"NullsLast", "ORDER BY Subject ASC NULLS LAST", "d a b c"},
                             {"ExplicitNullsFirst", "ORDER BY Amount__c DESC NULLS FIRST, Ref__c DESC", "c d a b"},
                             {"PicklistByDefinedOrder", "ORDER BY Priority, Ref__c DESC", "a d c b"},
                             {"ByParent", "ORDER BY Contact.Name DESC NULLS LAST", "d a b c"},
                             {"TiesById", "ORDER BY Status", "a d c b"},
                             {"ByDate", "ORDER BY CreatedDate", "b c d a"},
                             {"Limit", "ORDER BY CreatedDate LIMIT 2", "b c"},
                             {"LimitZero", "LIMIT 0", ""},
                             {"Offset", "ORDER BY CreatedDate LIMIT 2 OFFSET 1", "c d"},
                             {"OffsetWithoutOrder", "LIMIT 1 OFFSET 2", "c"},
                             {"OffsetBehindTheEnd", "OFFSET 9", ""},
                             {"ForClausesAreAccepted", "LIMIT 1 FOR VIEW FOR REFERENCE", "a"},
                             {"ForUpdate", "WHERE Ref__c = 'd' FOR UPDATE", "d"},
                             {"ScopeEverything", "USING SCOPE everything LIMIT 1", "a"},
                             {"ScopeMineOfNobody", "USING SCOPE mine", ""},
                             {"ModesOfAccessChangeNothing", "WHERE Ref__c = 'd' WITH USER_MODE LIMIT 1", "d"},
                             {"SecurityEnforced", "WITH SECURITY_ENFORCED ORDER BY Ref__c LIMIT 1", "a"},
                             {"ALabelIsItsValue", "WHERE toLabel(Status) = 'New' AND Ref__c = 'a'", "a"},
                             {"AnAliasForAParent", "c, c.Contact ct WHERE ct.Name = 'Dana' ORDER BY ct.Name LIMIT 1", "a"},
                             {"AnAliasBehindAnAlias", "c, c.Contact ct, ct.Account a WHERE a.Name = 'Acme' LIMIT 1", "a"},
                         }),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(SoqlSelect, ShowsLabelsAndWhatTheLocaleWrites) {
  SampleOrg org;
  org.add("Case", {{"Ref__c", std::string{"f"}},
                   {"Status", std::string{"New"}},
                   {"Amount__c", 1234567.5},
                   {"CreatedDate", WallTime{milliseconds{1'767'603'600'000}}}});
  const auto shown = [&](const std::string& list) { return org.show("SELECT " + list + " FROM Case WHERE Ref__c = 'f'"); };
  EXPECT_THAT(shown("toLabel(Status)"), testing::HasSubstr(R"("Status":"New")"));
  EXPECT_THAT(shown("toLabel(Status) s, Status"), testing::HasSubstr(R"("s":"New","Status":"New")"));
  EXPECT_THAT(shown("FORMAT(Amount__c) a, FORMAT(CreatedDate)"),
              testing::HasSubstr(R"("a":"1,234,567.5","CreatedDate":"1/5/2026, 9:00 AM")"));
  EXPECT_THAT(shown("FORMAT(convertTimezone(CreatedDate)) d"), testing::HasSubstr(R"("d":"1/5/2026, 9:00 AM")"));
  EXPECT_THAT(shown("FORMAT(Contact.Name)"), testing::HasSubstr(R"("Contact":null)"));
  EXPECT_THAT(shown("Status, toLabel(Status)"), testing::HasSubstr("duplicate field selected: Status"));
}

TEST(SoqlSelect, ScopeMineShowsWhatTheAskerOwns) {
  const auto mine = asked_by(parse("SELECT Id FROM Case USING SCOPE mine").value(), sample().ruiz);
  const auto owned = sample().run("SELECT Id FROM Case WHERE OwnerId = '" + sample().ruiz + "'");
  const auto found = evaluate(mine, sample().store());
  ASSERT_TRUE(found && owned);
  EXPECT_NE(found->total, 0u);
  EXPECT_EQ(found->records.text, owned->records.text);
}

TEST(SoqlSelect, SortsIdsAsItComparesThem) {
  // Beyond the 36th row ids differ in case only: who pages by Id would lose rows if they sorted as other texts do.
  SampleOrg org;
  for (int i = 0; i < 60; ++i) org.add("Case", {{"Ref__c", std::to_string(i)}});
  EXPECT_EQ(org.refs("ORDER BY Id"), org.refs(""));
  std::string last;
  std::size_t rows = 0;
  for (std::size_t size = 10; size == 10; rows += size) {
    const std::string behind = last.empty() ? "" : "WHERE Id > '" + last + "' ";
    const auto page = org.run("SELECT Id FROM Case " + behind + "ORDER BY Id LIMIT 10")->records.trees();
    size = page.size();
    if (size > 0) last = string_member(page.back(), "Id");
  }
  EXPECT_EQ(rows, 64U);
  EXPECT_EQ(org.run("SELECT MAX(Id) last FROM Case")->records.trees()[0]["last"], last);
}

TEST(SoqlSelect, SortsCaseSensitiveTextByCase) { EXPECT_EQ(sample().refs("WHERE Key__c != null ORDER BY Key__c"), "b a"); }

TEST(SoqlSelect, FindsIdFirstInEveryObject) {
  for (const SObjectType& type : sample().store().schema().types()) EXPECT_EQ(type.fields.front().name, "Id") << type.name;
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
