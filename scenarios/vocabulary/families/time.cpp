// What happens while nobody acts.

#include "scenarios/runner/enactment.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

Played time_passes(Stage& stage, const Action& action) {
  const milliseconds duration = action.duration();
  stage.world().journal().append("clock", sim::TimeSkip{stage.ring().now() + duration});
  return played(pass(stage.ring(), duration));
}

Played recorded_webhooks_arrive(Stage& stage, const Action&) {
  if (stage.world().replayer() == nullptr) return Played::failed("a recording", "no sentence \"Given the recording ...\"");
  return enact_recording(stage);
}

}  // namespace

Family time_sentences() {
  return {
      Group::deed,
      "Time",
      {
          {"{duration} passes|pass",
           "2 days pass",
           "Virtual time: whatever is due in between happens",
           {.needs_control = true},
           time_passes},
          {"the recorded webhooks arrive",
           "the recorded webhooks arrive",
           "Each at its place: after what the bridge had asked before it, and no earlier than it did. Time passes to the recording's end; "
           "crashes and restarts of the bridge are enacted",
           {.needs = {{Fact::recording}}},
           recorded_webhooks_arrive},
      }};
}

}  // namespace casewire::scenarios
