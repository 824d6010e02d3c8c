#include "scenarios/tape/outages.hpp"

#include <algorithm>

namespace casewire::scenarios {

Outages::Outages(const std::vector<Call>& calls) {
  std::map<std::string, Calls> of_systems;
  for (const Call& call : calls) {
    Calls& run = of_systems[call.system];
    if (call.is_in_vain) {
      run.push_back(&call);
    } else if (!run.empty()) {
      note(run, of_system_[call.system], &call);
    }
  }
  for (auto& [system, run] : of_systems) note(run, of_system_[system], nullptr);
  std::map<std::size_t, Calls> of_groups;
  for (const Call& call : calls) {
    if (met(call.entry)) continue;
    Calls& run = of_groups[call.group];
    if (call.is_refused) {
      run.push_back(&call);
    } else if (!run.empty()) {
      note(run, of_group_[call.group], &call);
    }
  }
  for (auto& [group, run] : of_groups) note(run, of_group_[group], nullptr);
}

void Outages::note(Calls& run, Places& among, const Call* unmet) {
  if (!run.empty() && run.front()->at != run.back()->at) {
    for (const Call* call : run) met_.emplace(call->entry, all_.size());
    among.push_back(all_.size());
    all_.push_back({.last = run.back()->entry,
                    .begin = run.front()->at,
                    .end = run.back()->at,
                    .unmet = unmet == nullptr ? std::nullopt : std::optional(unmet->at)});
  }
  run.clear();
}

const Outages::Outage* Outages::of(std::size_t entry) const {
  const auto found = met_.find(entry);
  return found == met_.end() ? nullptr : &all_[found->second];
}

bool Outages::lasts(std::size_t entry, WallTime now) const {
  const Outage* outage = of(entry);
  return outage != nullptr && outage->lasts(now);
}

bool Outages::is_over(std::size_t entry, WallTime now) const {
  const Outage* outage = of(entry);
  return outage != nullptr && now > outage->end;
}

bool Outages::is_ending(std::size_t entry, WallTime now) const {
  const Outage* outage = of(entry);
  return outage != nullptr && now > outage->end && (!outage->unmet || now < *outage->unmet);
}

std::optional<std::size_t> Outages::last_of_present(const std::string& system, std::size_t group, WallTime now) const {
  const auto last_among = [&](const auto& lists, const auto& key) -> std::optional<std::size_t> {
    const auto list = lists.find(key);
    if (list == lists.end()) return std::nullopt;
    const auto later = std::upper_bound(list->second.begin(), list->second.end(), now,
                                        [&](WallTime time, std::size_t outage) { return time < all_[outage].begin; });
    if (later == list->second.begin() || !all_[*std::prev(later)].lasts(now)) return std::nullopt;
    return all_[*std::prev(later)].last;
  };
  const auto of_system = last_among(of_system_, system);
  return of_system ? of_system : last_among(of_group_, group);
}

}  // namespace casewire::scenarios
