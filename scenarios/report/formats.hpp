#pragma once
// The report files a run can leave behind, one row each: what the command line calls it, who reads it, and what renders it. All
// of them show the same RunResult; none knows another.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

struct Format {
  std::string_view option;   ///< of `casewire run`, without its dashes: "junit"
  std::string_view meaning;  ///< for --help: one sentence without a full stop
  std::string (*render)(const RunResult& result);
};

/// In the order in which --help lists them.
const std::vector<Format>& formats();

}  // namespace casewire::scenarios::report
