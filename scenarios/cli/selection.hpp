#pragma once
// Which scenarios a command line asks for: files and folders are read, and every mistake in any of them is reported.

#include <string>
#include <vector>

#include "scenarios/cli/commands.hpp"
#include "scenarios/language/feature.hpp"

namespace casewire::scenarios {

struct Selection {
  std::vector<Scenario> scenarios;
  Fixtures fixtures{""};
  std::string problems{};  ///< complete text for standard error; empty: none
};

/// Order: by path, then as in the file. `file:line` selects the scenario that the line belongs to.
Selection select_scenarios(const RunOptions& options);

/// The suite and fixtures of a source tree or an installation; empty when there is none.
std::string default_suite();
std::string default_fixtures();
/// The casewire-bridge beside this program; empty when there is none.
std::string built_bridge();

}  // namespace casewire::scenarios
