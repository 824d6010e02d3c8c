#include "scenarios/language/org_words.hpp"

#include "base/text/json.hpp"

namespace casewire::scenarios {

namespace {

std::vector<std::string> names_in(const Json& list) {
  std::vector<std::string> names;
  if (list.is_array()) {
    for (const Json& row : list) {
      if (std::string name = string_member(row, "name"); !name.empty()) {
        names.push_back(std::move(name));
      }
    }
  }
  return names;
}

}  // namespace

const OrgWords& OrgLexicon::of(const std::string& org) {
  const auto [entry, is_new] = known_.try_emplace(org);
  if (is_new) {
    if (const auto text = fixtures_.read("orgs", org + "/org.json")) {
      if (const auto json = parse_json(*text)) {
        entry->second = {names_in(member(*json, "queues")), names_in(member(*json, "caseStatuses"))};
      }
    }
  }
  return entry->second;
}

}  // namespace casewire::scenarios
