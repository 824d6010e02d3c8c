#pragma once
// A run as GitHub Actions shows it: annotations at the lines of the scenarios, and a page for the job's summary.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Workflow commands for standard output, one a line: an error for each scenario that is not green, a warning for what was not
/// exercised. GitHub shows ten of each kind a step, so the rest is told in one more line. Source: docs.github.com, "Workflow
/// commands for GitHub Actions".
std::string github_annotations(const RunResult& result);

/// Markdown for the file that GITHUB_STEP_SUMMARY names: the tally, what is not green and why, the slowest. At most 1 MiB, as GitHub
/// takes no more.
std::string github_summary(const RunResult& result);

}  // namespace casewire::scenarios
