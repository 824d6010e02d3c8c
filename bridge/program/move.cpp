#include "bridge/program/move.hpp"

#include <filesystem>
#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "bridge/config/settings.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/program/org_meant.hpp"
#include "bridge/program/store_hold.hpp"
#include "bridge/store/origin.hpp"
#include "bridge/store/transfer.hpp"

namespace casewire::bridge {
namespace {

/// The same org with its memory there; the error as the settings say it.
Result<Config> at_new_place(const Config& config, const std::string& to) {
  auto moved = config;
  for (const auto& setting : all_settings()) {
    if (setting.key != "store") continue;
    if (const auto expected = setting.set(moved, {to}); !expected.empty()) {
      return fail(Diagnostic{.where = {"--to", {}}, .problem = "expected " + expected});
    }
  }
  if (moved.store == config.store) return fail(Diagnostic{.where = {"--to", {}}, .problem = "it is there already"});
  return moved;
}

}  // namespace

int move_org(const Configuration& configuration, const MoveOptions& options) {
  const auto* config = org_with_place(configuration, options.org, "move");
  if (config == nullptr) return kWrongUsage;
  const auto moved = at_new_place(*config, options.to);
  if (!moved) return refuse(moved.error(), kWrongUsage);
  const auto hold = hold_store(*config);
  if (!hold) return refuse(hold.error(), kInUse);
  if (config->store.empty() && !std::filesystem::exists(sqlite_file_of(*config))) {
    return refuse({.where = {sqlite_file_of(*config), {}}, .problem = "there is no memory to be moved"}, kNotDone);
  }
  const ThreadRuntime runtime;
  // Both make what is not there: a folder, a schema, tables.
  const auto source = open_store(*config);
  const auto target = source ? open_store(*moved) : Result<std::unique_ptr<Store>>();
  if (!source || !target) return refuse(source ? target.error() : source.error(), kNotDone);
  const auto counts =
      transfer_store({.from = place_of(*config), .to = place_of(*moved), .bridge_name = hold->bridge_name, .now = runtime.now()});
  if (!counts) return refuse(counts.error(), kNotDone);
  try {
    note_transfer(**source, shown_store(*moved), runtime.now());
  } catch (const StoreFailure& failure) {
    return refuse({.where = {"move", {}},
                   .problem = std::string("all was taken over, but the old memory cannot be told so: ") + failure.what(),
                   .hint = "see that no bridge is started with it any more"},
                  kNotDone);
  }
  std::cout << "moved to " << shown_store(*moved) << ", and looked at there row by row:\n";
  print_rows(*counts);
  std::cout << "Now say so in the settings (" << (config->org.empty() ? "" : "orgs." + config->org + ".")
            << "store), and start the bridge. What was left behind starts no bridge any more; keep it until you are content.\n";
  return kDone;
}

}  // namespace casewire::bridge
