#include "bridge/program/backup.hpp"

#include <filesystem>
#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/program/org_meant.hpp"
#include "bridge/program/store_hold.hpp"
#include "bridge/salesforce/token.hpp"
#include "bridge/store/backup.hpp"

namespace casewire::bridge {
namespace {

/// From the memory that is replaced, if it can still be read: its connection is the newer one, and it belongs to the same org.
void look_at_replaced(const Config& config, RestoreOptions& options) {
  if (config.store.empty() && !std::filesystem::exists(sqlite_file_of(config))) return;
  try {
    const auto store = open_store(config);
    if (!store) return;
    options.same = salesforce::org_marks(**store);
    options.kept = salesforce::connection_marks(**store, config);
  } catch (const StoreFailure&) {
    // A damaged file is why there are backups; of a database that is down the restore itself says so.
  }
}

}  // namespace

int back_up_org(const Configuration& configuration, const BackupWish& wish) {
  const auto* config = org_with_place(configuration, wish.org, "backup");
  if (config == nullptr) return kWrongUsage;
  const ThreadRuntime runtime;
  const auto rows = back_up_store({.from = place_of(*config), .to = wish.file, .now = runtime.now()});
  if (!rows) return refuse(rows.error(), kNotDone);
  std::cout << "backed up to " << wish.file << ", and looked at there row by row:\n";
  print_rows(*rows);
  return kDone;
}

int restore_org(const Configuration& configuration, const BackupWish& wish) {
  const auto* config = org_with_place(configuration, wish.org, "restore");
  if (config == nullptr) return kWrongUsage;
  const auto hold = hold_store(*config);
  if (!hold) return refuse(hold.error(), kInUse);
  const ThreadRuntime runtime;
  RestoreOptions options{.from = wish.file,
                         .to = place_of(*config),
                         .bridge_name = hold->bridge_name,
                         .work_folder = config->state_dir,
                         .now = runtime.now()};
  look_at_replaced(*config, options);
  const auto restored = restore_store(options);
  if (!restored) return refuse(restored.error(), kNotDone);
  std::cout << "restored to " << shown_store(*config) << " as it was at " << iso8601(restored->backed_up_at) << ":\n";
  print_rows(restored->rows);
  if (!restored->replaced.empty())
    std::cout << "What was there is kept as " << restored->replaced << "; remove it when you are content.\n";
  std::cout << "Start the bridge: it looks for what was done since before it sends or writes anything.\n";
  return kDone;
}

}  // namespace casewire::bridge
