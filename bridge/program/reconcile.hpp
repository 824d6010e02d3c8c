#pragma once
// `casewire-bridge reconcile`: asks the running bridge to compare both sides, slice by slice, no faster than the vendors' limits leave room for, and prints
// each difference as it is found, and the sum at the end.

#include <string>

namespace casewire::bridge {

struct ReconcileWish {
  std::string org{};        ///< of several, by its name in the settings
  std::string since{};      ///< "2026-01-05", "2026-01-05T09:00:00Z", or how long ago: "2 d"
  std::string state_dir{};  ///< of the bridge that runs
  bool as_json = false;     ///< one object a line
};

/// The exit code: 0 all stands once; 1 it does not, or not yet; 2 usage; 3 no bridge runs there, or the vendors do not answer.
int reconcile_org(const ReconcileWish& wish);

}  // namespace casewire::bridge
