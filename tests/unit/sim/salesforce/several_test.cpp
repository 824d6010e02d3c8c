// Batches, trees, graphs, and upserts of collections by Id.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Several : public ServiceCloud {
 protected:
  Json batch(const Json& parts, bool halts = false) {
    return call("POST", "/composite/batch", {{"haltOnError", halts}, {"batchRequests", parts}}, 200);
  }
  static Json leaf(const char* type, const char* reference, Json fields) {
    fields["attributes"] = {{"type", type}, {"referenceId", reference}};
    return fields;
  }
  std::vector<std::string> operations(const std::string& path, const Json& body) {
    return org_->operations({.method = "POST",
                             .target = "/services/data/v66.0" + path,
                             .headers = {{"Content-Type", "application/json"}},
                             .body = dump_json(body)});
  }
};

TEST_F(Several, ABatchAnswersEachPartByItself) {
  const auto id = create("Case", {{"Subject", "x"}});
  const auto answer = batch({{{"method", "PATCH"}, {"url", "v66.0/sobjects/Case/" + id}, {"richInput", {{"Subject", "y"}}}},
                             {{"method", "GET"}, {"url", "/services/data/v66.0/sobjects/Case/" + id + "?fields=Subject"}},
                             {{"method", "GET"}, {"url", "v66.0/sobjects/Case/500Cw0000000099"}},
                             {{"method", "POST"}, {"url", "v66.0/sobjects/Case"}, {"richInput", {{"Subject", "z"}}}}});
  EXPECT_EQ(answer["hasErrors"], true);
  EXPECT_EQ(answer["results"][0], Json({{"statusCode", 204}, {"result", nullptr}}));
  EXPECT_EQ(answer["results"][1]["result"]["Subject"], "y");
  EXPECT_EQ(answer["results"][2]["statusCode"], 404);
  EXPECT_TRUE(answer["results"][2]["result"].is_array());
  EXPECT_EQ(answer["results"][3]["statusCode"], 201);
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(2));
  EXPECT_EQ(call("GET", "/limits", nullptr, 200)["DailyApiRequests"]["Remaining"], 100'000 - 7) << "each part counts";
}

TEST_F(Several, AHeadInABatchHasNoResult) {
  const auto answer = batch({{{"method", "HEAD"}, {"url", "v66.0/limits"}}, {{"method", "HEAD"}, {"url", "v66.0/nothing"}}});
  EXPECT_EQ(answer["results"][0], Json({{"statusCode", 200}, {"result", nullptr}}));
  EXPECT_EQ(answer["results"][1], Json({{"statusCode", 404}, {"result", nullptr}}));
}

TEST_F(Several, ABatchMayHalt) {
  const auto answer = batch({{{"method", "GET"}, {"url", "v66.0/nothing"}}, {{"method", "GET"}, {"url", "v66.0/limits"}}}, true);
  EXPECT_EQ(answer["results"][1]["statusCode"], 412);
  EXPECT_EQ(answer["results"][1]["result"][0]["errorCode"], "BATCH_PROCESSING_HALTED");
  call("POST", "/composite/batch", {{"batchRequests", std::vector<Json>(26, {{"method", "GET"}, {"url", "v66.0/limits"}})}}, 400);
  call("POST", "/composite/batch", {{"batchRequests", {{{"method", "GET"}}}}}, 400);
}

TEST_F(Several, ATreeGrowsWholeOrNotAtAll) {
  const auto contacts = [](Json records) { return Json{{"records", std::move(records)}}; };
  const auto tree = [&](Json last) {
    return Json{{"records",
                 {leaf("Account", "a",
                       {{"Name", "Acme"},
                        {"Contacts",
                         contacts({leaf("Contact", "c1", {{"LastName", "Diaz"}}), leaf("Contact", "c2", std::move(last))})}})}}};
  };
  const auto answer = call("POST", "/composite/tree/Account", tree({{"LastName", "Kim"}}), 201);
  EXPECT_EQ(answer["hasErrors"], false);
  ASSERT_EQ(answer["results"].size(), 3u);
  EXPECT_EQ(query("SELECT Account.Name FROM Contact WHERE LastName = 'Kim'")[0]["Account"]["Name"], "Acme");
  const auto refused = call("POST", "/composite/tree/Account", tree(Json::object()), 400);
  EXPECT_EQ(refused, Json({{"hasErrors", true},
                           {"results",
                            {{{"referenceId", "c2"},
                              {"errors",
                               {{{"statusCode", "REQUIRED_FIELD_MISSING"},
                                 {"message", "Required fields are missing: [LastName]"},
                                 {"fields", {"LastName"}}}}}}}}}));
  EXPECT_THAT(query("SELECT Id FROM Account"), SizeIs(1));
  call("POST", "/composite/tree/Account",
       {{"records", {leaf("Account", "a", {{"Name", "1"}}), leaf("Account", "a", {{"Name", "2"}})}}}, 400);
  call("POST", "/composite/tree/Account", {{"records", {leaf("Contact", "a", {{"LastName", "1"}})}}}, 400);
  EXPECT_THAT(operations("/composite/tree/Account", tree(Json::object())), ElementsAre("Account create", "Contact create"));
}

TEST_F(Several, EachGraphIsATransactionOfItsOwn) {
  const auto node = [](const char* reference, const char* path, const Json& body) {
    return Json{{"method", "POST"},
                {"url", std::string{"/services/data/v66.0/sobjects/"} + path},
                {"referenceId", reference},
                {"body", body}};
  };
  const Json good{
      {"graphId", "1"},
      {"compositeRequest",
       {node("c", "Case/", {{"Subject", "x"}}), node("m", "CaseComment", {{"ParentId", "@{c.id}"}, {"CommentBody", "hi"}})}}};
  const Json bad{{"graphId", "2"},
                 {"compositeRequest", {node("c", "Case", {{"Subject", "gone"}}), node("d", "Contact", {{"FirstName", "x"}})}}};
  const auto answer = call("POST", "/composite/graph", {{"graphs", {good, bad}}}, 200);
  EXPECT_EQ(answer["graphs"][0]["isSuccessful"], true);
  EXPECT_EQ(answer["graphs"][0]["graphResponse"]["compositeResponse"][1]["httpStatusCode"], 201);
  EXPECT_EQ(answer["graphs"][1]["isSuccessful"], false);
  EXPECT_EQ(answer["graphs"][1]["graphResponse"]["compositeResponse"][0]["body"][0]["errorCode"], "PROCESSING_HALTED");
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  EXPECT_THAT(query("SELECT Id FROM CaseComment"), SizeIs(1));
  EXPECT_THAT(operations("/composite/graph", {{"graphs", {good}}}), ElementsAre("Case create", "CaseComment create"));
  call("POST", "/composite/graph",
       {{"graphs",
         {{{"graphId", "1"},
           {"compositeRequest", {{{"method", "GET"}, {"url", "/services/data/v66.0/query?q=x"}, {"referenceId", "q"}}}}}}}},
       400);
}

TEST_F(Several, AGraphHasANameOfItsOwn) {
  const auto refused = [&](const std::vector<std::string>& ids) {
    Json graphs = Json::array();
    for (const auto& id : ids)
      graphs.push_back({{"graphId", id},
                        {"compositeRequest",
                         {{{"method", "POST"},
                           {"url", "/services/data/v66.0/sobjects/Case"},
                           {"referenceId", "c"},
                           {"body", {{"Subject", "x"}}}}}}});
    return call("POST", "/composite/graph", {{"graphs", graphs}}, 400)[0]["errorCode"];
  };
  EXPECT_EQ(refused({"one", "one"}), "INVALID_INPUT");
  for (const std::string id : {"", "_a", "-"}) EXPECT_EQ(refused({id}), "INVALID_INPUT") << id;
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(0));
}

TEST_F(Several, ACollectionIsUpsertedById) {
  const auto id = create("Case", {{"Subject", "x"}});
  const Json type{{"type", "Case"}};
  const auto items = call("PATCH", "/composite/sobjects/Case/id/",
                          {{"records",
                            {{{"attributes", type}, {"Id", id}, {"Subject", "y"}},
                             {{"attributes", type}, {"Subject", "new"}},
                             {{"attributes", type}, {"Id", "500Cw0000000099"}, {"Subject", "z"}}}}},
                          200);
  EXPECT_EQ(items[0], Json({{"id", id}, {"success", true}, {"errors", Json::array()}, {"created", false}}));
  EXPECT_EQ(items[1]["created"], true);
  EXPECT_EQ(items[2]["errors"][0]["statusCode"], "INVALID_CROSS_REFERENCE_KEY");
}

TEST_F(Several, PagesFollowEveryHabitOfTheirReaders) {
  for (int round = 0; round < 2; ++round) {
    std::vector<Json> rows(200, Json{{"attributes", {{"type", "Contact"}}}, {"LastName", "x"}});
    call("POST", "/composite/sobjects", {{"records", rows}}, 200);
  }
  const http::Headers pages{{"Sforce-Query-Options", "batchSize=200"}};
  const auto first = parse_json(send("GET", "/services/data/v66.0//query/?q=SELECT+Id+FROM+Contact", {}, pages).body).value();
  const auto next = string_member(first, "nextRecordsUrl");
  const auto locator = next.substr(next.rfind('/') + 1);
  for (const auto& path : {next, "/services/data/v66.0//queryAll//" + locator, "/services/data/v59.0/query/" + locator + "/"})
    EXPECT_EQ(parse_json(send("GET", path, {}, pages).body).value()["records"].size(), 200u) << path;
}

class Children : public Several {
 protected:
  std::string account_with(std::size_t contacts) {
    const auto account = create("Account", {{"Name", "Acme"}});
    for (std::size_t made = 0; made < contacts; made += 200) {
      std::vector<Json> rows(std::min<std::size_t>(200, contacts - made),
                             Json{{"attributes", {{"type", "Contact"}}}, {"LastName", "x"}, {"AccountId", account}});
      call("POST", "/composite/sobjects", {{"records", rows}}, 200);
    }
    return account;
  }
  Json get(const std::string& path, const std::string& batch = "2000") {
    const auto response = send("GET", path, {}, {{"Sforce-Query-Options", "batchSize=" + batch}});
    EXPECT_EQ(response.status, 200) << response.body;
    return parse_json(response.body).value();
  }
  const std::string query_ = "/services/data/v66.0/query?q=SELECT+Id,(SELECT+Id+FROM+Contacts)+FROM+Account";
};

// As captured: 1,200 children, of which 499 and a locator that ends in -499 come with their parent.
TEST_F(Children, BeyondAPageAreFoundByAnAddressOfTheirOwn) {
  account_with(1'000);
  const auto answer = get(query_);
  EXPECT_EQ(answer["done"], true);
  const auto& children = answer["records"][0]["Contacts"];
  EXPECT_EQ(children["totalSize"], 1'000);
  EXPECT_EQ(children["done"], false);
  EXPECT_EQ(children["records"].size(), 499u);
  const auto next = string_member(children, "nextRecordsUrl");
  EXPECT_TRUE(next.ends_with("-499")) << next;
  const auto rest = get(next);
  EXPECT_EQ(rest["totalSize"], 1'000);
  EXPECT_EQ(rest["done"], true);
  EXPECT_EQ(rest["records"].size(), 501u);
  EXPECT_NE(rest["records"][0]["Id"], children["records"][498]["Id"]);
  EXPECT_EQ(rest["records"][0]["attributes"]["type"], "Contact");
}

TEST_F(Children, OfSmallerPagesAreFewer) {
  account_with(401);
  const auto first = get(query_, "200");
  const auto& children = first["records"][0]["Contacts"];
  EXPECT_EQ(children["records"].size(), 199u);
  const auto second = get(string_member(children, "nextRecordsUrl"), "200");
  EXPECT_EQ(second["records"].size(), 200u);
  EXPECT_EQ(get(string_member(second, "nextRecordsUrl"), "200")["records"].size(), 2u);
}

TEST_F(Children, OfAPageComeWhole) {
  account_with(499);
  const auto answer = get(query_);
  EXPECT_EQ(answer["records"][0]["Contacts"]["done"], true);
  EXPECT_FALSE(answer["records"][0]["Contacts"].contains("nextRecordsUrl"));
}

// The children of one query are forgotten with it, and not one by one before they were read.
TEST_F(Children, OfManyParentsAreKeptTogether) {
  for (int i = 0; i < 60; ++i) account_with(200);
  const auto answer = get(query_, "200");
  ASSERT_EQ(answer["records"].size(), 60u);
  for (const auto& account : answer["records"])
    EXPECT_EQ(get(string_member(account["Contacts"], "nextRecordsUrl"))["records"].size(), 1u);
  for (int i = 0; i < 50; ++i) get(query_, "200");
  EXPECT_EQ(send("GET", string_member(answer["records"][0]["Contacts"], "nextRecordsUrl")).status, 400);
}

TEST_F(Children, ByTheNameOfTheirRelationshipComeInPagesToo) {
  const auto account = account_with(300);
  const auto first = get("/services/data/v66.0/sobjects/Account/" + account + "/Contacts?fields=Id", "200");
  EXPECT_EQ(first["totalSize"], 300);
  EXPECT_EQ(first["records"].size(), 200u);
  EXPECT_EQ(get(string_member(first, "nextRecordsUrl"), "200")["records"].size(), 100u);
}

}  // namespace
}  // namespace casewire::sim::salesforce
