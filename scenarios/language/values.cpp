#include "scenarios/language/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text/strings.hpp"

namespace casewire::scenarios {

namespace {

struct Kind {
  std::string_view name;
  bool in_quotes;
  std::string_view description;
};
constexpr std::array kKinds{
    Kind{"org", true, "an org in quotes"},
    Kind{"queue", true, "a queue in quotes"},
    Kind{"text", true, "a text in quotes"},
    Kind{"subject", true, "a subject in quotes"},
    Kind{"summary", true, "a summary in quotes"},
    Kind{"status", true, "a status in quotes"},
    Kind{"file", true, "a file in quotes"},
    Kind{"mail", true, "a mail in quotes"},
    Kind{"recording", true, "a recording in quotes"},
    Kind{"texts", false, "a table of one column, a text in each row"},
    Kind{"customer", false, "the name of a customer"},
    Kind{"rep", false, "the name of a rep"},
    Kind{"case", false, "the letter of a case"},
    Kind{"address", false, "a mail address"},
    Kind{"duration", false, "a duration such as \"2 seconds\" or \"3 days\""},
    Kind{"count", false, "a number"},
    Kind{"ordinal", false, "an ordinal such as \"1st\" or \"12th\""},
    Kind{"code", false, "an HTTP status such as 503"},
    Kind{"system", false, "\"Salesforce\" or \"OpenCX\""},
    Kind{"operation", false, "an operation such as \"Case create\""},
};

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
};
constexpr std::int64_t kDurationMax = 3650LL * 86'400'000;

std::optional<std::uint32_t> whole_number(std::string_view text, std::uint32_t most) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number <= most ? std::optional(number) : std::nullopt;
}

Slip expected(std::string_view kind, std::string_view found, std::string hint = {}) {
  return {"expected " + description_of(kind) + ", found " + in_quotes(found), std::move(hint)};
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

std::string description_of(std::string_view kind) {
  const auto* found = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& row) { return row.name == kind; });
  return std::string(found == kKinds.end() ? kind : found->description);
}

bool is_written_in_quotes(std::string_view kind) {
  return std::any_of(kKinds.begin(), kKinds.end(), [&](const Kind& row) { return row.name == kind && row.in_quotes; });
}

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

Result<System, Slip> read_system(std::string_view text) {
  if (text == "Salesforce") {
    return System::salesforce;
  }
  if (text == "OpenCX") {
    return System::opencx;
  }
  return fail(expected("system", text, did_you_mean(nearest(text, {"Salesforce", "OpenCX"}))));
}

const std::vector<std::string>& operations_of(System system) {
  static const std::vector<std::string> salesforce{"Case create", "Case update", "CaseComment create",
                                                   "file create", "query",       "token"};
  static const std::vector<std::string> opencx{"message send", "session read", "session update", "session list",
                                               "history read", "contact read", "file read"};
  return system == System::salesforce ? salesforce : opencx;
}

Result<std::string, Slip> read_operation(System system, std::string_view text) {
  const std::vector<std::string>& known = operations_of(system);
  for (const std::string& operation : known) {
    if (text == operation || text == (operation == "query" ? "queries" : operation + "s")) {
      return operation;
    }
  }
  const bool salesforce = system == System::salesforce;
  const std::vector<std::string>& others = operations_of(salesforce ? System::opencx : System::salesforce);
  std::string hint = did_you_mean(nearest(text, known));
  if (std::find(others.begin(), others.end(), text) != others.end()) {
    hint = in_quotes(text) + " is an operation of " + (salesforce ? "OpenCX" : "Salesforce");
  }
  return fail(Slip{"expected an operation of " + std::string(salesforce ? "Salesforce" : "OpenCX") + " (" + choice_of(known) +
                       "), found " + in_quotes(text),
                   std::move(hint)});
}

Result<std::string, Slip> read_address(std::string_view text) {
  const std::size_t at = text.find('@');
  const bool good = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                    text.find('@', at + 1) == std::string_view::npos &&
                    text.find_first_of(",;<>()[]\\") == std::string_view::npos && text.back() != '.';
  if (!good) {
    return fail(expected("address", text, "an address such as dana@example.test"));
  }
  return std::string(text);
}

}  // namespace casewire::scenarios
