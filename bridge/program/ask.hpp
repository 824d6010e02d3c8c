#pragma once
// The commands that a running bridge answers: asked through its admin socket, shown on standard output.

#include "bridge/program/command_line.hpp"

namespace casewire::bridge {

/// The exit code: 0 all is well; 1 answered, and something is wrong; 2 which bridge is not said; 3 none runs there.
int ask(const CommandLine& line);

}  // namespace casewire::bridge
