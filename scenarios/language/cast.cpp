#include "scenarios/language/cast.hpp"

#include <algorithm>

#include "scenarios/language/facts.hpp"

namespace casewire::scenarios {

void Cast::hear(const Action& action, std::string_view keyword, Position at, std::size_t length) {
  check_keyword(action.group(), keyword, at, length);
  const auto& introduces = action.traits().introduces;
  for (const Value& value : action.values()) {
    if (value.kind->hear == nullptr) {
      continue;
    }
    const bool is_new = std::find(introduces.begin(), introduces.end(), value.slot) != introduces.end();
    if (auto slip = value.kind->hear(*this, value, is_new)) {
      mistakes_.add(value.at, value.length, std::move(*slip));
    }
  }
  check_facts(action, at, length);
  note_facts(action);
  something_happened_ = something_happened_ || keyword == "When";
}

void Cast::check_keyword(Group group, std::string_view keyword, Position at, std::size_t length) {
  if (group == Group::staging && something_happened_) {
    mistakes_.add(at, length,
                  {"the stage is set before the first When", "move this sentence up; only faults may be given later"});
  } else if (group == Group::staging && keyword != "Given") {
    mistakes_.add(at, length, {"this sets the stage, so it is said with Given, not " + std::string(keyword), {}});
  } else if (group == Group::deed && keyword == "Then") {
    mistakes_.add(at, length, {"somebody acts here, so it is said with When, not Then", {}});
  } else if (group == Group::check && keyword != "Then") {
    mistakes_.add(at, length, {"this is a check, so it is said with Then, not " + std::string(keyword), {}});
  }
}

/// A fact about nobody in particular holds when it holds of anybody.
bool Cast::holds(Fact fact, const std::string& whom) const {
  return std::any_of(facts_.begin(), facts_.end(),
                     [&](const auto& known) { return known.first == fact && (whom.empty() || known.second == whom); });
}

void Cast::check_facts(const Action& action, Position at, std::size_t length) {
  for (const Claim& claim : action.traits().excludes) {
    if (const std::string& whom = action.text(claim.slot); holds(claim.fact, whom)) {
      mistakes_.add(at, length, there_already(claim.fact, whom));
    }
  }
  for (const Claim& claim : action.traits().needs) {
    if (const std::string& whom = action.text(claim.slot); !missed_something_ && !holds(claim.fact, whom)) {
      mistakes_.add(at, length, missing(claim.fact, whom));
    }
  }
}

void Cast::note_facts(const Action& action) {
  for (const Claim& claim : action.traits().ends) {
    const std::string& whom = action.text(claim.slot);
    std::erase_if(facts_, [&](const auto& known) { return known.first == claim.fact && (whom.empty() || known.second == whom); });
  }
  for (const Claim& claim : action.traits().makes) {
    facts_.emplace(claim.fact, action.text(claim.slot));
  }
  if (const auto& activity = action.traits().activity) {
    facts_.emplace(Fact::person_active, action.text(activity->where));
  }
}

}  // namespace casewire::scenarios
