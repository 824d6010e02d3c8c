#pragma once
// The run for tools that want a list of tests and nothing else.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Common Test Report Format (ctrf.io, schema of 2024): one object, a list of tests with name, status, duration in milliseconds.
std::string ctrf(const RunResult& result);
/// Test Anything Protocol, version 14 (testanything.org): a line per scenario, why it is not ok as a YAML block.
std::string tap(const RunResult& result);

}  // namespace casewire::scenarios
