#pragma once
// Plays what a recording holds beside answers: its webhooks, and what became of the bridge's process. Each stands at its place: after
// what the bridge had asked before it, and no earlier than it did, so that sweeps and retries have their turn.

#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

/// To the end of the recording's time. Fails where the bridge does not ask what it had asked, or judges a webhook otherwise.
Played enact_recording(Stage& stage);

}  // namespace casewire::scenarios
