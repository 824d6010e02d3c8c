#pragma once
// Which scenarios a command line asks for: files and folders are read, and every mistake in any of them is reported.

#include <string>
#include <vector>

#include "scenarios/cli/commands.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/scenario.hpp"

namespace casewire::scenarios {

struct Selection {
  std::vector<Scenario> scenarios;
  Fixtures fixtures{""};
  std::string problems{};  ///< complete text for standard error; empty: none
};

/// Order: by path, then as in the file. `file:line` selects the scenario that the line belongs to.
Selection select_scenarios(const RunOptions& options);

}  // namespace casewire::scenarios
