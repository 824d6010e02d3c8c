#pragma once
// `casewire-bridge store show` and `store downgrade`: of which schema an org's memory is, and back to an older one.

#include <optional>
#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

struct DowngradeWish {
  std::string to{};  ///< a number such as "2"; empty: one step
};

/// The exit code: 0 shown; 1 there is nothing, or it cannot be read; 2 settings.
int show_schema(const Configuration& configuration, const std::string& org);
/// The exit code: 0 done; 1 it cannot be done, and everything is as it was; 2 settings, or no number; 3 the bridge runs.
int downgrade_store(const Configuration& configuration, const std::string& org, const DowngradeWish& wish);

}  // namespace casewire::bridge
