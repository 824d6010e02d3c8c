#pragma once
// Where a run's reports go. A run takes minutes, so whether they can be written is asked before it, not after.

#include <string>
#include <vector>

#include "scenarios/cli/commands.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Makes the folders that are missing. Complete text for standard error; empty: all reports can be written.
std::string report_problems(const RunOptions& options);

struct WrittenReports {
  std::vector<std::string> files;  ///< as the user can open them
  std::string problems{};          ///< complete text for standard error
};

/// Writes the reports that are asked for; one that cannot be written does not keep the others from it.
WrittenReports write_reports(const RunResult& result, const RunOptions& options);

}  // namespace casewire::scenarios
