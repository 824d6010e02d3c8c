#include "base/text/time.hpp"

#include <array>
#include <cstdio>

#include "base/text/ascii.hpp"

namespace casewire {
namespace {

struct CivilTime {
  std::chrono::year_month_day date;
  std::chrono::weekday weekday;
  std::chrono::hh_mm_ss<milliseconds> time;
};

CivilTime civil_time(WallTime when) {
  const auto day = std::chrono::floor<std::chrono::days>(when);
  return {std::chrono::year_month_day{day}, std::chrono::weekday{day}, std::chrono::hh_mm_ss<milliseconds>{when - day}};
}

// Reads a text of fixed fields from the front; the first thing that does not fit makes it fail for good.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int low, int high) {
    int value = 0;
    for (std::size_t at = 0; at < digits; ++at) {
      value = value * 10 + digit();
    }
    failed_ = failed_ || value < low || value > high;
    return value;
  }
  void literal(char c) {
    if (!take(c)) failed_ = true;
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// Of any length; what is finer than a millisecond is cut.
  int fraction() {
    int value = digit();
    int digits = 1;
    while (!failed_ && !rest_.empty() && is_digit(rest_.front())) {
      const int next = digit();
      if (digits++ < 3) value = value * 10 + next;
    }
    for (; digits < 3; ++digits) value *= 10;
    return value;
  }
  bool complete() const { return !failed_ && rest_.empty(); }

 private:
  int digit() {
    if (rest_.empty() || !is_digit(rest_.front())) {
      failed_ = true;
      return 0;
    }
    const int value = rest_.front() - '0';
    rest_.remove_prefix(1);
    return value;
  }

  std::string_view rest_;
  bool failed_ = false;
};

milliseconds zone_offset(Reader& reader) {
  if (reader.take('Z')) return milliseconds{0};
  const bool west = reader.take('-');
  if (!west) reader.literal('+');
  const std::chrono::hours hours{reader.number(2, 0, 23)};
  reader.take(':');
  const std::chrono::minutes minutes{reader.number(2, 0, 59)};
  return west ? -(hours + minutes) : hours + minutes;
}

// Not snprintf, and few divisions: answers and journals hold so many dates that they were an eighth of a query.
template <std::size_t Width>
char* put_digits(char* at, std::uint32_t number) {
  for (auto* digit = at + Width; digit > at; number /= 10) *--digit = static_cast<char>('0' + number % 10);
  return at + Width;
}

bool has_four_digits(std::chrono::year year) { return year >= std::chrono::year{0} && year <= std::chrono::year{9999}; }

/// kIso8601Bytes of them; of a year that has not four digits something.
void put_civil(const CivilTime& civil, char* at) {
  const auto unsigned_of = [](auto count) { return static_cast<std::uint32_t>(count); };
  at = put_digits<4>(at, unsigned_of(static_cast<int>(civil.date.year())));
  *at++ = '-';
  at = put_digits<2>(at, static_cast<unsigned>(civil.date.month()));
  *at++ = '-';
  at = put_digits<2>(at, static_cast<unsigned>(civil.date.day()));
  *at++ = 'T';
  at = put_digits<2>(at, unsigned_of(civil.time.hours().count()));
  *at++ = ':';
  at = put_digits<2>(at, unsigned_of(civil.time.minutes().count()));
  *at++ = ':';
  at = put_digits<2>(at, unsigned_of(civil.time.seconds().count()));
  *at++ = '.';
  put_digits<3>(at, unsigned_of(civil.time.subseconds().count()));
}

// "2 days", "1 day", "3 h": only days have a plural.
std::string in_units(milliseconds::rep count, std::string_view unit) {
  return std::to_string(count) + " " + std::string{unit} + (unit == "day" && count != 1 ? "s" : "");
}

std::string seconds_text(milliseconds duration) {
  const auto count = duration.count();
  std::string text = std::to_string(count / 1000);
  if (count % 1000 != 0) {
    text += "." + std::to_string(1000 + count % 1000).substr(1);
    while (text.back() == '0') text.pop_back();
  }
  return text + " s";
}

}  // namespace

std::string iso8601(WallTime when) {
  std::string text(kIso8601Bytes + 1, 'Z');
  const auto civil = civil_time(when);
  put_civil(civil, text.data());
  if (!has_four_digits(civil.date.year())) text.replace(0, 4, std::to_string(static_cast<int>(civil.date.year())));
  return text;
}

bool put_iso8601(WallTime when, std::span<char, kIso8601Bytes> text) {
  const auto civil = civil_time(when);
  if (!has_four_digits(civil.date.year())) return false;
  put_civil(civil, text.data());
  return true;
}

std::optional<WallTime> parse_iso8601(std::string_view text) {
  Reader reader{text};
  const std::chrono::year year{reader.number(4, 0, 9999)};
  reader.literal('-');
  const std::chrono::month month{static_cast<unsigned>(reader.number(2, 1, 12))};
  reader.literal('-');
  const std::chrono::day day{static_cast<unsigned>(reader.number(2, 1, 31))};
  reader.literal('T');
  const std::chrono::hours hours{reader.number(2, 0, 23)};
  reader.literal(':');
  const std::chrono::minutes minutes{reader.number(2, 0, 59)};
  reader.literal(':');
  const std::chrono::seconds seconds{reader.number(2, 0, 59)};
  const milliseconds fraction{reader.take('.') ? reader.fraction() : 0};
  const auto offset = zone_offset(reader);
  const std::chrono::year_month_day date{year, month, day};
  if (!reader.complete() || !date.ok()) return std::nullopt;
  const auto when = WallTime{std::chrono::sys_days{date}} + hours + minutes + seconds + fraction - offset;
  // The zone may push it out of the years that four digits can name.
  const auto utc_year = civil_time(when).date.year();
  if (utc_year < std::chrono::year{0} || utc_year > std::chrono::year{9999}) return std::nullopt;
  return when;
}

std::string rfc5322_date(WallTime when) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto [date, weekday, time] = civil_time(when);
  std::array<char, 64> out{};
  const int length = std::snprintf(out.data(), out.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000", days.at(weekday.c_encoding()),
                                   static_cast<unsigned>(date.day()), months.at(static_cast<unsigned>(date.month()) - 1),
                                   static_cast<int>(date.year()), static_cast<int>(time.hours().count()),
                                   static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return {out.data(), static_cast<std::size_t>(length)};
}

std::string human_duration(milliseconds duration) {
  using namespace std::chrono_literals;
  if (duration < 0ms) return "-" + human_duration(-duration);
  if (duration < 1s) return in_units(duration.count(), "ms");
  if (duration < 1min) return seconds_text(duration);
  struct Unit {
    milliseconds length;
    std::string_view name;
  };
  constexpr std::array<Unit, 4> units{{{24h, "day"}, {1h, "h"}, {1min, "min"}, {1s, "s"}}};
  std::size_t at = 0;
  while (duration < units[at].length) ++at;
  // The largest unit and the next smaller one say enough to a person.
  const auto next = units.at(at + 1);
  const auto rest = duration % units[at].length / next.length;
  return in_units(duration / units[at].length, units[at].name) + (rest > 0 ? " " + in_units(rest, next.name) : "");
}

}  // namespace casewire
