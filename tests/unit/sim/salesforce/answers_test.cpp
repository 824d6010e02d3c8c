// What the org answers to reads, to the byte: member order, escapes, numbers, nulls, nesting, pages.

#include "org_fixture.hpp"
#include "tests/support/golden.hpp"

namespace casewire::sim::salesforce {
namespace {

class Answers : public ServiceCloud {
 protected:
  Answers() {
    Json org = parse_json(service_cloud_text()).value();
    for (const char* field : {R"({"name": "Amount__c", "type": "double", "precision": 18, "scale": 2})",
                              R"({"name": "Visits__c", "type": "int", "digits": 8})", R"({"name": "Due__c", "type": "date"})",
                              R"({"name": "Topics__c", "type": "multipicklist", "length": 400, "values": ["Billing", "Mail"]})"})
      org["schema"]["objects"]["Case"]["fields"].push_back(parse_json(field).value());
    start(dump_json(org));
    const auto account = create("Account", {{"Name", "Acme \"& Söhne\""}});
    const auto dana = create("Contact", {{"LastName", "Dana"}, {"Email", "dana@example.test"}, {"AccountId", account}});
    case_ = create("Case", {{"Subject", "Tab\there, 100 % \\ done / \x7f"},
                            {"Description", "Line one\r\nLine two: ünïcödé 日本 😀 \u0001"},
                            {"ContactId", dana},
                            {"Amount__c", 10},
                            {"Visits__c", 3},
                            {"Due__c", "2026-02-28"},
                            {"Topics__c", "Billing;Mail"}});
    create("Case", {{"Amount__c", -0.25}, {"Visits__c", -1}, {"Subject", "second"}});
    create("Case", {{"Amount__c", 1234567890123456.0}, {"Status", "Closed"}});
    create("CaseComment", {{"ParentId", case_}, {"CommentBody", "first"}, {"IsPublished", true}});
    create("CaseComment", {{"ParentId", case_}, {"CommentBody", "second\nline"}});
    call("DELETE", "/sobjects/Case/" + create("Case", {{"Subject", "gone"}}), nullptr, 204);
    file_ = create("ContentVersion", {{"Title", "invoice"},
                                      {"PathOnClient", "invoice.pdf"},
                                      {"VersionData", base64("PDF")},
                                      {"FirstPublishLocationId", case_}});
  }

  std::string shown(const std::string& path, http::Headers headers = {}) {
    const auto response = send("GET", "/services/data/v66.0" + path, {}, std::move(headers));
    return path + "\n" + std::to_string(response.status) + "\n" + response.body + "\n\n";
  }
  std::string queried(const std::string& soql, const std::string& resource = "query") {
    return soql + "\n" + shown("/" + resource + "?" + form({{"q", soql}}));
  }

  std::string case_, file_;
};

TEST_F(Answers, ToReadsAreTheSameByteForByte) {
  std::string all;
  for (const char* soql : {
           "SELECT Id, CaseNumber, Subject, Description, Status, Origin, IsClosed, CreatedDate, ClosedDate FROM Case",
           "SELECT Amount__c, Visits__c, Due__c, Topics__c FROM Case ORDER BY Amount__c DESC NULLS LAST",
           "SELECT Contact.Email, Id, Contact.Account.Name, Owner.Name, Owner.Type, Owner.Email FROM Case",
           "SELECT Id, (SELECT CommentBody, IsPublished, CreatedBy.Name FROM CaseComments ORDER BY CommentBody) FROM Case",
           "SELECT TYPEOF Owner WHEN User THEN Email, Name WHEN Group THEN Name ELSE Id END FROM Case LIMIT 1",
           "SELECT FIELDS(ALL) FROM Contact LIMIT 2",
           "SELECT Title, VersionData, ContentSize, ContentDocument.Title FROM ContentVersion",
           "SELECT COUNT() FROM Case",
           "SELECT COUNT() FROM Case WHERE Subject = 'none'",
           "SELECT Id FROM Case WHERE Subject = 'none'",
           "SELECT Id FROM Case LIMIT 0",
           "SELECT COUNT(Id), Status, MAX(CreatedDate) latest, SUM(Amount__c), AVG(Visits__c) FROM Case GROUP BY Status",
           "SELECT MIN(Subject), COUNT_DISTINCT(Status) kinds, SUM(Visits__c) FROM Case",
           "SELECT Id, Foo FROM Case",
           "SELECT Id FROM Case WHERE Subject = 'x",
           "SELECT convertCurrency(Amount__c) FROM Case",
       })
    all += queried(soql);
  all += queried("SELECT Subject, IsDeleted FROM Case WHERE IsDeleted = true", "queryAll");
  all += shown("/sobjects/Case/" + case_);
  all += shown("/sobjects/Case/" + case_ + "?fields=Subject,Contact.Email,ClosedDate");
  all += shown("/sobjects/ContentVersion/" + file_);
  all += shown("/composite/sobjects/Case?ids=" + case_ + ",500000000000000&fields=Id,Subject,Due__c");
  tests::expect_golden("tests/unit/sim/salesforce/answers.expected.txt", all);
}

TEST_F(Answers, ToPartsOfACompositeAreThoseToTheRequestAlone) {
  const std::string target = "/services/data/v66.0/query?" + form({{"q", "SELECT Id, Subject, Contact.Email FROM Case"}});
  const auto alone = send("GET", target).body;
  const Json part{{"method", "GET"}, {"url", target}, {"referenceId", "rows"}};
  const auto whole =
      send("POST", "/services/data/v66.0/composite", dump_json(Json{{"compositeRequest", Json::array({part})}})).body;
  EXPECT_EQ(whole,
            R"({"compositeResponse":[{"body":)" + alone + R"(,"httpHeaders":{},"httpStatusCode":200,"referenceId":"rows"}]})");
}

TEST_F(Answers, ComeInPagesThatNameTheNext) {
  for (int at = 0; at < 200; ++at) create("Contact", {{"LastName", "Number " + std::to_string(at)}});
  const http::Headers pages{{"Sforce-Query-Options", "batchSize=200"}};
  const auto first = send("GET", "/services/data/v66.0/query?q=SELECT+LastName+FROM+Contact", {}, pages).body;
  const std::string head =
      R"({"totalSize":201,"done":false,"nextRecordsUrl":"/services/data/v66.0/query/01gCw0000000001IAA-200",)"
      R"("records":[{"attributes":{"type":"Contact","url":)";
  EXPECT_EQ(first.substr(0, head.size()), head);
  const auto second = send("GET", string_member(parse_json(first).value(), "nextRecordsUrl"), {}, pages).body;
  EXPECT_THAT(second, testing::StartsWith(R"({"totalSize":201,"done":true,"records":[{"attributes":{"type":"Contact","url":)"));
  EXPECT_THAT(second, testing::EndsWith(R"("},"LastName":"Number 199"}]})"));
}

}  // namespace
}  // namespace casewire::sim::salesforce
