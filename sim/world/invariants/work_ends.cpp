#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// The work ends: no scenario needs more calls than this, idle sweeps of several days included.
std::vector<Find> work_ends(const History& history) {
  std::vector<Find> out;
  constexpr std::size_t kCallsMax = 20'000;
  if (history.bridge_calls > kCallsMax) {
    out.push_back({"the bridge made " + std::to_string(history.bridge_calls) + " calls", history.last_entry});
  }
  return out;
}

}  // namespace

const Invariant rows::kWorkEnds{
    .id = "I10",
    .title = "Work ends",
    .shown =
        "A scenario needs at most 20,000 calls of the bridge, sweeps of idle days included; a world that does not "
        "become quiet is a failure that names who holds it up.",
    .source = "the vendors' limits on calls",
    .make_judge = [] { return Judge(work_ends); }};

}  // namespace casewire::sim
