#include "scenarios/language/numbers.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace casewire::scenarios {
namespace {

using namespace std::chrono_literals;

struct DurationCase {
  const char* name;
  const char* text;
  std::optional<milliseconds> want;
};
void PrintTo(const DurationCase& row, std::ostream* out) { *out << row.name; }

class ReadDuration : public testing::TestWithParam<DurationCase> {};
TEST_P(ReadDuration, TakesANumberAndAUnitInTheRightNumber) {
  const auto got = read_duration(GetParam().text);
  ASSERT_EQ(bool(got), GetParam().want.has_value());
  if (got) {
    EXPECT_EQ(*got, *GetParam().want);
  }
}
INSTANTIATE_TEST_SUITE_P(, ReadDuration,
                         testing::ValuesIn(std::vector<DurationCase>{{"Milliseconds", "250 milliseconds", 250ms},
                                                                     {"OneSecond", "1 second", 1000ms},
                                                                     {"Minutes", "90 minutes", 90min},
                                                                     {"Hours", "2 hours", 2h},
                                                                     {"Weeks", "2 weeks", 24h * 14},
                                                                     {"OneYear", "1 year", 24h * 365},
                                                                     {"TenYears", "3650 days", 24h * 3650},
                                                                     {"Zero", "0 seconds", 0ms},
                                                                     {"MoreThanTenYears", "3651 days", {}},
                                                                     {"Singular", "2 second", {}},
                                                                     {"Plural", "1 seconds", {}},
                                                                     {"Short", "2 s", {}},
                                                                     {"Fraction", "1.5 hours", {}},
                                                                     {"NoUnit", "2", {}},
                                                                     {"Huge", "99999999999999999999 days", {}},
                                                                     {"Empty", "", {}}}),
                         [](const auto& row) { return std::string{row.param.name}; });

TEST(ReadOrdinal, KnowsTheEndings) {
  for (const auto& [text, number] : std::vector<std::pair<const char*, std::uint32_t>>{
           {"1st", 1}, {"2nd", 2}, {"3rd", 3}, {"4th", 4}, {"11th", 11}, {"12th", 12}, {"21st", 21}, {"111th", 111}}) {
    EXPECT_EQ(read_ordinal(text).value_or(0), number) << text;
  }
  for (const char* text : {"11st", "1", "0th", "st", "1001st", "-1st"}) {
    EXPECT_FALSE(read_ordinal(text)) << text;
  }
  EXPECT_EQ(read_ordinal("22th").error().hint, "did you mean \"22nd\"?");
}

}  // namespace
}  // namespace casewire::scenarios
