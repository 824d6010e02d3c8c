#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/language/operations.hpp"
#include "scenarios/language/recognise.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

std::optional<Slip> read_system(std::string_view text, const Reading& reading) {
  std::vector<std::string> systems;
  for (const auto& [system, operations] : reading.vocabulary().operations()) {
    if (system == text) {
      return std::nullopt;
    }
    systems.push_back(system);
  }
  return expected_kind("system", text, did_you_mean(nearest(text, systems)));
}

/// Those that have a word of it, of the thing that is meant or of what is done with it: all are too many to find one among.
std::vector<std::string> akin_to(std::string_view text, const std::vector<std::string>& operations) {
  const auto words = split(text, ' ');
  std::vector<std::string> akin;
  for (const std::string& operation : operations) {
    const auto its_words = split(operation, ' ');
    const bool shares_a_word = std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return !word.empty() && std::find(its_words.begin(), its_words.end(), word) != its_words.end();
    });
    if (shares_a_word) akin.push_back(operation);
  }
  return akin;
}

std::optional<Slip> read_operation(std::string_view text, const Reading& reading) {
  const auto& systems = reading.vocabulary().operations();
  const std::string named = reading.text("system");
  const auto own = systems.find(named.empty() ? "Salesforce" : named);  // a sentence without the slot names it
  if (own == systems.end()) {
    return std::nullopt;  // whose operation it is was complained of
  }
  const std::string one = operation_in_singular(text);
  if (contains(own->second, one)) {
    return std::nullopt;
  }
  std::string hint = did_you_mean(nearest(text, own->second));
  for (const auto& [system, operations] : systems) {
    if (contains(operations, one)) {
      hint = in_quotes(text) + " is an operation of " + system;
    }
  }
  if (hint.empty()) {
    const auto akin = akin_to(one, own->second);
    hint = "known: " + choice_of(akin.empty() ? own->second : akin);
  }
  return Slip{"expected an operation of " + own->first + ", found " + in_quotes(text), std::move(hint)};
}

std::optional<Slip> read_refusal(std::string_view text, const Reading& reading) {
  const auto& codes = reading.vocabulary().refusals();
  if (contains(codes, text)) {
    return std::nullopt;
  }
  const std::string near = nearest(text, codes);
  return expected_kind("refusal", text, near.empty() ? "known: " + choice_of(codes) : did_you_mean(near));
}

}  // namespace

std::vector<ValueKind> kinds_of_systems() {
  return {
      {.name = "system", .description = "\"Salesforce\" or \"OpenCX\"", .read = read_system},
      {.name = "operation",
       .description = "an operation such as \"Case create\"",
       .words_min = 1,
       .words_max = 3,
       .read = read_operation},
      {.name = "refusal", .description = "a code of Salesforce such as UNABLE_TO_LOCK_ROW", .read = read_refusal},
  };
}

}  // namespace casewire::scenarios
