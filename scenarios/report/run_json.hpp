#pragma once
// A whole RunResult as JSON and back, nothing left out: what the shards of a run leave for `casewire merge`, and what the next run
// knows of the last one. The format has a number; a later one is refused in words.

#include <string>
#include <string_view>

#include "base/text/result.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

std::string run_json(const RunResult& result);
/// `file` is for the error's place.
Result<RunResult> read_run_json(std::string_view text, std::string_view file = {});

}  // namespace casewire::scenarios
