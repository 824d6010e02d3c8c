// `columns=true`: without it `sf data query` ends with "Value is not a JsonArray" before it shows a row.

#include "org_fixture.hpp"

namespace casewire::sim::salesforce {
namespace {

class Columns : public ServiceCloud {
 protected:
  Json ask(const std::string& soql, int status = 200, const std::string& resource = "/query") {
    return call("GET", resource + "?q=" + percent_encoded(soql) + "&columns=true", nullptr, status);
  }
  static std::vector<std::string> names(const Json& list) {
    std::vector<std::string> found;
    for (const auto& one : list) found.push_back(one["columnName"]);
    return found;
  }
};

TEST_F(Columns, TellWhatEachFieldIs) {
  const auto shown = ask("SELECT Id, Subject, IsClosed FROM Case");
  EXPECT_EQ(shown["entityName"], "Case");
  EXPECT_EQ(shown["keyPrefix"], "500");
  EXPECT_EQ(shown["idSelected"], true);
  EXPECT_EQ(shown["groupBy"], false);
  EXPECT_THAT(names(shown["columnMetadata"]), testing::ElementsAre("Id", "Subject", "IsClosed"));
  EXPECT_EQ(shown["columnMetadata"][1], Json({{"aggregate", false},
                                              {"apexType", "String"},
                                              {"booleanType", false},
                                              {"columnName", "Subject"},
                                              {"custom", false},
                                              {"displayName", "Subject"},
                                              {"foreignKeyName", nullptr},
                                              {"insertable", true},
                                              {"joinColumns", Json::array()},
                                              {"numberType", false},
                                              {"textType", true},
                                              {"updatable", true}}));
  EXPECT_EQ(shown["columnMetadata"][2]["booleanType"], true);
}

TEST_F(Columns, JoinThoseOfParentsAndChildren) {
  const auto shown =
      ask("SELECT Contact.Account.Name, Owner.Name, (SELECT CommentBody FROM CaseComments) FROM Case")["columnMetadata"];
  EXPECT_EQ(shown[0]["foreignKeyName"], "ContactId");
  EXPECT_EQ(shown[0]["joinColumns"][0]["joinColumns"][0]["columnName"], "Name");
  EXPECT_EQ(shown[1]["joinColumns"][0]["textType"], true);
  EXPECT_EQ(shown[2]["aggregate"], true);
  EXPECT_THAT(names(shown[2]["joinColumns"]), testing::ElementsAre("CommentBody"));
}

TEST_F(Columns, OfGroupsNameTheirFunctions) {
  const auto shown = ask("SELECT Status, COUNT(Id), MAX(CreatedDate) last FROM Case GROUP BY Status");
  EXPECT_EQ(shown["groupBy"], true);
  EXPECT_THAT(names(shown["columnMetadata"]), testing::ElementsAre("Status", "expr0", "last"));
  EXPECT_EQ(shown["columnMetadata"][1]["displayName"], "count(Id)");
  EXPECT_EQ(shown["columnMetadata"][1]["aggregate"], true);
  EXPECT_EQ(ask("SELECT COUNT() FROM Case")["columnMetadata"].size(), 1u);
}

TEST_F(Columns, AreRefusedAsTheQueryIs) {
  EXPECT_EQ(ask("SELECT Nope FROM Case", 400)[0]["errorCode"], "INVALID_FIELD");
  EXPECT_EQ(ask("SELECT Name FROM ApexClass", 200, "/tooling/query")["entityName"], "ApexClass");
}

}  // namespace
}  // namespace casewire::sim::salesforce
