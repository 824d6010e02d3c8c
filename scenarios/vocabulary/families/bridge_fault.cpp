// What happens to the bridge itself.

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/planting.hpp"

namespace casewire::scenarios {
namespace {

using sim::Place;
using sim::Side;

Played crash(Stage& stage, const Action& action, Side side) {
  return plant(stage, action, {.first = action.ordinal()}, sim::Crash{side});
}

Played crash_after(Stage& stage, const Action& action) { return crash(stage, action, Side::after); }
Played crash_before(Stage& stage, const Action& action) { return crash(stage, action, Side::before); }

/// By what was done and not by a number: it strikes any bridge at the same place.
Played crash_after_operation(Stage& stage, const Action& action) {
  Place place = calls_of(action);
  place.done = true;
  return plant(stage, action, std::move(place), sim::Crash{Side::after});
}

Played crash_before_operation(Stage& stage, const Action& action) {
  return plant(stage, action, calls_of(action), sim::Crash{Side::before});
}

// ---- its store, which the simulated ring alone can reach

Played strike_commit(Stage& stage, const Action& action, Place place, sim::Damage damage) {
  if (!stage.ring().reaches_the_store()) return Played::cannot("this ring does not reach the bridge's store");
  place.of = Place::Of::commit;
  return plant(stage, action, std::move(place), std::move(damage));
}

Played crash_after_commit(Stage& stage, const Action& action) {
  return strike_commit(stage, action, {.first = action.ordinal()}, sim::Crash{Side::after});
}
Played crash_before_commit(Stage& stage, const Action& action) {
  return strike_commit(stage, action, {.first = action.ordinal()}, sim::Crash{Side::before});
}
Played disk_is_full(Stage& stage, const Action& action) {
  const WallTime now = stage.ring().now();
  return strike_commit(stage, action, {.times = 0, .from = now, .until = now + action.duration()}, sim::FailWrite{});
}

Played kill(Stage& stage, const Action&) {
  stage.ring().kill_bridge();
  return {};
}

Played stop(Stage& stage, const Action&) {
  auto stopped = stage.ring().stop_bridge();
  return stopped ? Played{} : Played::troubled("the bridge ends on SIGTERM", stopped.error());
}

Played start(Stage& stage, const Action&) {
  auto started = stage.ring().start_bridge();
  return started ? Played{} : Played::troubled("the bridge starts", started.error());
}

}  // namespace

Family bridge_fault_sentences() {
  const Traits goes_down{.excludes = {{Fact::bridge_down}}, .makes = {{Fact::bridge_down}}};
  return {
      Group::fault,
      "Of the bridge",
      {
          {"the bridge crashes after its {ordinal} call [and starts again]",
           "the bridge crashes after its 3rd call and starts again",
           "Counted from here; the answer of that call still arrives nowhere. The bridge is started again at once, said or not",
           {},
           crash_after},
          {"the bridge crashes before its {ordinal} call [and starts again]",
           "the bridge crashes before its 3rd call",
           "The same, before the call leaves",
           {},
           crash_before},
          {"the bridge crashes after {system} has done the next {operation}",
           "the bridge crashes after Salesforce has done the next Case create",
           "Before it has the answer, whichever call that is; it is started again at once",
           {},
           crash_after_operation},
          {"the bridge crashes before it asks {system} for the next {operation}",
           "the bridge crashes before it asks Salesforce for the next Case create",
           "Nothing is done; it is started again at once",
           {},
           crash_before_operation},
          {"the bridge crashes after its {ordinal} commit",
           "the bridge crashes after its 3rd commit",
           "A durable write of its store, counted from here; in the simulated ring only",
           {.needs_control = true},
           crash_after_commit},
          {"the bridge crashes before its {ordinal} commit",
           "the bridge crashes before its 3rd commit",
           "The same, before it is durable",
           {.needs_control = true},
           crash_before_commit},
          {"the bridge's disk is full for {duration}",
           "the bridge's disk is full for 10 minutes",
           "Its store cannot write; in the simulated ring only",
           {.needs_control = true},
           disk_is_full},
          {"the bridge is killed", "the bridge is killed", "At once, without a chance to tidy up; it stays down", goes_down,
           kill},
          {"the bridge is stopped", "the bridge is stopped",
           "In good order; it stays down. One that still runs 10 s after SIGTERM is killed, and the step fails", goes_down, stop},
          {"the bridge starts again",
           "the bridge starts again",
           "After it was killed or stopped, with what it had stored",
           {.needs = {{Fact::bridge_down}}, .ends = {{Fact::bridge_down}}},
           start},
      }};
}

}  // namespace casewire::scenarios
