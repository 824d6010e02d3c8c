#include <algorithm>
#include <map>
#include <set>

#include "base/text/strings.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// At most one open Case per contact of this channel.
std::vector<Find> one_open_case(const History& history) {
  std::vector<Find> out;
  std::map<std::string, std::set<std::string>> of_contact;
  std::set<std::string> open;
  for (const CaseChange& change : history.cases) {
    const auto contact = history.contact_of_case.find(change.id);
    const bool is_of_this_channel = change.created && string_member(change.fields, "Case_From__c") == "opencx";
    if (contact == history.contact_of_case.end() || contact->second.empty()) continue;
    std::set<std::string>& hers = of_contact[contact->second];
    if (is_of_this_channel) hers.insert(change.id);
    if (!hers.contains(change.id)) continue;
    const Json& closed = member(change.fields, "IsClosed");
    if (closed.is_boolean() && closed.get<bool>()) {
      open.erase(change.id);
    } else if (change.created || closed.is_boolean()) {
      const bool opens = open.insert(change.id).second;
      // What was deleted or merged away meanwhile is open no more.
      const auto are_open = std::count_if(hers.begin(), hers.end(), [&](const std::string& id) {
        return id == change.id || (open.contains(id) && history.case_stories.at(id).is_open_at(change.entry));
      });
      // A person may open or reopen a Case beside another one; the bridge may not. Evidence does not always say who it was.
      const bool by_a_person =
          !change.by_id.empty() && !history.integration_user_id.empty() && change.by_id != history.integration_user_id;
      if (opens && are_open > 1 && !by_a_person && (change.created || !change.by_id.empty())) {
        out.push_back({"the contact " + contact->second + " now has " + std::to_string(are_open) + " open Cases", change.entry});
      }
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kOneOpenCase{
    .id = "I3",
    .title = "One open Case per contact",
    .shown =
        "Never two open Cases with `Case_From__c = opencx` and the same `SuppliedEmail` (without one: the same "
        "`ContactId`), unless a person opened or reopened one of them.",
    .source = "the page: whoever writes again before the Case is closed stays on it",
    .make_judge = [] { return Judge(one_open_case); }};

}  // namespace casewire::sim
