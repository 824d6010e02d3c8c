// What must be true of the bridge, and of a recording.

#include "scenarios/vocabulary/families.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

Played nothing_left_to_do(Stage& stage, const Action&) {
  if (!stage.ring().bridge_work()) return Played::cannot("this bridge cannot be asked about its queue");
  const auto work = [&] { return stage.ring().bridge_work().value_or(BridgeWork{}); };
  return stage.expect(
      "no job due, waiting or parked",
      [&] {
        const BridgeWork w = work();
        return w.due + w.waiting + w.parked == 0;
      },
      [&] {
        const BridgeWork w = work();
        return std::to_string(w.due) + " due, " + std::to_string(w.waiting) + " waiting, " + std::to_string(w.parked) + " parked";
      });
}

Played recording_is_used_up(Stage& stage, const Action&) {
  Replayer* replayer = stage.world().replayer();
  if (replayer == nullptr) return Played::failed("a recording", "no sentence \"Given the recording ...\"");
  return stage.expect(
      "every recorded request is made", [&] { return replayer->unused().empty(); },
      [&] { return lines_or(replayer->unused(), "none is left"); });
}

}  // namespace

Family bridge_checks() {
  return {Group::check,
          "The bridge",
          {
              {"the bridge has nothing left to do",
               "the bridge has nothing left to do",
               "No job waits, and none was given up",
               {.needs_control = true},
               nothing_left_to_do},
              {"every recorded request was made",
               "every recorded request was made",
               "Of the recording; and none that it does not hold",
               {.needs = {{Fact::recording}}},
               recording_is_used_up},
          }};
}

}  // namespace casewire::scenarios
