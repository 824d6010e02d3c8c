#pragma once
// Faults at random: every damage that the network can do, at every kind of place between a bridge and the two vendors.

#include "base/text/rng.hpp"
#include "sim/world/fault_plan.hpp"

namespace casewire::soak {

/// A fault that strikes one of the next occurrences at its place, or none: its time ends 20 s from `now`. Sometimes an outage of a few seconds.
sim::PlannedFault random_fault(Rng& rng, WallTime now);

}  // namespace casewire::soak
