#pragma once
// Date literals (TODAY, LAST_N_DAYS:7, ...) and the span of time each stands for. The user's time zone is UTC here, weeks begin on
// Sunday (en_US), and the fiscal year is the calendar year (the org default).
// Source: SOQL and SOSL Reference, "Date Formats and Date Literals", Summer '26.

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text/time.hpp"

namespace casewire::sim::salesforce::soql {

enum class DateUnit { day, week, month, quarter, year };

/// A stretch of whole units, counted from the one that `now` is in: [first, last], 0 = the current one.
struct DateLiteral {
  DateUnit unit = DateUnit::day;
  int first = 0;
  int last = 0;
  bool ends_now = false;  ///< LAST_N_DAYS and LAST_90_DAYS end at this moment, not with the day
};

/// `word` without case, with its `:n`; nullopt when there is none of that name or n is out of 1 to 30,000 (assumed bound).
std::optional<DateLiteral> date_literal(std::string_view word);

struct DateSpan {
  WallTime begin;
  WallTime end;  ///< the first instant behind it
};
DateSpan span_of(const DateLiteral& literal, WallTime now);

}  // namespace casewire::sim::salesforce::soql
