#pragma once
// `casewire pack`: one zip for the developer who gets the ticket: the scenarios, the fixtures they name, and what their run left; or a folder
// of failures, as `casewire run --artifacts` left it.

#include <string>

#include "scenarios/cli/commands.hpp"

namespace casewire::scenarios {

struct PackOptions {
  RunOptions run;   ///< which scenarios, and against which bridge
  std::string out;  ///< the zip; empty: beside the first scenario's file, under its name
};
/// The run's exit code; 2 when the zip cannot be written.
int pack_scenarios(const PackOptions& options);

}  // namespace casewire::scenarios
