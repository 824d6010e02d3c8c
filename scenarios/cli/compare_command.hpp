#pragma once
// `casewire compare TAPE`: in what the models differ from the systems that were recorded.

#include <cstdint>
#include <string>

#include "scenarios/cli/host_options.hpp"
#include "scenarios/cli/report_files.hpp"

namespace casewire::scenarios {

struct CompareCommandOptions {
  std::string tape;
  std::string org = "service-cloud";
  std::string fixtures;  ///< empty: the nearest folder of that name
  std::string baseline;  ///< a file; empty: nothing is known
  bool update_baseline = false;
  std::uint64_t seed = 1;
  HostOptions hosts{};
  ReportOptions reports;
};
/// The program's exit code.
int compare_recording(const CompareCommandOptions& options);

}  // namespace casewire::scenarios
