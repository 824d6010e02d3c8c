#include <algorithm>
#include <cctype>

#include "base/text/strings.hpp"
#include "scenarios/language/cast.hpp"
#include "scenarios/language/value_kinds/families.hpp"

namespace casewire::scenarios {

namespace {

/// Letters of any script, digits, `-` and `_`; ASCII punctuation hints at a slip such as `Dana,`.
bool is_name(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_';
  });
}

struct Role {
  std::string_view what, other;
  std::vector<std::string>& own;
  const std::vector<std::string>& others;
  std::string how_to_introduce;
};

std::optional<Slip> hear_person(const Role& role, const std::string& name, bool introduces) {
  if (!is_name(name)) {
    return Slip{"expected a name, found " + in_quotes(name), "a name has letters, digits, \"-\" and \"_\""};
  }
  const bool known = contains(role.own, name);
  const bool is_other = contains(role.others, name);
  if (introduces) {
    if (!known) {
      role.own.push_back(name);
    }
    return known || is_other
               ? std::optional(Slip{in_quotes(name) + " was introduced already", "give every person a name of their own"})
               : std::nullopt;
  }
  if (known) {
    return std::nullopt;
  }
  if (is_other) {
    return Slip{"expected a " + std::string(role.what) + ", but " + name + " is a " + std::string(role.other), {}};
  }
  const std::string near = nearest(name, role.own);
  return Slip{"no " + std::string(role.what) + " is named " + in_quotes(name),
              near.empty() ? "introduce that person first: " + role.how_to_introduce : did_you_mean(near)};
}

std::optional<Slip> hear_customer(Cast& cast, const Value& value, bool introduces) {
  return hear_person({"customer", "rep", cast.customers, cast.reps,
                      "Given the customer " + value.text + " writes from " + lowercase(value.text) + "@example.test"},
                     value.text, introduces);
}

std::optional<Slip> hear_rep(Cast& cast, const Value& value, bool introduces) {
  return hear_person(
      {"rep", "customer", cast.reps, cast.customers, "Given the rep " + value.text + " works the queue \"Support\""}, value.text,
      introduces);
}

std::optional<Slip> hear_case(Cast& cast, const Value& value, bool introduces) {
  if (!is_name(value.text)) {
    return Slip{"expected the letter of a case, found " + in_quotes(value.text), {}};
  }
  const bool known = contains(cast.cases, value.text);
  if (introduces) {
    cast.cases.push_back(value.text);
    return known ? std::optional(Slip{"case " + value.text + " has opened already", "give the new case another letter"})
                 : std::nullopt;
  }
  if (known) {
    return std::nullopt;
  }
  return Slip{"no case " + value.text + " has opened yet",
              cast.cases.empty() ? "open it first: Then case " + value.text + " opens from opencx with the summary \"...\""
                                 : "known: " + choice_of(cast.cases)};
}

/// Nothing but whether it can be an address at all.
std::optional<Slip> read_address(std::string_view text, const Reading&) {
  const std::size_t at = text.find('@');
  const bool good = at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
                    text.find('@', at + 1) == std::string_view::npos &&
                    text.find_first_of(",;<>()[]\\") == std::string_view::npos && text.back() != '.';
  return good ? std::nullopt : std::optional(expected_kind("address", text, "an address such as dana@example.test"));
}

/// Where mail goes to: an address that OpenCX answers.
std::optional<Slip> hear_support_address(Cast& cast, const Value& value, bool introduces) {
  const bool known = contains(cast.support_addresses, value.text);
  if (introduces) {
    cast.support_addresses.push_back(value.text);
    return known ? std::optional(Slip{"OpenCX answers mail to " + value.text + " already", {}}) : std::nullopt;
  }
  if (known) {
    return std::nullopt;
  }
  const std::string near = nearest(value.text, cast.support_addresses);
  return Slip{"OpenCX does not answer mail to " + value.text,
              near.empty() ? "say first: Given OpenCX answers mail to " + value.text : did_you_mean(near)};
}

}  // namespace

std::vector<ValueKind> kinds_of_names() {
  using Digits = ValueKind::Digits;
  return {
      {.name = "customer",
       .description = "the name of a customer",
       .hear = hear_customer,
       .completions = +[](const Cast& cast) { return cast.customers; }},
      {.name = "rep",
       .description = "the name of a rep",
       .hear = hear_rep,
       .completions = +[](const Cast& cast) { return cast.reps; }},
      {.name = "case",
       .description = "the letter of a case",
       .digits = Digits::may,
       .hear = hear_case,
       .completions = +[](const Cast& cast) { return cast.cases; }},
      {.name = "address", .description = "a mail address", .digits = Digits::may, .read = read_address},
      {.name = "support",
       .description = "a mail address",
       .digits = Digits::may,
       .read = read_address,
       .hear = hear_support_address,
       .completions = +[](const Cast& cast) { return cast.support_addresses; }},
  };
}

}  // namespace casewire::scenarios
