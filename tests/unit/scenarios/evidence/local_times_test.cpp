// Tables whose times are those of somebody's wall clock (R26, R27): read where it can be told which moments they mean, and listed with the reason where
// not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "scenarios/evidence/bundle.hpp"
#include "scenarios/evidence/symptoms.hpp"

namespace casewire::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kOne = "500Qx00000A1b2CIAR";
constexpr const char* kOther = "500Qx00000A1b9FIAR";

Evidence read(const std::map<std::string, std::string>& files, const TableTerms& terms = {}) {
  char name[] = "/tmp/casewire-times-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(name);
  for (const auto& [file, text] : files) std::ofstream(folder / file, std::ios::binary) << text;
  auto evidence = open_bundle(folder.string(), {}, {}, terms);
  std::filesystem::remove_all(folder);
  EXPECT_TRUE(evidence) << render(evidence.error());
  return evidence ? *std::move(evidence) : Evidence{};
}

TableTerms berlin() { return {.zone = *TimeZone::named("+01:00"), .order = {}}; }

std::string created(const Evidence& evidence, const std::string& id = kOne) {
  const auto row = evidence.rows.find(id);
  return row == evidence.rows.end() ? "none" : iso8601(row->second.created);
}

/// One Case opened then, in a table of semicolons.
std::string opened(const std::string& time, const std::string& other = {}) {
  const std::string first = std::string("Id;CreatedDate\n") + kOne + ";" + time + "\n";
  return other.empty() ? first : first + kOther + ";" + other + "\n";
}

struct Spelling {
  const char* name;
  const char* written;
  const char* moment;
};
class SaysItsZone : public testing::TestWithParam<Spelling> {};

TEST_P(SaysItsZone, R26IsReadAsItIs) {
  const Evidence evidence = read({{"cases.csv", opened(GetParam().written)}});
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(created(evidence), GetParam().moment);
}
INSTANTIATE_TEST_SUITE_P(, SaysItsZone,
                         testing::Values(Spelling{"DataLoader", "2026-03-02T08:15:04.000Z", "2026-03-02T08:15:04.000Z"},
                                         Spelling{"Api", "2026-03-02T08:15:04.000+0000", "2026-03-02T08:15:04.000Z"},
                                         Spelling{"DataLoaderInAZone", "2026-03-02T08:15:04.000+0100",
                                                  "2026-03-02T07:15:04.000Z"},
                                         Spelling{"DataExport", "2026-03-02 08:15:04", "2026-03-02T08:15:04.000Z"},
                                         Spelling{"BulkApi", "1772439304000", "2026-03-02T08:15:04.000Z"}),
                         [](const auto& one) { return std::string(one.param.name); });

class OnTheWall : public testing::TestWithParam<Spelling> {};

TEST_P(OnTheWall, R26IsReadWhereTheCommandLineSaysTheZone) {
  const Evidence evidence = read({{"cases.csv", opened(GetParam().written)}}, berlin());
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(created(evidence), GetParam().moment);
}
INSTANTIATE_TEST_SUITE_P(, OnTheWall,
                         testing::Values(Spelling{"German", "02.03.2026 08:15", "2026-03-02T07:15:00.000Z"},
                                         Spelling{"GermanWithComma", "2.3.2026, 8:15:04", "2026-03-02T07:15:04.000Z"},
                                         Spelling{"American", "3/22/2026 8:15 AM", "2026-03-22T07:15:00.000Z"},
                                         Spelling{"AmericanOfNewerPrograms", "3/22/26, 8:15\xE2\x80\xAFPM",
                                                  "2026-03-22T19:15:00.000Z"},
                                         Spelling{"Midnight", "3/22/2026 12:15 AM", "2026-03-21T23:15:00.000Z"},
                                         Spelling{"British", "22/03/2026 08:15", "2026-03-22T07:15:00.000Z"},
                                         Spelling{"Japanese", "2026/03/02 8:15", "2026-03-02T07:15:00.000Z"},
                                         Spelling{"Swedish", "2026-03-02 08:15", "2026-03-02T07:15:00.000Z"},
                                         Spelling{"WithoutZone", "2026-03-02T08:15:04.500", "2026-03-02T07:15:04.500Z"}),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(LocalTimes, R26NamesOfZonesKnowTheirSummer) {
  const auto zone = TimeZone::named("Europe/Berlin");
  if (!zone) GTEST_SKIP() << zone.error();
  const TableTerms terms{.zone = *zone, .order = {}};
  const Evidence evidence = read({{"cases.csv", opened("02.03.2026 08:15:00", "02.07.2026 08:15:00")}}, terms);
  EXPECT_EQ(created(evidence), "2026-03-02T07:15:00.000Z");
  EXPECT_EQ(created(evidence, kOther), "2026-07-02T06:15:00.000Z");
  // The hour that comes twice is guessed; the one that never comes is no time.
  EXPECT_THAT(read({{"cases.csv", opened("25.10.2026 02:30:00")}}, terms).guesses,
              ElementsAre(HasSubstr("which of two hours is meant by cases.csv line 2")));
  EXPECT_THAT(read({{"cases.csv", opened("29.03.2026 02:30:00")}}, terms).unused,
              ElementsAre(HasSubstr("is no time with its zone")));
}

TEST(LocalTimes, R26ZonesThatNobodyHasAreRefused) {
  for (const char* name : {"Europe/Berlino", "../etc/passwd", "/etc/passwd", "", "+25:00", "one"})
    EXPECT_FALSE(TimeZone::named(name)) << name;
}

// All times of a table tell together which number is the day.
TEST(LocalTimes, R26TheOrderOfADateIsThatOfTheWholeTable) {
  const Evidence american = read({{"cases.csv", opened("3/2/2026 8:15 AM", "3/22/2026 8:15 AM")}}, berlin());
  EXPECT_EQ(created(american), "2026-03-02T07:15:00.000Z");
  const Evidence british = read({{"cases.csv", opened("3/2/2026 8:15 AM", "22/3/2026 8:15 AM")}}, berlin());
  EXPECT_EQ(created(british), "2026-02-03T07:15:00.000Z");
  const Evidence neither = read({{"cases.csv", opened("3/2/2026 8:15 AM", "4/2/2026 8:15 AM")}}, berlin());
  EXPECT_THAT(neither.unused,
              ElementsAre("cases.csv: 2 rows, for times such as \"3/2/2026 8:15 AM\" do not tell the day from the "
                          "month; say it with --date-order dmy, or mdy"));
  EXPECT_THAT(neither.rows, IsEmpty());
  const Evidence both = read({{"cases.csv", opened("3/22/2026 8:15 AM", "22/3/2026 8:15 AM")}}, berlin());
  EXPECT_THAT(both.unused, ElementsAre(HasSubstr("are written in several ways, or are no dates")));
  TableTerms said = berlin();
  said.order = DateOrder::day_month_year;
  EXPECT_EQ(created(read({{"cases.csv", opened("3/2/2026 8:15 AM")}}, said)), "2026-02-03T07:15:00.000Z");
}

TEST(LocalTimes, R27TheZoneFollowsFromOtherMaterialOfTheSameRow) {
  const std::string record = R"([{"attributes": {"type": "Case"}, "Id": ")" + std::string(kOne) +
                             R"(", "CreatedDate": "2026-03-02T07:15:31.000+0000"}])";
  const Evidence evidence = read({{"cases.csv", opened("3/2/2026 8:15 AM", "3/4/2026 9:00 AM")}, {"one.json", record}});
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(created(evidence, kOther), "2026-03-04T08:00:00.000Z") << "that the month comes first follows too";
  EXPECT_THAT(evidence.guesses,
              ElementsAre(HasSubstr("the time zone of cases.csv: its clock is 60 minutes ahead of UTC, by what one.json "
                                    "record 1 says of the same row"),
                          HasSubstr("what came first within one minute: cases.csv has no seconds")));
  // Another table of hers has the same zone.
  const Evidence more = read({{"cases.csv", opened("02.03.2026 08:15:31")},
                              {"others.csv", std::string("Id;CreatedDate\n") + kOther + ";02.03.2026 10:00:00\n"},
                              {"one.json", record}});
  EXPECT_EQ(created(more, kOther), "2026-03-02T09:00:00.000Z");
  EXPECT_THAT(more.guesses, testing::Contains(HasSubstr("the time zone of others.csv: taken for that of the other tables")));
}

TEST(LocalTimes, R29WithoutAZoneNothingIsTakenForKnown) {
  const Evidence evidence = read({{"cases.csv", opened("02.03.2026 08:15")}});
  EXPECT_THAT(evidence.unused,
              ElementsAre("cases.csv: 1 row, for times such as \"02.03.2026 08:15\" do not tell their zone; say with --time-zone "
                          "Europe/Berlin, or +01:00, what she who sent it has"));
  EXPECT_THAT(evidence.rows, IsEmpty());
  EXPECT_EQ(evidence.testimony.gap_of_rows("Case"), "cases.csv was not used");
  // What does not say when it was made is not needed for that.
  const Evidence closed =
      read({{"cases.csv", std::string("Id;CreatedDate;ClosedDate\n") + kOne + ";2026-03-02T08:15:04Z;02.03.2026 10:00\n"}});
  EXPECT_THAT(closed.unused, ElementsAre(HasSubstr("ClosedDate \"02.03.2026 10:00\" is no time with its zone")));
  EXPECT_EQ(created(closed), "2026-03-02T08:15:04.000Z");
}

TEST(LocalTimes, R29ADayWithoutItsHourIsNoTime) {
  const Evidence evidence = read({{"cases.csv", opened("02.03.2026", "03.03.2026 08:15")}}, berlin());
  EXPECT_THAT(evidence.unused, ElementsAre(HasSubstr("cases.csv line 2: CreatedDate \"02.03.2026\" is no time")));
  EXPECT_EQ(created(evidence, kOther), "2026-03-03T07:15:00.000Z");
}

// A report has labels for heads, shows what its filter lets through, and says below its rows whose it is.
TEST(LocalTimes, R26ReadsAReportAndTakesItForAPart) {
  const Evidence evidence = read({{"report.csv",
                                   "\"Case ID\",\"Case Number\",\"Date/Time Opened\",\"Web Email\"\n"
                                   "\"500Qx00000A1b2C\",\"00001026\",\"3/22/2026 8:15 AM\",\"dana@example.test\"\n\n\n"
                                   "\"Cases of March\"\n\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n"
                                   "\"Confidential Information - Do Not Distribute\"\n"}},
                                 berlin());
  EXPECT_THAT(evidence.unused, IsEmpty());
  EXPECT_EQ(created(evidence), "2026-03-22T07:15:00.000Z");
  EXPECT_EQ(string_member(evidence.rows.at(kOne).fields, "SuppliedEmail"), "dana@example.test");
  EXPECT_THAT(evidence.testimony.doubt_of_rows("Case"),
              HasSubstr("report.csv is a report, which shows what its filter lets through"));
}

}  // namespace
}  // namespace casewire::scenarios
