#pragma once
// The run as Cucumber's own reporters read it. Scenarios stand as they were played: a background's steps at the head of each, an
// outline's row as a scenario of its own.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Cucumber messages, NDJSON, protocol 27 (github.com/cucumber/messages).
std::string cucumber_messages(const RunResult& result);
/// The older "Cucumber JSON" (github.com/cucumber/cucumber-json-schema): features with elements with steps, durations in nanoseconds.
std::string cucumber_json(const RunResult& result);

}  // namespace casewire::scenarios
