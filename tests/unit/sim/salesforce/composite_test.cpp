#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::ElementsAre;

class Composite : public ServiceCloud {
 protected:
  static Json part(std::string method, std::string url, std::string reference, Json body = nullptr) {
    Json json{
        {"method", std::move(method)}, {"url", "/services/data/v66.0" + std::move(url)}, {"referenceId", std::move(reference)}};
    if (!body.is_null()) json["body"] = std::move(body);
    return json;
  }
  static Json comment(std::string parent, std::string text) {
    return {{"attributes", {{"type", "CaseComment"}}}, {"ParentId", std::move(parent)}, {"CommentBody", std::move(text)}};
  }
  std::vector<Json> run(bool all_or_none, const std::vector<Json>& parts) {
    const auto body = call("POST", "/composite", {{"allOrNone", all_or_none}, {"compositeRequest", parts}}, 200);
    return body["compositeResponse"].get<std::vector<Json>>();
  }
  std::size_t rows_of(const std::string& object) { return query("SELECT Id FROM " + object).size(); }
};

TEST_F(Composite, AHandoffIsOneCall) {
  const auto answers =
      run(true, {part("PATCH", "/sobjects/Case/OpenCX_Handoff__c/s%231", "case", {{"Subject", "x"}}),
                 part("POST", "/composite/sobjects", "comments",
                      {{"allOrNone", true}, {"records", {comment("@{case.id}", "one"), comment("@{case.id}", "two")}}})});
  ASSERT_EQ(answers.size(), 2u);
  EXPECT_EQ(answers[0]["httpStatusCode"], 201);
  EXPECT_EQ(answers[0]["body"]["created"], true);
  EXPECT_EQ(answers[0]["referenceId"], "case");
  EXPECT_EQ(answers[1]["httpStatusCode"], 200);
  EXPECT_EQ(answers[1]["body"][1]["success"], true);
  EXPECT_EQ(query("SELECT (SELECT CommentBody FROM CaseComments) FROM Case")[0]["CaseComments"]["totalSize"], 2);
}

TEST_F(Composite, OneFailureTakesEverythingBackWhenAllOrNone) {
  const auto answers =
      run(true, {part("POST", "/sobjects/Case", "a", {{"Subject", "x"}}), part("POST", "/sobjects/Case", "b", {{"nope", 1}}),
                 part("POST", "/sobjects/Case", "c", {{"Subject", "y"}})});
  EXPECT_EQ(answers[0]["httpStatusCode"], 400);
  EXPECT_EQ(answers[0]["body"][0]["errorCode"], "PROCESSING_HALTED");
  EXPECT_EQ(answers[1]["body"][0]["errorCode"], "INVALID_FIELD");
  EXPECT_EQ(answers[2]["body"][0]["message"],
            "The transaction was rolled back since another operation in the same transaction failed.");
  EXPECT_EQ(rows_of("Case"), 0u);
}

TEST_F(Composite, AFailedRowOfACollectionTakesTheCaseBackToo) {
  const auto answers =
      run(true, {part("POST", "/sobjects/Case", "case", {{"Subject", "x"}}),
                 part("POST", "/composite/sobjects", "comments",
                      {{"records", {comment("@{case.id}", "ok"), comment("@{case.id}", std::string(4001, 'x'))}}})});
  EXPECT_EQ(answers[0]["body"][0]["errorCode"], "PROCESSING_HALTED");
  EXPECT_EQ(answers[1]["body"][0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
  EXPECT_EQ(answers[1]["body"][1]["errors"][0]["statusCode"], "STRING_TOO_LONG");
  EXPECT_EQ(rows_of("Case"), 0u);
  EXPECT_EQ(rows_of("CaseComment"), 0u);
}

TEST_F(Composite, WithoutAllOrNoneOnlyDependentsAreHalted) {
  const auto answers = run(false, {part("POST", "/sobjects/Case", "a", {{"nope", 1}}),
                                   part("POST", "/sobjects/CaseComment", "b", {{"ParentId", "@{a.id}"}, {"CommentBody", "x"}}),
                                   part("POST", "/sobjects/Case", "c", {{"Subject", "y"}})});
  EXPECT_EQ(answers[1]["body"][0]["errorCode"], "PROCESSING_HALTED");
  EXPECT_EQ(answers[1]["body"][0]["message"], "Invalid reference specified. No value for a.id found in a");
  EXPECT_EQ(answers[2]["httpStatusCode"], 201);
  EXPECT_EQ(rows_of("Case"), 1u);
}

TEST_F(Composite, QueriesAndTheirRowsMayBeReferredTo) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto answers = run(false, {part("GET", "/query?q=SELECT+Id+FROM+Case", "found"),
                                   part("PATCH", "/sobjects/Case/@{found.records[0].Id}", "change", {{"Status", "Working"}})});
  EXPECT_EQ(answers[0]["body"]["records"][0]["Id"], id);
  EXPECT_EQ(answers[1]["httpStatusCode"], 204);
  EXPECT_EQ(answers[1]["body"], nullptr);
  EXPECT_EQ(query("SELECT Status FROM Case")[0]["Status"], "Working");
}

// What we write may be longer than what we take, and reading it back ended the program.
TEST_F(Composite, AnAnswerMayBeReferredToHoweverLongItIs) {
  const auto parent = create("Case", {{"Subject", "parent"}});
  const Json child{{"attributes", {{"type", "Case"}}}, {"ParentId", parent}, {"Description", std::string(32'000, 'x')}};
  for (int call_number = 0; call_number < 3; ++call_number)
    call("POST", "/composite/sobjects", {{"records", std::vector<Json>(180, child)}}, 200);
  const std::string soql = "SELECT Description FROM Case WHERE ParentId = '" + parent + "'";
  const auto answer = send("POST", "/services/data/v66.0/composite",
                           dump_json({{"compositeRequest",
                                       {part("GET", "/query?" + form({{"q", soql}}), "found"),
                                        part("POST", "/sobjects/Case", "told", {{"Subject", "@{found.totalSize} children"}})}}}));
  EXPECT_EQ(answer.status, 200);
  EXPECT_GT(answer.body.size(), JsonLimits{}.bytes_max);
  EXPECT_EQ(query("SELECT Id FROM Case WHERE Subject = '540 children'").size(), 1u);
  EXPECT_EQ(query(soql).size(), 540u);
}

TEST_F(Composite, TheEnvelopeHasBounds) {
  std::vector<Json> many(26, part("GET", "/limits", "a"));
  for (std::size_t i = 0; i < many.size(); ++i) many[i]["referenceId"] = "a" + std::to_string(i);
  call("POST", "/composite", {{"compositeRequest", many}}, 400);
  many.resize(25);
  call("POST", "/composite", {{"compositeRequest", many}}, 200);
  std::vector<Json> queries;
  for (int i = 0; i < 6; ++i) queries.push_back(part("GET", "/query?q=SELECT+Id+FROM+Case", "q" + std::to_string(i)));
  call("POST", "/composite", {{"compositeRequest", queries}}, 400);
}

TEST_F(Composite, AReferenceBeginsWithALetterOrANumber) {
  for (const char* good : {"a", "1a", "26", "Z_9"})
    EXPECT_EQ(run(false, {part("GET", "/sobjects/Case/describe", good)})[0]["httpStatusCode"], 200) << good;
  for (const std::string bad : {"", "_a", "a-b", "a.b", "a:b", "\u00e9t\u00e9"}) {
    const std::string words =
        "Provided referenceId ('" + bad +
        "') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').";
    const Json parts{part("GET", "/sobjects/Case/describe", bad)};
    EXPECT_EQ(call("POST", "/composite", {{"compositeRequest", parts}}, 400)[0]["message"], words);
    EXPECT_EQ(
        call("POST", "/composite/graph", {{"graphs", {{{"graphId", "g"}, {"compositeRequest", parts}}}}}, 400)[0]["message"],
        words);
  }
}

TEST_F(Composite, ACollectionKeepsTheOrderOfItsRows) {
  const auto parent = create("Case", {{"Subject", "x"}});
  const auto items =
      call("POST", "/composite/sobjects",
           {{"allOrNone", false},
            {"records", {comment(parent, "one"), Json{{"attributes", {{"type", "Contact"}}}}, comment(parent, "two")}}},
           200);
  EXPECT_EQ(items[0]["success"], true);
  EXPECT_EQ(
      items[1],
      Json::parse(
          R"({"success":false,"errors":[{"statusCode":"REQUIRED_FIELD_MISSING","message":"Required fields are missing: [LastName]","fields":["LastName"]}]})"));
  EXPECT_EQ(items[2]["success"], true);
  EXPECT_EQ(rows_of("CaseComment"), 2u);
}

TEST_F(Composite, ACollectionIsUpdatedReadAndDeleted) {
  const auto a = create("Case", {{"Subject", "a"}}), b = create("Case", {{"Subject", "b"}});
  const auto updated = call("PATCH", "/composite/sobjects",
                            {{"records",
                              {{{"attributes", {{"type", "Case"}}}, {"id", a}, {"Subject", "A"}},
                               {{"attributes", {{"type", "Case"}}}, {"id", "500"}, {"Subject", "x"}}}}},
                            200);
  EXPECT_EQ(updated[0]["success"], true);
  EXPECT_EQ(updated[1]["errors"][0]["statusCode"], "MALFORMED_ID");
  const auto rows = call("GET", "/composite/sobjects/Case?ids=" + b + "," + a + ",500Cw00000000zz&fields=Subject", nullptr, 200);
  EXPECT_EQ(rows[0]["Subject"], "b");
  EXPECT_EQ(rows[1]["Subject"], "A");
  EXPECT_EQ(rows[2], nullptr);
  call("DELETE", "/composite/sobjects?ids=" + a + "," + b + "&allOrNone=true", nullptr, 200);
  EXPECT_EQ(rows_of("Case"), 0u);
}

TEST_F(Composite, MoreThan200RowsAreRefused) {
  const auto parent = create("Case", {{"Subject", "x"}});
  std::vector<Json> rows(201, comment(parent, "x"));
  EXPECT_EQ(call("POST", "/composite/sobjects", {{"records", rows}}, 400)[0]["errorCode"], "EXCEEDED_ID_LIMIT");
  rows.pop_back();
  EXPECT_EQ(call("POST", "/composite/sobjects", {{"records", rows}}, 200).size(), 200u);
}

TEST_F(Composite, AQueryIsMeasuredInCharacters) {
  std::string soql = "SELECT Id FROM Case WHERE Subject IN (''";
  for (int i = 0; i < 20; ++i) {
    soql += ", '";
    for (int character = 0; character < 4'000; ++character) soql += "\xC3\xBC";
    soql += "'";
  }
  soql += ")";
  // The edge in front of an org takes no such URI, but a composite's parts pass it inside the body.
  const auto ask = [&](const std::string& text) {
    return run(false, {part("GET", "/query?" + form({{"q", text}}), "long")}).front();
  };
  EXPECT_EQ(ask(soql)["httpStatusCode"], 200);
  const auto refused = ask(soql + std::string(20'000, ' '));
  EXPECT_EQ(refused["httpStatusCode"], 400);
  EXPECT_EQ(refused["body"][0]["message"], "SOQL statements can not be longer than 100000 characters");
}

TEST_F(Composite, LongResultsComeInPages) {
  for (int i = 0; i < 11; ++i) {
    std::vector<Json> rows(200, Json{{"attributes", {{"type", "Case"}}}, {"Subject", "x"}});
    call("POST", "/composite/sobjects", {{"records", rows}}, 200);
  }
  const auto first = call("GET", "/query?q=SELECT+Id+FROM+Case", nullptr, 200);
  EXPECT_EQ(first["totalSize"], 2200);
  EXPECT_EQ(first["done"], false);
  ASSERT_EQ(first["records"].size(), 2000u);
  const auto next = parse_json(send("GET", first["nextRecordsUrl"].get<std::string>()).body).value();
  EXPECT_EQ(next["done"], true);
  EXPECT_EQ(next["records"].size(), 200u);
  EXPECT_FALSE(next.contains("nextRecordsUrl"));
  EXPECT_EQ(call("GET", "/query/01gCw0000000009-2000", nullptr, 400)[0]["errorCode"], "INVALID_QUERY_LOCATOR");
  const auto small =
      send("GET", "/services/data/v66.0/query?q=SELECT+Id+FROM+Case", "", {{"Sforce-Query-Options", "batchSize=500"}});
  EXPECT_EQ(parse_json(small.body).value()["records"].size(), 500u);
}

TEST_F(Composite, NamesItsOperations) {
  create("Case", {{"Subject", "x"}, {"OpenCX_Handoff__c", "s#1"}});
  const auto names = [&](const Json& parts) {
    return org_->operations({.method = "POST",
                             .target = "/services/data/v66.0/composite",
                             .headers = {{"Content-Type", "application/json"}},
                             .body = dump_json({{"compositeRequest", parts}})});
  };
  EXPECT_THAT(names({part("GET", "/query?q=x", "q"), part("PATCH", "/sobjects/Case/OpenCX_Handoff__c/s%231", "a", Json::object()),
                     part("PATCH", "/sobjects/Case/OpenCX_Handoff__c/s%232", "b", Json::object()),
                     part("POST", "/composite/sobjects", "c", {{"records", {comment("x", "1"), comment("x", "2")}}})}),
              ElementsAre("query", "Case update", "Case create", "CaseComment create"));
  EXPECT_THAT(org_->operations({.method = "POST", .target = "/services/data/v66.0/sobjects/ContentVersion"}),
              ElementsAre("file create"));
  EXPECT_THAT(org_->operations({.method = "POST", .target = "/services/oauth2/token"}), ElementsAre("token"));
}

TEST_F(Composite, EveryOperationThatAScriptMayNameIsListed) {
  const auto names = Org::operation_names();
  for (const char* name : {"Case create", "Case update", "CaseComment create", "file create", "query", "token", "Case delete"})
    EXPECT_THAT(names, testing::Contains(name));
  for (const char* name : {"request", "CaseComment", "ContentVersion create", "User delete"})
    EXPECT_THAT(names, testing::Not(testing::Contains(name)));
}

TEST_F(Composite, APathThatNobodyKnowsIsTheVendors404AndIsNamedForTheRun) {
  const auto answer = send("GET", "/services/data/v66.0/sobject/Case");
  EXPECT_EQ(answer.status, 404);
  EXPECT_EQ(answer.body, R"([{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}])");
  EXPECT_EQ(send("GET", "/service/data").status, 404);
  EXPECT_THAT(org_->not_modelled(), ElementsAre("GET /services/data/v66.0/sobject/Case", "GET /service/data"));
}

TEST_F(Composite, APartsVersionMustExist) {
  auto retired = part("GET", "/limits", "a"), unknown = part("GET", "/limits", "b");
  retired["url"] = "/services/data/v20.0/limits";
  unknown["url"] = "/services/data/v99.0/limits";
  const auto answers = run(false, {retired, unknown});
  EXPECT_EQ(answers[0]["httpStatusCode"], 410);
  EXPECT_EQ(answers[1]["httpStatusCode"], 404);
}

TEST_F(Composite, AllOrNoneInQuotesCountsAndNonsenseIsRefused) {
  const Json parts{part("POST", "/sobjects/Case", "a", {{"Subject", "x"}}), part("POST", "/sobjects/Case", "b", {{"nope", 1}})};
  call("POST", "/composite", {{"allOrNone", "true"}, {"compositeRequest", parts}}, 200);
  EXPECT_EQ(rows_of("Case"), 0u);
  call("POST", "/composite", {{"allOrNone", 1}, {"compositeRequest", parts}}, 400);
  call("POST", "/composite/sobjects", {{"allOrNone", "yes"}, {"records", Json::array()}}, 400);
}

TEST_F(Composite, AConditionOfAPartHoldsForIt) {
  const auto id = create("Case", {{"Subject", "x"}});
  auto one = part("GET", "/sobjects/Case/" + id, "a"), other = part("GET", "/sobjects/Case/" + id, "b");
  one["httpHeaders"] = {{"If-Modified-Since", "Tue, 10 Aug 2030 10:10:10 GMT"}};
  const auto answers = run(false, {one, other});
  EXPECT_EQ(answers[0]["httpStatusCode"], 304);
  EXPECT_EQ(answers[1]["httpStatusCode"], 200);
}

TEST_F(Composite, TheTypeOfEveryRecordCounts) {
  const auto id = create("Case", {{"Subject", "x"}}), other = create("Case", {{"Subject", "x"}});
  const Json contact{{"type", "Contact"}}, same{{"type", "Case"}};
  const auto updated = call("PATCH", "/composite/sobjects",
                            {{"records",
                              {{{"attributes", contact}, {"id", id}, {"Subject", "y"}},
                               {{"id", id}, {"Subject", "y"}},
                               {{"attributes", same}, {"id", other}, {"Subject", "z"}}}}},
                            200);
  EXPECT_EQ(updated[0]["errors"][0]["statusCode"], "INVALID_CROSS_REFERENCE_KEY");
  EXPECT_EQ(updated[1]["errors"][0]["statusCode"], "INVALID_TYPE");
  EXPECT_EQ(updated[2]["success"], true);
  const auto upserted = call("PATCH", "/composite/sobjects/Case/OpenCX_Handoff__c",
                             {{"records", {{{"attributes", contact}, {"OpenCX_Handoff__c", "s#1"}}}}}, 200);
  EXPECT_EQ(upserted[0]["errors"][0]["statusCode"], "INVALID_TYPE");
}

TEST_F(Composite, ACollectionIsReadWithFieldsOfParents) {
  const auto contact = create("Contact", {{"LastName", "Diaz"}});
  const auto with = create("Case", {{"Subject", "x"}, {"ContactId", contact}}), without = create("Case", {{"Subject", "y"}});
  const auto rows = call("POST", "/composite/sobjects/Case",
                         {{"ids", {without, "500Cw0000000099AAA", with}}, {"fields", {"Id", "Contact.Name", "id"}}}, 200);
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0]["Contact"], nullptr);
  EXPECT_EQ(rows[1], nullptr);
  EXPECT_EQ(rows[2]["Id"], with);
  EXPECT_EQ(rows[2]["Contact"]["Name"], "Diaz");
  EXPECT_EQ(call("GET", "/composite/sobjects/Case?fields=Contact.Foo&ids=" + with, nullptr, 400)[0]["errorCode"],
            "INVALID_FIELD");
  call("GET", "/composite/sobjects/Case?fields=Contact.Name+FROM+Case&ids=" + with, nullptr, 400);
}

// Captured: every row of one request that has the key is refused; the key is told in small letters.
TEST_F(Composite, AKeyStandsOnceInAnUpsertOfACollection) {
  const Json type{{"type", "Case"}};
  const auto rows = call("PATCH", "/composite/sobjects/Case/OpenCX_Handoff__c",
                         {{"records",
                           {{{"attributes", type}, {"OpenCX_Handoff__c", "K1"}, {"Subject", "x"}},
                            {{"attributes", type}, {"OpenCX_Handoff__c", "K2"}, {"Subject", "y"}},
                            {{"attributes", type}, {"OpenCX_Handoff__c", "K1"}, {"Subject", "z"}}}}},
                         200);
  for (const auto i : {0u, 2u}) {
    EXPECT_EQ(rows[i]["errors"][0]["statusCode"], "DUPLICATE_VALUE") << rows;
    EXPECT_EQ(rows[i]["errors"][0]["message"], "Duplicate external id specified: k1");
  }
  EXPECT_EQ(rows[1]["success"], true);
}

TEST_F(Composite, AnIdStandsOnceInAChangeOfACollection) {
  const Json type{{"type", "Case"}};
  const auto twice = create("Case", {{"Subject", "a"}}), once = create("Case", {{"Subject", "b"}});
  const Json records{{{"attributes", type}, {"id", twice}, {"Subject", "x"}},
                     {{"attributes", type}, {"id", once}, {"Subject", "y"}},
                     {{"attributes", type}, {"id", twice.substr(0, 15)}, {"Subject", "z"}}};
  for (const auto* path : {"/composite/sobjects", "/composite/sobjects/Case/Id"}) {
    const auto rows = call("PATCH", path, {{"records", records}}, 200);
    for (const auto i : {0u, 2u}) {
      EXPECT_EQ(rows[i]["errors"][0]["statusCode"], "DUPLICATE_VALUE") << rows;
      EXPECT_EQ(rows[i]["errors"][0]["message"], "Duplicate id specified: " + twice);
    }
    EXPECT_EQ(rows[1]["success"], true);
  }
  EXPECT_EQ(query("SELECT Subject FROM Case WHERE Id = '" + twice + "'")[0]["Subject"], "a");
}

TEST_F(Composite, APartHasAMethodOfTheGuide) {
  for (const auto* method : {"HEAD", "get", "OPTIONS"})
    EXPECT_EQ(call("POST", "/composite",
                   {{"compositeRequest", {{{"method", method}, {"url", "/services/data/v66.0/limits"}, {"referenceId", "a"}}}}},
                   400)[0]["errorCode"],
              "INVALID_INPUT");
}

TEST_F(Composite, ACollectionThatNamesNothingIsNotModelled) {
  call("DELETE", "/composite/sobjects", nullptr, 501);
  call("GET", "/composite/sobjects/Case?fields=Id", nullptr, 501);
  for (const Json& wrong : {Json{{"ids", "x"}, {"fields", {"Id"}}}, Json{{"ids", {1}}, {"fields", {"Id"}}},
                            Json{{"ids", {"500Cw0000000001IAA"}}, {"fields", {nullptr}}}})
    EXPECT_EQ(call("POST", "/composite/sobjects/Case", wrong, 400)[0]["errorCode"], "JSON_PARSER_ERROR") << wrong;
  call("GET", "/composite/sobjects/Case?ids=500Cw0000000001IAA", nullptr, 501);
  const auto items =
      call("POST", "/composite/sobjects", {{"records", {{{"attributes", {{"type", "Campaign"}}}, {"Subject", "x"}}}}}, 200);
  EXPECT_EQ(items[0]["errors"][0]["statusCode"], "NOT_MODELLED");
  EXPECT_EQ(org_->not_modelled().size(), 4u);
}

}  // namespace
}  // namespace casewire::sim::salesforce
