#pragma once
// How fault sentences write the plan of faults.

#include "scenarios/runner/stage.hpp"
#include "sim/world/fault_plan.hpp"

namespace casewire::scenarios {

/// Adds a fault to the plan, from now on, under its sentence.
/// Whole seconds, of the value {wait}: what a Retry-After says.
int seconds_asked_for(const Action& action);
Played plant(Stage& stage, const Action& action, sim::Place place, sim::Damage damage);

/// The next calls of the sentence's {system} for its {operation}, as many as its {count} says.
sim::Place calls_of(const Action& action);
/// The next webhook from the sentence's {system}.
sim::Place webhook_of(const Action& action);
/// Whatever the sentence's {system} is asked while its {duration} lasts.
sim::Place stretch_of(Stage& stage, const Action& action);

}  // namespace casewire::scenarios
