#include "bridge/program/store_schema.hpp"

#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/program/org_meant.hpp"
#include "bridge/program/store_hold.hpp"
#include "bridge/store/schema_place.hpp"

namespace casewire::bridge {
namespace {

std::string shown_place(const StorePlace& place, const Config& config) {
  return place.uri.empty() ? place.file : shown_store(config) + " (schema " + place.schema + ")";
}

}  // namespace

int show_schema(const Configuration& configuration, const std::string& org) {
  const auto* config = org_with_place(configuration, org, "store show");
  if (config == nullptr) return kWrongUsage;
  const auto place = place_of(*config);
  const auto number = schema_at(place);
  if (!number) return refuse(number.error(), kNotDone);
  const auto steps = steps_of(place);
  const auto known = steps.back().to;
  std::cout << shown_place(place, *config) << "\nschema version " << text_of(*number) << "; this program's is " << text_of(known)
            << "\n";
  if (number->version > known.version) {
    std::cout << "This program does not work on it: take the newer casewire-bridge that wrote it.\n";
  } else if (*number > known) {
    std::cout << "This program works on it as it is: a newer one has added to it.\n";
  } else if (*number < known) {
    std::cout << "This program brings it to " << text_of(known) << " when it starts.\n";
  }
  std::cout << "Programs of every version " << number->version << ".x work on it, "
            << (place.uri.empty() ? "one at a time.\n" : "beside each other too.\n");
  if (const auto before = step_before(steps, *number)) {
    std::cout << "casewire-bridge store downgrade takes it back to " << text_of(*before) << ".\n";
  }
  return kDone;
}

int downgrade_store(const Configuration& configuration, const std::string& org, const DowngradeWish& wish) {
  const auto* config = org_with_place(configuration, org, "store downgrade");
  if (config == nullptr) return kWrongUsage;
  const auto target = wish.to.empty() ? std::nullopt : parse_schema_number(wish.to);
  if (!wish.to.empty() && !target) {
    return refuse({.where = {"--to", {}}, .problem = "expected a schema version such as 2 or 2.1, found \"" + wish.to + "\""},
                  kWrongUsage);
  }
  const auto hold = hold_store(*config);
  if (!hold) return refuse(hold.error(), kInUse);
  const ThreadRuntime runtime;
  const auto place = place_of(*config);
  const auto done = step_back({.place = place, .to = target, .bridge_name = hold->bridge_name, .now = runtime.now()});
  if (!done) return refuse(done.error(), kNotDone);
  std::cout << shown_place(place, *config) << ": schema version " << text_of(done->from) << " -> " << text_of(done->to)
            << ", with all that it holds.\nInstall the older program before you start the bridge: this one would bring it up to "
            << text_of(steps_of(place).back().to) << " again.\n";
  return kDone;
}

}  // namespace casewire::bridge
