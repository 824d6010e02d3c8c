#pragma once
// `casewire-bridge move`: an org's memory is taken to another place, between a file of SQLite and PostgreSQL, or between databases.

#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

struct MoveOptions {
  std::string org{};  ///< of several, by its name in the settings
  std::string to{};   ///< as the setting `store` has it
};

/// The exit code: 0 moved; 1 the memory cannot be taken there, and is where it was; 2 settings; 3 the bridge runs, or the machine refused something.
int move_org(const Configuration& configuration, const MoveOptions& options);

}  // namespace casewire::bridge
