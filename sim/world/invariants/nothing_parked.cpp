#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

std::vector<Find> nothing_is_parked(const History& history) {
  if (history.parked == 0 || history.may_park) return {};
  return {{std::to_string(history.parked) + " of the bridge's jobs need a person, and no step speaks of parking",
           history.last_entry}};
}

}  // namespace

const Invariant rows::kNothingParked{
    .id = "I14",
    .title = "Nothing is parked that nobody speaks of",
    .shown =
        "A bridge that can be asked says at the end that none of its jobs waits for a person, unless a step speaks of parking.",
    .source = "this house: what needs a person is seen",
    .make_judge = [] { return Judge(nothing_is_parked); }};

}  // namespace casewire::sim
