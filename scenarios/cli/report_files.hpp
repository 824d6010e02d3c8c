#pragma once
// Where a run's reports go. A run takes minutes, so whether they can be written is asked before it, not after.

#include <map>
#include <string>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct ReportOptions {
  std::map<std::string, std::string> files;  ///< by the format's option (report/formats.hpp); empty: not asked for
  std::string har_folder, journal_folder;    ///< the HAR files are written as the scenarios end
  std::string artifacts_folder;              ///< of scenarios that fail, as they end (artifacts.hpp)
  bool are_named = true;                     ///< at the end of the console, for whoever opens them
  bool github = false;                       ///< annotations on standard output, and the job's summary
};

/// Makes the folders that are missing. Complete text for standard error; empty: all reports can be written.
std::string report_problems(const ReportOptions& options);

struct WrittenReports {
  std::vector<std::string> files;  ///< as the user can open them
  std::string problems{};          ///< complete text for standard error
};

/// Writes the reports that are asked for; one that cannot be written does not keep the others from it.
WrittenReports write_reports(const RunResult& result, const ReportOptions& options);

}  // namespace casewire::scenarios
