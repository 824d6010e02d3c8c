#pragma once
// `casewire-bridge backup` and `restore`: an org's memory as a file, and back into its place.

#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

struct BackupWish {
  std::string org{};   ///< of several, by its name in the settings
  std::string file{};  ///< to, or from
};

/// The exit code: 0 done; 1 it cannot be done, and everything is where it was unless the words say otherwise; 2 settings; 3 restore: the bridge runs, or
/// the machine refused something.
int back_up_org(const Configuration& configuration, const BackupWish& wish);
int restore_org(const Configuration& configuration, const BackupWish& wish);

}  // namespace casewire::bridge
