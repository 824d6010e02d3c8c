#include <gtest/gtest.h>

#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

struct GroupCase {
  const char* name;
  const char* soql;
  const char* records;  // without their attributes
};
void PrintTo(const GroupCase& row, std::ostream* out) { *out << row.soql; }

class Groups : public testing::TestWithParam<GroupCase> {};
TEST_P(Groups, ShowsAggregates) {
  static const SampleOrg org;
  std::string shown = org.show(GetParam().soql);
  const std::string attributes = R"("attributes":{"type":"AggregateResult"},)";
  for (auto at = shown.find(attributes); at != std::string::npos; at = shown.find(attributes)) shown.erase(at, attributes.size());
  EXPECT_EQ(shown, GetParam().records);
}
INSTANTIATE_TEST_SUITE_P(
    Soql, Groups,
    testing::ValuesIn(std::vector<GroupCase>{
        {"NumbersTheUnnamed", "SELECT COUNT(Id), Status, MAX(Amount__c) FROM Case GROUP BY Status ORDER BY Status",
         "{\"expr0\":2,\"Status\":\"New\",\"expr1\":10.5}\n{\"expr0\":1,\"Status\":\"Working\",\"expr1\":null}\n"
         "{\"expr0\":1,\"Status\":\"Closed\",\"expr1\":-2.0}\n"},
        {"TakesAliases", "SELECT Status s, COUNT(Id) n FROM Case WHERE IsClosed = true GROUP BY Status",
         "{\"s\":\"Closed\",\"n\":1}\n"},
        {"GroupsNull", "SELECT ContactId, COUNT(Id) n FROM Case WHERE Ref__c = 'c' GROUP BY ContactId",
         "{\"ContactId\":null,\"n\":1}\n"},
        {"CountsNonNull", "SELECT COUNT(Subject) n, COUNT_DISTINCT(Amount__c) m FROM Case", "{\"n\":3,\"m\":2}\n"},
        {"SumsWholeNumbers", "SELECT SUM(Visits__c) s, AVG(Visits__c) a, SUM(Amount__c) t FROM Case",
         "{\"s\":7,\"a\":2.3333333333333335,\"t\":19.0}\n"},
        {"SumOverNoneIsNull", "SELECT SUM(Amount__c) s, COUNT(Id) n FROM Case WHERE Ref__c = 'x'", "{\"s\":null,\"n\":0}\n"},
        {"MinAndMaxOfText", "SELECT MIN(Subject) a, MAX(Subject) b FROM Case WHERE Ref__c != 'd'",
         "{\"a\":\"Order 1182\",\"b\":\"refund\"}\n"},
        {"MaxOfDatetime", "SELECT MAX(CreatedDate) last FROM Case", "{\"last\":\"2026-01-05T08:30:00.000+0000\"}\n"},
        {"GroupsByParent", "SELECT Contact.Name, COUNT(Id) n FROM Case WHERE ContactId != null GROUP BY Contact.Name",
         "{\"Name\":\"Dana\",\"n\":2}\n{\"Name\":\"Eli\",\"n\":1}\n"},
        {"GroupsByDateFunction", "SELECT CALENDAR_YEAR(CreatedDate) y, COUNT(Id) n FROM Case GROUP BY CALENDAR_YEAR(CreatedDate)",
         "{\"y\":2025,\"n\":1}\n{\"y\":2026,\"n\":3}\n"},
        {"Having", "SELECT Status, COUNT(Id) n FROM Case GROUP BY Status HAVING COUNT(Id) > 1", "{\"Status\":\"New\",\"n\":2}\n"},
        {"HavingOfGroupedField", "SELECT Status FROM Case GROUP BY Status HAVING Status LIKE 'C%'", "{\"Status\":\"Closed\"}\n"},
        {"OrdersByAggregate", "SELECT Status FROM Case GROUP BY Status ORDER BY COUNT(Id) DESC, Status LIMIT 2",
         "{\"Status\":\"New\"}\n{\"Status\":\"Working\"}\n"},
        {"RollsUp", "SELECT Status, Priority, COUNT(Id) n FROM Case GROUP BY ROLLUP(Status, Priority)",
         "{\"Status\":\"Closed\",\"Priority\":\"Low\",\"n\":1}\n{\"Status\":\"Closed\",\"Priority\":null,\"n\":1}\n"
         "{\"Status\":\"New\",\"Priority\":\"High\",\"n\":1}\n{\"Status\":\"New\",\"Priority\":\"Medium\",\"n\":1}\n"
         "{\"Status\":\"New\",\"Priority\":null,\"n\":2}\n{\"Status\":\"Working\",\"Priority\":\"Medium\",\"n\":1}\n"
         "{\"Status\":\"Working\",\"Priority\":null,\"n\":1}\n{\"Status\":null,\"Priority\":null,\"n\":4}\n"},
        {"Cubes", "SELECT Status, COUNT(Id) n, GROUPING(Status) g FROM Case GROUP BY CUBE(Status)",
         "{\"Status\":\"Closed\",\"n\":1,\"g\":0}\n{\"Status\":\"New\",\"n\":2,\"g\":0}\n{\"Status\":\"Working\",\"n\":1,\"g\":0}\n"
         "{\"Status\":null,\"n\":4,\"g\":1}\n"},
        {"OrdersSubtotals",
         "SELECT Status, COUNT(Id) n FROM Case GROUP BY ROLLUP(Status) HAVING GROUPING(Status) = 1 ORDER BY GROUPING(Status)",
         "{\"Status\":null,\"n\":4}\n"},
        {"CutsGroups", "SELECT Status FROM Case GROUP BY Status ORDER BY Status LIMIT 1 OFFSET 1", "{\"Status\":\"Working\"}\n"},
    }),
    [](const auto& row) { return std::string{row.param.name}; });

TEST(SoqlGroups, RefuseMoreThanOneBatch) {
  SampleOrg org;
  for (int i = 0; i < 2'001; ++i) org.add("Case", {{"Subject", std::to_string(i)}});
  EXPECT_EQ(
      org.show("SELECT Subject FROM Case GROUP BY Subject"),
      "EXCEEDED_ID_LIMIT: Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch");
  EXPECT_EQ(org.run("SELECT Subject FROM Case GROUP BY Subject LIMIT 2000")->total, 2'000U);
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
