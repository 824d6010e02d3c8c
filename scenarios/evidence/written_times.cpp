#include "scenarios/evidence/written_times.hpp"

#include <algorithm>
#include <string>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

/// Takes it off the beginning; nullopt: none is there, or one of more digits than `most`.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits == 0 || digits > most) return std::nullopt;
  const int number = std::stoi(std::string(text.substr(0, digits)));
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char sign) {
  if (!text.starts_with(sign)) return false;
  text.remove_prefix(1);
  return true;
}

/// Blanks that keep words together, as newer programs put them before AM and PM, are blanks.
std::string with_plain_blanks(std::string_view text) {
  std::string plain(text);
  for (const std::string_view blank : {"\xC2\xA0", "\xE2\x80\xAF"}) {
    for (std::size_t at = plain.find(blank); at != std::string::npos; at = plain.find(blank))
      plain.replace(at, blank.size(), " ");
  }
  return plain;
}

/// `08:15`, `8:15:04.250 AM`; what follows is left in `text`.
bool take_clock(std::string_view& text, WrittenTime& time) {
  const auto hour = take_number(text, 2);
  if (!hour || !take(text, ':')) return false;
  const auto minute = take_number(text, 2);
  int second = 0, thousandths = 0;
  if (minute && take(text, ':')) {
    const auto seconds = take_number(text, 2);
    if (!seconds) return false;
    time.has_seconds = true;
    second = *seconds;
    if (text.starts_with('.') || text.starts_with(',')) {
      text.remove_prefix(1);
      thousandths = take_number(text, 3).value_or(0);
    }
  }
  int hours = *hour;
  std::string half = lowercase(trimmed(text));
  std::erase(half, '.');
  if (half == "am" || half == "pm") {
    if (hours < 1 || hours > 12) return false;
    hours = hours % 12 + (half == "pm" ? 12 : 0);
    text = {};
  }
  if (!minute || hours > 23 || *minute > 59 || second > 59) return false;
  time.since_midnight = milliseconds(((hours * 60 + *minute) * 60 + second) * 1000 + thousandths);
  return true;
}

}  // namespace

std::optional<DateOrder> date_order_named(std::string_view name) {
  if (name == "ymd") return DateOrder::year_month_day;
  if (name == "dmy") return DateOrder::day_month_year;
  if (name == "mdy") return DateOrder::month_day_year;
  return std::nullopt;
}

std::optional<WrittenTime> written_time(std::string_view written) {
  const std::string plain = with_plain_blanks(written);
  std::string_view text = trimmed(plain);
  WrittenTime time;
  time.has_year_first = text.find_first_not_of("0123456789") == 4;
  for (std::size_t i = 0; i < time.date.size(); ++i) {
    if (i == 1) time.between = text.empty() ? '\0' : text.front();
    if (i != 0 && (std::string_view("./-").find(time.between) == std::string_view::npos || !take(text, time.between)))
      return std::nullopt;
    const auto number = take_number(text, i == (time.has_year_first ? 0u : 2u) ? 4 : 2);
    if (!number) return std::nullopt;
    time.date[i] = *number;
  }
  const std::size_t clock = text.find_first_not_of(", T");
  if (clock == 0 || clock == std::string_view::npos) return std::nullopt;
  text.remove_prefix(clock);
  return take_clock(text, time) && trimmed(text).empty() ? std::optional(time) : std::nullopt;
}

std::optional<LocalTime> shown_by(const WrittenTime& time, DateOrder order) {
  const auto [a, b, c] = time.date;
  constexpr int kThisCentury = 2000;
  const auto whole = [](int year) { return year < 100 ? year + kThisCentury : year; };
  const auto day = [&](int y, int m, int d) {
    return std::chrono::year_month_day{std::chrono::year(whole(y)), std::chrono::month(static_cast<unsigned>(m)),
                                       std::chrono::day(static_cast<unsigned>(d))};
  };
  if ((order == DateOrder::year_month_day) != time.has_year_first) return std::nullopt;
  const auto date = order == DateOrder::year_month_day   ? day(a, b, c)
                    : order == DateOrder::day_month_year ? day(c, b, a)
                                                         : day(c, a, b);
  if (!date.ok()) return std::nullopt;
  return LocalTime(std::chrono::local_days(date)) + time.since_midnight;
}

std::vector<DateOrder> orders_of(const std::vector<WrittenTime>& times) {
  std::vector<DateOrder> orders;
  for (const DateOrder order : {DateOrder::year_month_day, DateOrder::day_month_year, DateOrder::month_day_year}) {
    const bool fits = std::all_of(times.begin(), times.end(), [&](const WrittenTime& one) {
      // Nobody writes the month first with dots.
      const bool is_odd = one.between == '.' && order == DateOrder::month_day_year;
      return !is_odd && one.between == times.front().between && shown_by(one, order);
    });
    if (fits) orders.push_back(order);
  }
  return orders;
}

}  // namespace casewire::scenarios
