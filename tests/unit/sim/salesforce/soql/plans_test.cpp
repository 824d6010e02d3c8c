#include "sim/salesforce/soql/plans.hpp"

#include <gmock/gmock.h>

#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

std::shared_ptr<const Plan> planned(Plans& plans, std::string_view text, const std::string& asker = {}) {
  return plans.plan(text, asker, sample().store(), false).value();
}

TEST(Plans, AreMadeOnce) {
  Plans plans;
  constexpr const char* kText = "SELECT Ref__c FROM Case WHERE Ref__c = 'a'";
  const auto first = planned(plans, kText);
  EXPECT_EQ(planned(plans, kText), first);
  EXPECT_EQ(run(*first, sample().store(), {}).value().total, 1u);
  EXPECT_NE(planned(plans, "SELECT Ref__c FROM Case WHERE Ref__c = 'b'"), first);
}

TEST(Plans, SeeRowsThatCameLater) {
  SampleOrg org;
  Plans plans;
  const auto count = [&] {
    return run(*plans.plan("SELECT Id FROM Case", {}, org.store(), false).value(), org.store(), {}).value().total;
  };
  const auto before = count();
  org.add("Case", {{"Ref__c", "late"}});
  EXPECT_EQ(count(), before + 1);
}

// What it means depends on when it is asked, on other rows, or on who asks.
class NotKept : public testing::TestWithParam<const char*> {};
TEST_P(NotKept, IsMadeAnew) {
  Plans plans;
  const auto first = planned(plans, GetParam(), sample().ruiz);
  EXPECT_NE(planned(plans, GetParam(), sample().ruiz), first);
  EXPECT_EQ(plans.size(), 0u);
}
INSTANTIATE_TEST_SUITE_P(Plans, NotKept,
                         testing::Values("SELECT Id FROM Case WHERE CreatedDate = TODAY",
                                         "SELECT Id, (SELECT Id FROM CaseComments WHERE CreatedDate > LAST_WEEK) FROM Case",
                                         "SELECT Id FROM Case WHERE Id IN (SELECT ParentId FROM EmailMessage)",
                                         "SELECT Id FROM Case USING SCOPE mine"));

TEST(Plans, RefusalsAreNotKept) {
  Plans plans;
  for (int time = 0; time < 2; ++time)
    EXPECT_EQ(plans.plan("SELECT Nope FROM Case", {}, sample().store(), false).error().code, "INVALID_FIELD");
  EXPECT_EQ(plans.size(), 0u);
}

TEST(Plans, KeepALimitedNumberOfTextsOfLimitedLength) {
  Plans plans;
  for (std::size_t limit = 1; limit <= 2 * Plans::kPlansMax; ++limit)
    planned(plans, "SELECT Id FROM Case LIMIT " + std::to_string(limit));
  EXPECT_LE(plans.size(), Plans::kPlansMax);
  const auto before = plans.size();
  planned(plans, "SELECT Id FROM Case" + std::string(Plans::kTextBytesMax, ' '));
  EXPECT_EQ(plans.size(), before);
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
