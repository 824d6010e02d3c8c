#pragma once
// Which scenarios a command line asks for: files and folders are read, and every mistake in any of them is reported.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/cli/commands.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/scenario.hpp"

namespace casewire::scenarios {

/// One complaint about a feature file, for machines.
struct Finding {
  Diagnostic diagnostic;
  bool is_warning = false;
  std::optional<std::string> fix{};  ///< what to put in the marked place
};

struct Selection {
  std::vector<Scenario> scenarios;
  Fixtures fixtures{""};
  std::string problems{};           ///< complete text for standard error; empty: none
  std::string warnings{};           ///< the same for what does not keep a scenario from being played
  std::vector<Finding> findings{};  ///< those of both that stand in a feature file
  std::set<std::string> tags{};     ///< of everything that was read
};

/// Order: by path, then as in the file. `file:line` selects the scenario that the line belongs to.
Selection select_scenarios(const RunOptions& options);

}  // namespace casewire::scenarios
