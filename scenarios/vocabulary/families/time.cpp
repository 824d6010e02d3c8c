// What happens while nobody acts.

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
  Replayer* replayer = stage.world().replayer();
  if (replayer == nullptr) return Played::failed("a recording", "no sentence \"Given the recording ...\"");
  for (const Exchange& webhook : replayer->webhooks()) {
    int status = 0;
    stage.ring().perform([&] { status = stage.world().deliver_webhook(webhook.from, webhook.request); });
    if (status < 200 || status > 299) {
      return Played::failed("the bridge takes the recorded webhook from " + webhook.from, "status " + std::to_string(status));
    }
    if (Played quiet = played(settle(stage.ring())); !quiet.done()) return quiet;
  }
  return {};
}

}  // namespace

Family time_sentences() {
  return {Group::deed,
          "Time",
          {
              {"{duration} passes|pass",
               "2 days pass",
               "Virtual time: whatever is due in between happens",
               {.needs_control = true},
               time_passes},
              {"the recorded webhooks arrive",
               "the recorded webhooks arrive",
               "Those of the recording, in its order",
               {.needs = {{Fact::recording}}},
               recorded_webhooks_arrive},
          }};
}

}  // namespace casewire::scenarios
