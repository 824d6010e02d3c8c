#include <gtest/gtest.h>

#include "tests/unit/sim/salesforce/soql/sample_org.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

// a: New, High, Dana, 10.5   b: Closed, Low, Dana, -2   c: Working, no Subject, no Contact, no amount   d: New, Eli, 10.5
struct WhereCase {
  const char* name;
  const char* where;
  const char* found;
};
void PrintTo(const WhereCase& row, std::ostream* out) { *out << row.where; }

class Where : public testing::TestWithParam<WhereCase> {};
TEST_P(Where, FindsTheRowsThatHold) { EXPECT_EQ(sample().refs(std::string{"WHERE "} + GetParam().where), GetParam().found); }

INSTANTIATE_TEST_SUITE_P(Text, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"EqualIgnoresCase", "Status = 'nEW'", "a d"},
                             {"EqualIgnoresCaseBeyondAscii", "Subject = '100% _s\xC3\xBCre_'", "d"},
                             {"NotEqualMatchesNull", "Subject != 'refund'", "a c d"},
                             {"OtherNotEqual", "Subject <> 'refund'", "a c d"},
                             {"EqualNull", "Subject = null", "c"},
                             {"NotEqualNull", "Subject != NULL", "a b d"},
                             {"EmptyTextIsNull", "Subject = ''", "c"},
                             {"LessNeverMatchesNull", "Subject < 'p'", "a d"},
                             {"GreaterIgnoresCase", "Subject > 'ORDER 1182'", "b"},
                             {"CaseSensitiveField", "Key__c = 'S#1'", "b"},
                             {"EscapedQuote", "Subject != 'it\\'s'", "a b c d"},
                             {"UnicodeEscape", "Subject LIKE '%s\\u00dcre%'", "d"},
                         }),
                         named);

INSTANTIATE_TEST_SUITE_P(Like, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"Prefix", "Subject LIKE 'order%'", "a"},
                             {"Middle", "Subject LIKE '%118%'", "a"},
                             {"OneCharacter", "Subject LIKE 'Order 118_'", "a"},
                             {"OneCharacterIsExactlyOne", "Subject LIKE 'Order 1182_'", ""},
                             {"NeverNull", "Subject LIKE '%'", "a b d"},
                             {"EscapedWildcards", "Subject LIKE '100\\% \\_%'", "d"},
                             {"UnescapedUnderscoreIsAny", "Subject LIKE '_efund'", "b"},
                             {"Whole", "Subject LIKE 'fun'", ""},
                             {"ComesBack", "Subject LIKE '%1%1%2'", "a"},
                             {"Negated", "NOT Subject LIKE 'order%'", "b c d"},
                         }),
                         named);

INSTANTIATE_TEST_SUITE_P(Sets, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"In", "Status IN ('working', 'Closed')", "b c"},
                             {"InTwiceTheSame", "Status IN ('New', 'NEW')", "a d"},
                             {"InWithNull", "Subject IN ('refund', null)", "b c"},
                             {"NotInKeepsNull", "Subject NOT IN ('refund')", "a c d"},
                             {"NotInWithNull", "Subject NOT IN ('refund', null)", "a d"},
                             {"InNumbers", "Amount__c IN (-2, 99)", "b"},
                             {"Includes", "Topics__c INCLUDES ('Mail', 'Shop')", "a b"},
                             {"IncludesAllOfOne", "Topics__c INCLUDES ('Billing;Mail')", "a"},
                             {"Excludes", "Topics__c EXCLUDES ('Billing')", "b c"},
                             {"SemiJoin", "ContactId IN (SELECT Id FROM Contact WHERE Email != null)", "a b"},
                             {"SemiJoinByChild", "Id IN (SELECT ParentId FROM CaseComment)", "a"},
                             {"AntiJoin", "Id NOT IN (SELECT ParentId FROM CaseComment)", "b c d"},
                             {"TwoSemiJoins",
                              "ContactId IN (SELECT Id FROM Contact) AND Id NOT IN (SELECT ParentId FROM CaseComment)", "b d"},
                         }),
                         named);

INSTANTIATE_TEST_SUITE_P(Logic, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"And", "Status = 'New' AND Priority = 'High'", "a"},
                             {"Or", "Status = 'Closed' OR Priority = 'High'", "a b"},
                             {"Parentheses", "Status = 'New' AND (Priority = 'High' OR Subject = null)", "a"},
                             {"NotBesideAnd", "(NOT Status = 'New') AND Priority = 'Low'", "b"},
                             {"NotOfGroup", "NOT (Status = 'New' OR Priority = 'Low')", "c"},
                             {"DoubleNot", "NOT (NOT Status = 'Closed')", "b"},
                             {"Nested", "((Status = 'New') AND ((Amount__c > 1)))", "a d"},
                             {"KeywordsInAnyCase", "status = 'New' aNd (nOt priority = 'high')", "d"},
                         }),
                         named);

INSTANTIATE_TEST_SUITE_P(Values, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"True", "IsClosed = true", "b"},
                             {"BooleanIsNeverNull", "IsClosed = null", "a c d"},
                             {"BooleanNotEqual", "IsClosed != FALSE", "b"},
                             {"Number", "Amount__c >= 10.5", "a d"},
                             {"NegativeNumber", "Amount__c < 0", "b"},
                             {"IntAgainstDecimal", "Visits__c > 1.5", "a d"},
                             {"Exponent", "Amount__c > -1e3", "a b d"},
                             {"NumberNull", "Amount__c = null", "c"},
                             {"Date", "Due__c = 2026-01-05", "a"},
                             {"DateBefore", "Due__c < 2026-01-01", "b"},
                             {"Datetime", "CreatedDate >= 2026-01-01T00:00:00Z", "a c d"},
                             {"DatetimeWithZone", "CreatedDate < 2026-01-01T01:00:00+01:00", "b"},
                             {"DatetimeWithFraction", "CreatedDate > 2025-12-31T23:59:58.500Z", "a b c d"},
                             {"DateFunction", "CALENDAR_YEAR(CreatedDate) = 2025", "b"},
                             {"DayOnly", "DAY_ONLY(CreatedDate) = 2026-01-04", "d"},
                             {"HourInDay", "HOUR_IN_DAY(CreatedDate) > 11", "b d"},
                             {"DayInWeek", "DAY_IN_WEEK(Due__c) = 2", "a"},
                         }),
                         named);

// Now is Monday 2026-01-05 09:00 UTC.
INSTANTIATE_TEST_SUITE_P(DateLiterals, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"Today", "CreatedDate = TODAY", "a"},
                             {"Yesterday", "CreatedDate = YESTERDAY", "d"},
                             {"BeforeToday", "CreatedDate < today", "b c d"},
                             {"UpToYesterday", "CreatedDate <= YESTERDAY", "b c d"},
                             {"AfterYesterday", "CreatedDate > YESTERDAY", "a"},
                             {"FromYesterday", "CreatedDate >= YESTERDAY", "a d"},
                             {"NotToday", "CreatedDate != TODAY", "b c d"},
                             {"LastNDaysIncludesToday", "CreatedDate = LAST_N_DAYS:1", "a d"},
                             {"LastYear", "CreatedDate = LAST_YEAR", "b"},
                             {"ThisYear", "CreatedDate = THIS_YEAR", "a c d"},
                             {"ThisWeekBeginsOnSunday", "CreatedDate = THIS_WEEK", "a d"},
                             {"LastWeek", "CreatedDate = LAST_WEEK", "b c"},
                             {"LastNMonthsExcludesTheCurrentOne", "CreatedDate = LAST_N_MONTHS:2", "b"},
                             {"LastQuarter", "CreatedDate = LAST_QUARTER", "b"},
                             {"ThisFiscalYear", "CreatedDate = THIS_FISCAL_YEAR", "a c d"},
                             {"DaysAgo", "CreatedDate = N_DAYS_AGO:4", "c"},
                             // As programs ask real orgs for (their sources; SalesforceMobileSDK, restforce, simple-salesforce).
                             {"NoDaysAgoIsToday", "CreatedDate = N_DAYS_AGO:0", "a"},
                             {"BeforeNoDaysAgo", "CreatedDate < N_DAYS_AGO:0", "b c d"},
                             {"TheLastNoDaysAreToday", "CreatedDate <= LAST_N_DAYS:0", "a b c d"},
                             {"TheLastNoWeeksAreNone", "CreatedDate = LAST_N_WEEKS:0", ""},
                             {"Last90Days", "CreatedDate = LAST_90_DAYS", "a b c d"},
                             {"NextNDaysBeginsTomorrow", "Due__c = NEXT_N_DAYS:3", ""},
                             {"DateField", "Due__c = TODAY", "a"},
                             {"DateFieldBefore", "Due__c < THIS_MONTH", "b"},
                         }),
                         named);

INSTANTIATE_TEST_SUITE_P(Paths, Where,
                         testing::ValuesIn(std::vector<WhereCase>{
                             {"Parent", "Contact.Email = 'DANA@example.test'", "a b"},
                             {"ParentOfParent", "Contact.Account.Name = 'Acme'", "a b"},
                             {"NullParentIsNull", "Contact.Email = null", "c d"},
                             {"BooleanOfANullParentIsFalse", "Contact.IsDeleted = false", "a b c d"},
                             {"BooleanOfANullParentIsNotTrue", "Contact.IsDeleted != true", "a b c d"},
                             {"BooleanOfANullParentInAList", "Contact.IsDeleted IN (true, false)", "a b c d"},
                             {"Polymorphic", "Owner.Name = 'Support'", "b"},
                             {"PolymorphicType", "Owner.Type = 'Queue'", "b"},
                             {"PolymorphicFieldOfOneType", "Owner.Email = 'ruiz@acme.test'", "a c d"},
                             {"ObjectPrefix", "Case.Status = 'Closed'", "b"},
                         }),
                         named);

TEST(SoqlWhere, ComparesIdsInBothForms) {
  const SampleOrg& org = sample();
  EXPECT_EQ(org.refs("WHERE Id = '" + org.b + "'"), "b");
  EXPECT_EQ(org.refs("WHERE Id = '" + org.b.substr(0, 15) + "'"), "b");
  EXPECT_EQ(org.refs("WHERE ContactId IN ('" + org.dana.substr(0, 15) + "', '" + org.dana + "') AND IsClosed = false"), "a");
  EXPECT_EQ(org.refs("WHERE Id != '" + org.b + "'"), "a c d");
}

TEST(SoqlWhere, HidesDeletedRowsButFromQueryAll) {
  SampleOrg org;
  org.store().remove(*org.store().find(org.b));
  org.store().commit();
  EXPECT_EQ(org.refs("WHERE ContactId = '" + org.dana + "'"), "a");
  const auto all = org.run("SELECT Id FROM Case WHERE ContactId = '" + org.dana + "'", {.with_deleted = true});
  ASSERT_TRUE(all.has_value());
  EXPECT_EQ(all->total, 2U);
  const auto deleted = org.run("SELECT Id FROM Case WHERE IsDeleted = true", {.with_deleted = true});
  ASSERT_TRUE(deleted.has_value());
  EXPECT_EQ(deleted->total, 1U);
}

TEST(SoqlWhere, TakesAnAliasOfTheObject) {
  const auto rows = sample().run("SELECT c.Id FROM Case AS c WHERE c.Contact.Name = 'Eli'");
  ASSERT_TRUE(rows.has_value());
  EXPECT_EQ(rows->total, 1U);
}

}  // namespace
}  // namespace casewire::sim::salesforce::soql
