#include "sim/salesforce/soql/date_span.hpp"

#include <array>
#include <charconv>
#include <string>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kCountMax = 30'000;

struct UnitName {
  std::string_view one, many;
  DateUnit unit;
};
constexpr std::array<UnitName, 7> kUnits{{
    {"day", "days", DateUnit::day},
    {"week", "weeks", DateUnit::week},
    {"month", "months", DateUnit::month},
    {"quarter", "quarters", DateUnit::quarter},
    {"year", "years", DateUnit::year},
    {"fiscal_quarter", "fiscal_quarters", DateUnit::quarter},
    {"fiscal_year", "fiscal_years", DateUnit::year},
}};

std::optional<DateLiteral> plain_literal(std::string_view word) {
  if (word == "yesterday") return DateLiteral{DateUnit::day, -1, -1};
  if (word == "today") return DateLiteral{};
  if (word == "tomorrow") return DateLiteral{DateUnit::day, 1, 1};
  if (word == "last_90_days") return DateLiteral{DateUnit::day, -90, 0, true};
  if (word == "next_90_days") return DateLiteral{DateUnit::day, 1, 90};
  for (const UnitName& name : kUnits) {
    if (name.unit == DateUnit::day || !word.ends_with(name.one)) continue;
    const std::string_view which = word.substr(0, word.size() - name.one.size());
    if (which == "last_") return DateLiteral{name.unit, -1, -1};
    if (which == "this_") return DateLiteral{name.unit, 0, 0};
    if (which == "next_") return DateLiteral{name.unit, 1, 1};
  }
  return std::nullopt;
}

std::optional<DateLiteral> counted_literal(std::string_view word, int n) {
  for (const UnitName& name : kUnits) {
    if (word == "last_n_" + std::string{name.many}) {
      // Days reach from n days back up to now; the longer units leave the current one out.
      if (name.unit == DateUnit::day) return DateLiteral{name.unit, -n, 0, true};
      return DateLiteral{name.unit, -n, -1};
    }
    if (word == "next_n_" + std::string{name.many}) return DateLiteral{name.unit, 1, n};
    if (word == "n_" + std::string{name.many} + "_ago") return DateLiteral{name.unit, -n, -n};
  }
  return std::nullopt;
}

/// The first day of the `number`-th unit from the one that `today` is in.
sys_days start_of(DateUnit unit, int number, sys_days today) {
  const year_month_day date{today};
  const auto first_of_month = sys_days{date.year() / date.month() / 1};
  switch (unit) {
    case DateUnit::day: return today + days{number};
    case DateUnit::week: return today - (std::chrono::weekday{today} - std::chrono::Sunday) + days{7 * number};
    case DateUnit::month: return sys_days{year_month_day{first_of_month} + months{number}};
    case DateUnit::quarter: {
      const int into_quarter = static_cast<int>((static_cast<unsigned>(date.month()) - 1) % 3);
      return sys_days{year_month_day{first_of_month} + months{3 * number - into_quarter}};
    }
    case DateUnit::year: return sys_days{(date.year() + std::chrono::years{number}) / 1 / 1};
  }
  return today;
}

}  // namespace

std::optional<DateLiteral> date_literal(std::string_view word) {
  const std::string lower = lowercase(word);
  const std::size_t colon = lower.find(':');
  if (colon == std::string::npos) return plain_literal(lower);
  int n = 0;
  const char* begin = lower.data() + colon + 1;
  const char* end = lower.data() + lower.size();
  const auto [stop, problem] = std::from_chars(begin, end, n);
  if (problem != std::errc{} || stop != end || n < 0 || n > kCountMax) return std::nullopt;
  return counted_literal(std::string_view{lower}.substr(0, colon), n);
}

DateSpan span_of(const DateLiteral& literal, WallTime now) {
  const auto today = std::chrono::floor<days>(now);
  const WallTime begin = start_of(literal.unit, literal.first, today);
  const WallTime end = literal.ends_now ? now + milliseconds{1} : WallTime{start_of(literal.unit, literal.last + 1, today)};
  return {begin, end};
}

}  // namespace casewire::sim::salesforce::soql
