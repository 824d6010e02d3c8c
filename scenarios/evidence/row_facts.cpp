#include "scenarios/evidence/row_facts.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "scenarios/evidence/evidence.hpp"

namespace casewire::scenarios {

std::optional<bool> checked(const Json& value) {
  // Excel writes a checkbox in the language it speaks; its own files say TRUE, and tables of it what is on the screen.
  static constexpr std::array kTrue{"true",      "1",         "yes",    "wahr",      "ja",         "vrai", "oui",
                                    "verdadero", "s\xC3\xAD", "vero",   "s\xC3\xAC", "verdadeiro", "sim",  "waar",
                                    "sant",      "sand",      "prawda", "tak",       "pravda",     "ano",  "tosi"};
  static constexpr std::array kFalse{"false",        "0",      "no",       "falsch", "nein",          "faux",  "non",
                                     "falso",        "onwaar", "nee",      "falskt", "nej",           "falsk", "nei",
                                     "fa\xC5\x82sz", "nie",    "nepravda", "ne",     "ep\xC3\xA4tosi"};
  if (value.is_boolean()) return value.get<bool>();
  if (!value.is_string()) return std::nullopt;
  const std::string word = lowercase(trimmed(value.get_ref<const std::string&>()));
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  return std::nullopt;
}

std::optional<bool> is_closed(const OrgRow& a_case) {
  if (const auto box = checked(member(a_case.fields, "IsClosed"))) return box;
  if (tells(a_case, "ClosedDate")) return !member(a_case.fields, "ClosedDate").is_null();
  // The call that made it shows all that was set.
  return a_case.is_by_bridge ? std::optional(false) : std::nullopt;
}

std::optional<WallTime> closed_at(const OrgRow& a_case) { return time_from(string_member(a_case.fields, "ClosedDate")); }

bool tells(const OrgRow& row, std::string_view field) { return row.is_by_bridge || row.fields.contains(field); }

std::string silence_about(const OrgRow& row, std::string_view field) {
  return row.origin.text() + " does not say " + std::string(field);
}

}  // namespace casewire::scenarios
