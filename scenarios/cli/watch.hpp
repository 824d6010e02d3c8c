#pragma once
// `casewire run --watch`: plays, and plays again when a scenario, a fixture, the settings or the bridge's program has changed.

#include "scenarios/cli/commands.hpp"

namespace casewire::scenarios {

/// Until Ctrl-C; then the exit code of what was played last. When only feature files have changed, only those are played again.
int watch_scenarios(const RunOptions& options);

}  // namespace casewire::scenarios
