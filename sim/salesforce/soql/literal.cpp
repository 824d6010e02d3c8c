#include "sim/salesforce/soql/literal.hpp"

#include <charconv>
#include <cmath>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Date> date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = whole_number<int>(text.substr(0, 4));
  const auto month = whole_number<unsigned>(text.substr(5, 2));
  const auto day = whole_number<unsigned>(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year{*year}, std::chrono::month{*month}, std::chrono::day{*day}};
  if (!ymd.ok()) return std::nullopt;
  return Date{std::chrono::sys_days{ymd}};
}

}  // namespace

std::optional<Value> quantity(std::string_view text) {
  if (text.size() > 10 && text[4] == '-' && (text[10] == 'T' || text[10] == 't')) {
    // The zone is demanded, as the platform does.
    if (const auto instant = parse_iso8601(text)) return Value{*instant};
    return std::nullopt;
  }
  if (const auto day = date(text)) return Value{*day};
  if (text.front() == '+') text.remove_prefix(1);
  if (const auto number = whole_number<std::int64_t>(text)) return Value{*number};
  // from_chars knows "inf" and "nan"; the grammar lets no quantity begin with a letter.
  if (const auto number = whole_number<double>(text); number && std::isfinite(*number)) return Value{*number};
  return std::nullopt;
}

bool read_word(std::string_view word, Literal& literal) {
  if (equals_ignoring_case(word, "null")) {
    literal.value = std::monostate{};
  } else if (equals_ignoring_case(word, "true")) {
    literal.value = true;
  } else if (equals_ignoring_case(word, "false")) {
    literal.value = false;
  } else {
    literal.date_literal = date_literal(word);
    return literal.date_literal.has_value();
  }
  return true;
}

}  // namespace casewire::sim::salesforce::soql
