#pragma once
// The commands that a running bridge answers: asked through its admin socket, shown on standard output.

#include <optional>
#include <string>

#include "bridge/program/command_line.hpp"

namespace casewire::bridge {

/// The folder of the bridge that is meant; nullopt: it is not said, and standard error says how.
std::optional<std::string> state_dir_meant(const CommandLine& line);

/// The exit code: 0 all is well; 1 answered, and something is wrong; 2 which bridge is not said; 3 none runs there.
int ask(const CommandLine& line);

}  // namespace casewire::bridge
