#pragma once
// What tickets complain of, and what the material itself says about it. This is judged apart from any run: a bundle can show a
// fault that no bridge repeats, and a ticket can claim one that the bundle contradicts.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/evidence/story.hpp"
#include "scenarios/evidence/weighing.hpp"

namespace casewire::scenarios {

struct Symptom {
  std::string_view name;                     ///< "two cases"
  std::vector<std::string_view> invariants;  ///< whose breaking it is
  /// What the bundle would have to hold and does not; empty: it can tell.
  std::string (*lacks)(const Story& story);
  /// What a broken invariant is worth in this material.
  Weight (*weigh)(const Story& story, const sim::Violation& violation);
  /// Why its not being in the material does not contradict a ticket; empty: it does. Null: it always does.
  std::string (*leaves_open)(const Story& story);
};

const std::vector<Symptom>& symptoms();
/// nullptr: there is no such symptom.
const Symptom* symptom_named(std::string_view name);

struct Exhibit {
  std::string symptom;    ///< empty: of none that tickets complain of
  std::string invariant;  ///< "I3"
  std::string what;
  std::string where;    ///< "cases.csv line 3"; empty: nothing in the bundle stands for it
  std::string doubt{};  ///< why it proves nothing by itself; empty: it is proved
  bool is_proved() const { return doubt.empty(); }
};

/// What the material says to a ticket that complains of a symptom.
struct Answer {
  enum class Degree {
    shown,         ///< it is there to be seen
    spoken_for,    ///< something is missing, which proves nothing by itself
    untold,        ///< the material cannot tell
    left_open,     ///< it does not show it, and may not hold all of it
    contradicted,  ///< it would show it
  };
  Degree degree = Degree::untold;
  std::string why{};  ///< of the three in the middle
};

struct Judgement {
  std::vector<Exhibit> exhibits;
  /// Symptoms that the bundle cannot tell anything about: "reply lost: no mail or history shows what reached the customer".
  std::vector<std::string> untold;
  std::map<std::string, Answer> answers;  ///< by symptom, of all
};

/// The symptoms that a ticket's own words speak of ("two cases", "duplicate case"). Guesswork: words are looked for, not understood.
std::vector<std::string> claimed_in(std::string_view ticket);

/// Of the invariants of sim/world/invariants.hpp those that the material can testify to.
Judgement judge(const Story& story);

}  // namespace casewire::scenarios
