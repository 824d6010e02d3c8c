#pragma once
// How a command takes over what casewire.yaml says: as if it stood on the command line, where the command line says nothing about it.

#include <string>

#include "scenarios/cli/commands.hpp"

namespace CLI {
class App;
}

namespace casewire::scenarios {

/// --config and --no-config.
void add_project_options(CLI::App& command, ProjectUse& use);

/// After `command` was parsed: sets the options that it has, and notes which. The error is complete text for standard error.
Result<void, std::string> take_project_settings(CLI::App& command, ProjectUse& use);

}  // namespace casewire::scenarios
