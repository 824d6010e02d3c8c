#pragma once
// A run as the runner hands it over, written out by hand: a handoff that goes well, one whose create is repeated
// blindly after a lost answer, a day of idle sweeps, a scenario this bridge cannot play, and one that the harness could
// not judge.

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::tests {

RunResult sample_run();
ScenarioResult handoff_that_passes();
ScenarioResult handoff_that_doubles_the_case();
ScenarioResult day_of_sweeps();

}  // namespace casewire::scenarios::tests
