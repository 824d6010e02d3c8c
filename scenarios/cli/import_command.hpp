#pragma once
// `casewire import`: a customer's bundle becomes a scenario that runs at once, and what the bundle itself shows is said apart from it.

#include <string>
#include <vector>

#include "scenarios/cli/host_options.hpp"

namespace casewire::scenarios {

struct ImportOptions {
  std::string bundle;   ///< a file or a folder
  std::string out;      ///< a folder; a scenario that is there already is left alone
  std::string symptom;  ///< what the ticket complains of; empty: whatever is found
  std::vector<std::string> support_addresses;
  HostOptions hosts{};
  std::string time_zone;   ///< of tables whose times do not say it; empty: by other material
  std::string date_order;  ///< "dmy" or "mdy" of such a table; empty: as all its times tell together
  bool run = false;
  std::string bridge;  ///< for the run; empty: casewire-bridge
};
/// The program's exit code: 0 written; with `run` 1 when the scenario fails for the reported reason and 4 when it does not.
int import_bundle(const ImportOptions& options);

}  // namespace casewire::scenarios
