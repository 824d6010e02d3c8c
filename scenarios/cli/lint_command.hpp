#pragma once
// `casewire lint`: what should not be committed, in scenarios, fixtures and recordings.

#include <string>
#include <vector>

#include "scenarios/cli/commands.hpp"

namespace casewire::scenarios {

struct LintOptions {
  std::vector<std::string> paths;  ///< files and folders; empty: the suite and its fixtures
  std::string policy_file;         ///< empty: lint.json beside the fixtures, if there is one
  ProjectUse project;
};
/// The program's exit code: 0 clean, 1 something was found, 2 unreadable input.
int lint_files(const LintOptions& options);

}  // namespace casewire::scenarios
