#pragma once
// Times as office programs and reports write them, for people of one country: `02.03.2026 08:15`, `3/2/2026, 8:15 AM`, `2026-03-02 08:15`. They do
// not say their zone, and some do not say which number is the day: all of a table together may.

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/evidence/time_zone.hpp"

namespace casewire::scenarios {

enum class DateOrder { year_month_day, day_month_year, month_day_year };
/// "ymd", "dmy", "mdy"
std::optional<DateOrder> date_order_named(std::string_view name);

struct WrittenTime {
  std::array<int, 3> date{};  ///< in the order in which they stand
  char between = '\0';        ///< them
  bool has_year_first = false;
  milliseconds since_midnight{0};
  bool has_seconds = false;
};
/// Nullopt: it is nothing of the kind, or a day without its hour.
std::optional<WrittenTime> written_time(std::string_view text);

/// In which orders all of them are dates. Empty: in none, or they are written in several ways.
std::vector<DateOrder> orders_of(const std::vector<WrittenTime>& times);
/// Nullopt: there is no such day.
std::optional<LocalTime> shown_by(const WrittenTime& time, DateOrder order);

}  // namespace casewire::scenarios
