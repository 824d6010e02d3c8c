#pragma once
// Which of the scenarios that were read are played by this command: by name, by the last run's verdict, by this machine's share of
// them, and how often.

#include <cstdint>
#include <string>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/cli/last_run.hpp"
#include "scenarios/language/feature.hpp"

namespace casewire::scenarios {

/// The i-th of n machines that share the scenarios, from 1.
struct Shard {
  std::size_t index = 1, count = 1;
  std::string text() const { return std::to_string(index) + "/" + std::to_string(count); }
};

/// "2/5"; "ci" asks the variables of GitLab (CI_NODE_INDEX, CI_NODE_TOTAL), CircleCI (CIRCLE_NODE_INDEX, CIRCLE_NODE_TOTAL) and
/// Buildkite (BUILDKITE_PARALLEL_JOB, BUILDKITE_PARALLEL_JOB_COUNT). The error says what was wrong.
Result<Shard, std::string> read_shard(const std::string& text);

/// Those whose feature, rule or name holds one of the texts, whatever its case. Without texts: all.
std::vector<Scenario> named(std::vector<Scenario> scenarios, const std::vector<std::string>& texts);

/// Those that were not green in the last run, and those that it did not know.
std::vector<Scenario> not_green(std::vector<Scenario> scenarios, const LastRun& last);

/// This machine's share, in the order of the scenarios. Shares take about the same time as far as the last run knows; machines that
/// know the same last run, or none, agree on them.
std::vector<Scenario> share_of(std::vector<Scenario> scenarios, const Shard& shard, const LastRun& last);

}  // namespace casewire::scenarios
