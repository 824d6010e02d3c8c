#include "scenarios/language/numbers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text/strings.hpp"
#include "scenarios/language/value_kind.hpp"

namespace casewire::scenarios {

namespace {

struct Unit {
  std::string_view one, many;
  std::int64_t milliseconds;
  std::array<std::string_view, 5> slips;  ///< what people write instead
};
constexpr std::array kUnits{
    Unit{"millisecond", "milliseconds", 1, {"ms", "msec", "msecs", "millis", "milli"}},
    Unit{"second", "seconds", 1000, {"s", "sec", "secs", "second.", "seconds."}},
    Unit{"minute", "minutes", 60'000, {"m", "min", "mins", "minute.", "minutes."}},
    Unit{"hour", "hours", 3'600'000, {"h", "hr", "hrs", "hour.", "hours."}},
    Unit{"day", "days", 86'400'000, {"d", "day.", "days.", "night", "nights"}},
    Unit{"week", "weeks", 7 * 86'400'000LL, {"w", "wk", "wks", "week.", "weeks."}},
    Unit{"year", "years", 365 * 86'400'000LL, {"y", "yr", "yrs", "year.", "years."}},
};
constexpr std::int64_t kDurationMax = 3650LL * 86'400'000;

std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number <= most ? std::optional(number) : std::nullopt;
}

Slip expected(std::string_view kind, std::string_view found, std::string hint = {}) {
  return {"expected " + std::string(value_kind_named(kind).description) + ", found " + in_quotes(found), std::move(hint)};
}

std::string ordinal(std::uint32_t number) {
  const std::uint32_t last = number % 10;
  const bool teen = number % 100 >= 11 && number % 100 <= 13;
  const char* ending = teen || last == 0 || last > 3 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd";
  return std::to_string(number) + ending;
}

const Unit* unit_meant_by(std::string_view word) {
  const std::string lower = lowercase(word);
  std::vector<std::string> words;
  for (const Unit& unit : kUnits) {
    if (lower == unit.one || lower == unit.many || std::find(unit.slips.begin(), unit.slips.end(), lower) != unit.slips.end()) {
      return &unit;
    }
    words.emplace_back(unit.one);
    words.emplace_back(unit.many);
  }
  const std::string near = nearest(lower, words);
  const auto found = std::find(words.begin(), words.end(), near);
  return found == words.end() ? nullptr : &kUnits[static_cast<std::size_t>(found - words.begin()) / 2];
}

}  // namespace

Result<milliseconds, Slip> read_duration(std::string_view text) {
  const std::size_t blank = std::min(text.find(' '), text.size());
  const std::string_view amount = text.substr(0, blank);
  const std::string_view word = text.substr(std::min(blank + 1, text.size()));
  const std::optional<std::uint32_t> number = whole_number(amount, 1'000'000'000);
  const Unit* unit = unit_meant_by(word);
  if (!number || unit == nullptr) {
    return fail(expected("duration", text));
  }
  const std::string_view right_word = *number == 1 ? unit->one : unit->many;
  if (word != right_word) {
    return fail(expected("duration", text, did_you_mean(std::string(amount) + " " + std::string(right_word))));
  }
  if (*number > kDurationMax / unit->milliseconds) {
    return fail(Slip{"a duration is at most 3650 days, found " + in_quotes(text)});
  }
  return milliseconds{*number * unit->milliseconds};
}

Result<std::uint32_t, Slip> read_count(std::string_view text) {
  const auto number = whole_number(text, 10'000);
  if (!number) {
    return fail(expected("count", text, "a whole number, at most 10000"));
  }
  return *number;
}

Result<std::uint32_t, Slip> read_ordinal(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = whole_number(text.substr(0, digits), 1000);
  if (!number || *number == 0) {
    return fail(expected("ordinal", text));
  }
  if (text != ordinal(*number)) {
    return fail(expected("ordinal", text, did_you_mean(ordinal(*number))));
  }
  return *number;
}

Result<int, Slip> read_code(std::string_view text) {
  const auto number = whole_number(text, 599);
  if (!number || *number < 400) {
    return fail(expected("code", text, "a refusal has a status from 400 to 599"));
  }
  return static_cast<int>(*number);
}

Result<std::size_t, Slip> read_size(std::string_view text) {
  struct SizeUnit {
    std::string_view word;
    std::size_t bytes;
  };
  static constexpr SizeUnit kSizeUnits[] = {{"byte", 1}, {"bytes", 1}, {"KB", 1024}, {"MB", 1024 * 1024}};
  constexpr std::size_t kSizeMax = 100u << 20;
  const std::size_t blank = std::min(text.find(' '), text.size());
  const auto number = whole_number(text.substr(0, blank), 200'000'000);
  for (const SizeUnit& unit : kSizeUnits) {
    if (number && text.substr(std::min(blank + 1, text.size())) == unit.word) {
      return *number <= kSizeMax / unit.bytes ? Result<std::size_t, Slip>(*number * unit.bytes)
                                              : fail(Slip{"a file has at most 100 MB, found " + in_quotes(text), {}});
    }
  }
  return fail(expected("size", text, "the units are bytes, KB and MB"));
}

}  // namespace casewire::scenarios
