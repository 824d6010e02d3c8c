#include "scenarios/vocabulary/planting.hpp"

#include "scenarios/vocabulary/bridge_calls.hpp"

namespace casewire::scenarios {

using sim::Place;

Played plant(Stage& stage, const Action& action, Place place, sim::Damage damage) {
  sim::PlannedFault fault{action.said().text(), std::move(place), std::move(damage)};
  if (const auto objection = sim::objection(fault)) return Played::harness_fault(*objection);
  stage.world().faults().arm(std::move(fault));
  return {};
}

int seconds_asked_for(const Action& action) {
  return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(action.duration("wait")).count());
}

Place calls_of(const Action& action) {
  return {.system = actor_named(action.text("system")), .operation = action.operation(), .times = action.count()};
}

Place webhook_of(const Action& action) { return {.of = Place::Of::webhook, .system = actor_named(action.text("system"))}; }

Place stretch_of(Stage& stage, const Action& action) {
  const WallTime now = stage.ring().now();
  return {.system = actor_named(action.text("system")), .times = 0, .from = now, .until = now + action.duration()};
}

}  // namespace casewire::scenarios
