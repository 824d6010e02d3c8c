#pragma once
// What tickets complain of, and what the material itself says about it. This is judged apart from any run: a bundle can show a
// fault that no bridge repeats, and a ticket can claim one that the bundle contradicts.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/evidence/story.hpp"

namespace casewire::scenarios {

struct Symptom {
  std::string_view name;                     ///< "two cases"
  std::vector<std::string_view> invariants;  ///< whose breaking it is
  /// What the bundle would have to hold and does not; empty: it can tell.
  std::string (*lacks)(const Story& story) = nullptr;
  /// Whether what is missing in the material is missing in the world; null: the fault is something that is there.
  bool (*proves_absence)(const Story& story) = nullptr;
  /// What would show all there is, so that its not being in the material contradicts a ticket; empty: the material does. Null: it always does.
  std::string (*leaves_open)(const Story& story) = nullptr;
};

const std::vector<Symptom>& symptoms();
/// nullptr: there is no such symptom.
const Symptom* symptom_named(std::string_view name);

struct Exhibit {
  std::string symptom;    ///< empty: of none that tickets complain of
  std::string invariant;  ///< "I3"
  std::string what;
  std::string where;      ///< "cases.csv line 3"; empty: nothing in the bundle stands for it
  bool is_proved = true;  ///< false: it is missing in the material, which may lack it for another reason
};

struct Judgement {
  std::vector<Exhibit> exhibits;
  /// Symptoms that the bundle cannot tell anything about: "reply lost: no mail or history shows what reached the customer".
  std::vector<std::string> untold;
};

/// The symptoms that a ticket's own words speak of ("two cases", "duplicate case"). Guesswork: words are looked for, not understood.
std::vector<std::string> claimed_in(std::string_view ticket);

/// Of the invariants of sim/world/invariants.hpp those that the material can testify to.
Judgement judge(const Story& story);

}  // namespace casewire::scenarios
