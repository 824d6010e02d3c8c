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
  std::set<std::string> of_this_channel;
  std::map<std::string, std::set<std::string>> open;
  for (const CaseChange& change : history.cases) {
    if (change.created && string_member(change.fields, "Case_From__c") == "opencx") of_this_channel.insert(change.id);
    const auto contact = history.contact_of_case.find(change.id);
    if (!of_this_channel.contains(change.id) || contact == history.contact_of_case.end() || contact->second.empty()) continue;
    std::set<std::string>& hers = open[contact->second];
    const Json& closed = member(change.fields, "IsClosed");
    if (closed.is_boolean() && closed.get<bool>()) {
      hers.erase(change.id);
    } else if (change.created || closed.is_boolean()) {
      const bool opens = hers.insert(change.id).second;
      // A person may open or reopen a Case beside another one; the bridge may not. Evidence does not always say who it was.
      const bool by_a_person =
          !change.by_id.empty() && !history.integration_user_id.empty() && change.by_id != history.integration_user_id;
      if (opens && hers.size() > 1 && !by_a_person && (change.created || !change.by_id.empty())) {
        out.push_back(
            {"the contact " + contact->second + " now has " + std::to_string(hers.size()) + " open Cases", change.entry});
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
