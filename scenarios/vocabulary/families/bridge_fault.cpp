// What happens to the bridge itself.

#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

Played crash(Stage& stage, const Action& action, sim::Side side) {
  stage.world().faults().arm({action.said().text(), {.first = action.ordinal()}, sim::Crash{side}});
  return {};
}

Played crash_after(Stage& stage, const Action& action) { return crash(stage, action, sim::Side::after); }
Played crash_before(Stage& stage, const Action& action) { return crash(stage, action, sim::Side::before); }

Played kill(Stage& stage, const Action&) {
  stage.ring().kill_bridge();
  return {};
}

Played stop(Stage& stage, const Action&) {
  auto stopped = stage.ring().stop_bridge();
  return stopped ? Played{} : Played::failed("the bridge ends on SIGTERM", stopped.error());
}

Played start(Stage& stage, const Action&) {
  auto started = stage.ring().start_bridge();
  return started ? Played{} : Played::failed("the bridge starts", started.error());
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
