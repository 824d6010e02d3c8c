// List views: found, described, read in pages, explained.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class ListViews : public ServiceCloud {
 protected:
  Json read(const std::string& path, int status = 200) { return call("GET", path, nullptr, status); }
  std::string view(const std::string& object, const std::string& name) {
    const auto list = read("/sobjects/" + object + "/listviews");
    for (const auto& one : list["listviews"])
      if (one["developerName"] == name) return "/sobjects/" + object + "/listviews/" + string_member(one, "id");
    return "none";
  }
  static std::string value(const Json& record, std::string_view path) {
    for (const auto& cell : record["columns"])
      if (cell["fieldNameOrPath"] == path) return string_member(cell, "value", "null");
    return "no such column";
  }
  std::vector<std::string> subjects(const Json& results) {
    std::vector<std::string> found;
    for (const auto& record : results["records"]) found.push_back(value(record, "Subject"));
    return found;
  }
};

TEST_F(ListViews, AreListedWithTheirAddresses) {
  const auto list = read("/sobjects/case/listviews");
  EXPECT_EQ(list["size"], list["listviews"].size());
  EXPECT_EQ(list["sobjectType"], "Case");
  const auto& first = list["listviews"][0];
  const auto id = string_member(first, "id");
  EXPECT_EQ(first, Json({{"describeUrl", "/services/data/v66.0/sobjects/Case/listviews/" + id + "/describe"},
                         {"developerName", "AllOpenCases"},
                         {"id", id},
                         {"label", "All Open Cases"},
                         {"resultsUrl", "/services/data/v66.0/sobjects/Case/listviews/" + id + "/results"},
                         {"soqlCompatible", true},
                         {"url", "/services/data/v66.0/sobjects/Case/listviews/" + id}}));
  EXPECT_EQ(read("/sobjects/Case/listviews/" + id), first);
  EXPECT_EQ(read("/sobjects/Case/listviews/" + id.substr(0, 15)), first);
  EXPECT_EQ(read("/sobjects/Case/listviews/recent")["size"], 0);
  EXPECT_EQ(read("/sobjects/CaseComment/listviews")["size"], 0);
}

TEST_F(ListViews, OfAnotherObjectOrNobodyAreNotFound) {
  const auto of_case = view("Case", "AllOpenCases");
  read("/sobjects/Contact" + of_case.substr(of_case.find("/listviews")), 404);
  read("/sobjects/Case/listviews/nonsense", 404);
  read("/sobjects/Nothing/listviews/00BCw0000000001IAA/results", 404);
  EXPECT_THAT(org_->not_modelled(), IsEmpty());
}

TEST_F(ListViews, EachIsTheQueryThatItDescribes) {
  const auto described = read(view("Account", "NewThisWeek") + "/describe");
  EXPECT_EQ(
      described["query"],
      "SELECT Name, Site, BillingState, Phone, toLabel(Type), Owner.Alias, Id, CreatedDate, LastModifiedDate, SystemModstamp "
      "FROM Account WHERE CreatedDate = THIS_WEEK ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST");
  EXPECT_EQ(described["whereCondition"],
            Json({{"field", "CreatedDate"}, {"operator", "equals"}, {"values", Json::array({"THIS_WEEK"})}}));
  EXPECT_EQ(described["scope"], nullptr);
  EXPECT_EQ(described["orderBy"][1],
            Json({{"fieldNameOrPath", "Id"}, {"nullsPosition", "first"}, {"sortDirection", "ascending"}}));
  EXPECT_EQ(described["columns"][0], Json({{"ascendingLabel", "Z-A"},
                                           {"descendingLabel", "A-Z"},
                                           {"fieldNameOrPath", "Name"},
                                           {"hidden", false},
                                           {"label", "Account Name"},
                                           {"selectListItem", "Name"},
                                           {"sortDirection", "ascending"},
                                           {"sortIndex", 0},
                                           {"sortable", true},
                                           {"type", "string"}}));
  EXPECT_EQ(described["columns"][5]["label"], "Account Owner Alias");
  EXPECT_EQ(described["columns"][6]["hidden"], true);
  for (const auto* object : {"Case", "Account", "Contact", "Lead"}) {
    const auto listed = read("/sobjects/" + std::string{object} + "/listviews");
    for (const auto& one : listed["listviews"]) {
      const auto path = "/sobjects/" + std::string{object} + "/listviews/" + string_member(one, "id");
      const auto query = string_member(read(path + "/describe"), "query");
      EXPECT_EQ(read("/query?q=" + percent_encoded(query))["totalSize"], read(path + "/results")["size"]) << query;
    }
  }
}

TEST_F(ListViews, RowsComeAsCellsAndByTheirCondition) {
  const auto contact = create("Contact", {{"LastName", "Diaz"}, {"FirstName", "Dana"}});
  create("Case", {{"Subject", "open"}, {"ContactId", contact}, {"OwnerId", org_->integration_user_id()}});
  create("Case", {{"Subject", "closed"}, {"Status", "Closed"}});
  const auto results = read(view("Case", "AllOpenCases") + "/results");
  EXPECT_EQ(results["developerName"], "AllOpenCases");
  EXPECT_EQ(results["done"], true);
  EXPECT_EQ(results["size"], 1);
  EXPECT_THAT(subjects(results), ElementsAre("open"));
  const auto& row = results["records"][0];
  EXPECT_EQ(value(row, "Contact.Name"), "Dana Diaz");
  EXPECT_EQ(value(row, "CreatedDate"), "Mon Jan 05 09:00:00 GMT 2026");
  EXPECT_THAT(subjects(read(view("Case", "AllClosedCases") + "/results")), ElementsAre("closed"));
  EXPECT_THAT(subjects(read(view("Case", "MyCases") + "/results")), Not(Contains("closed")));
}

TEST_F(ListViews, RowsComeInPages) {
  for (const auto* subject : {"a", "b", "c"}) create("Case", {{"Subject", subject}});
  const auto path = view("Case", "AllOpenCases") + "/results";
  const auto first = read(path + "?limit=2");
  EXPECT_THAT(subjects(first), ElementsAre("a", "b"));
  EXPECT_EQ(first["done"], false);
  const auto last = read(path + "?limit=2&offset=3");
  EXPECT_THAT(subjects(last), ElementsAre("c"));
  EXPECT_EQ(last["done"], true);
  EXPECT_THAT(subjects(read(path + "?offset=99")), IsEmpty());
  for (const auto* wrong : {"?limit=0", "?limit=2001", "?limit=x", "?offset=-1"}) read(path + wrong, 400);
}

TEST_F(ListViews, AreExplainedByTheirId) {
  const auto path = view("Case", "AllOpenCases");
  create("Case", {{"Subject", "x"}});
  const auto plan = read("/query?explain=" + path.substr(path.rfind('/') + 1))["plans"][0];
  EXPECT_EQ(plan["sobjectType"], "Case");
  EXPECT_EQ(plan["cardinality"], 1);
}

}  // namespace
}  // namespace casewire::sim::salesforce
