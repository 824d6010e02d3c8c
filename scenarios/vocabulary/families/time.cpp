// What happens while nobody acts.

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/enactment.hpp"
#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {
namespace {

Played time_passes(Stage& stage, const Action& action) {
  const milliseconds duration = action.duration();
  stage.world().journal().append("clock", sim::TimeSkip{stage.ring().now() + duration});
  return played(pass(stage.ring(), duration));
}

/// From the beginning of a second on, so that no stamp tells them apart.
Played happen_at_once(Stage& stage, const Action& action) {
  const auto into = stage.ring().now().time_since_epoch() % Stage::kDeedTime;
  stage.hurry(action.count() + 1);
  return into.count() == 0 ? Played{} : played(pass(stage.ring(), Stage::kDeedTime - into));
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
          {"the next {count} deeds happen within one second",
           "the next 2 deeds happen within one second",
           "Else each takes a second. The bridge has done what each causes before the next one is done",
           {.needs_control = true},
           happen_at_once},
          {"the recorded webhooks arrive",
           "the recorded webhooks arrive",
           "Each at its place: after what the bridge had asked before it, and no earlier than it did. Time passes to the recording's end; "
           "crashes and restarts of the bridge are enacted",
           {.needs = {{Fact::recording}}},
           recorded_webhooks_arrive},
      }};
}

}  // namespace casewire::scenarios
