#include "bridge/program/store_schema.hpp"

#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/rng.hpp"
#include "bridge/orgs/org_store.hpp"
#include "bridge/program/bridge_name.hpp"
#include "bridge/program/org_meant.hpp"
#include "bridge/program/state_lock.hpp"
#include "bridge/store/schema_place.hpp"

namespace casewire::bridge {
namespace {

enum SchemaCode { kSchemaDone = 0, kSchemaNotDone = 1, kWrongSchema = 2, kSchemaInUse = 3 };

int refuse_schema(const Diagnostic& problem, int code) {
  std::cerr << render(problem);
  return code;
}

std::string shown_place(const StorePlace& place, const Config& config) {
  return place.uri.empty() ? place.file : shown_store(config) + " (schema " + place.schema + ")";
}

}  // namespace

int show_schema(const Configuration& configuration, const std::string& org) {
  const auto* config = org_with_place(configuration, org, "store show");
  if (config == nullptr) return kWrongSchema;
  const auto place = place_of(*config);
  const auto number = schema_at(place);
  if (!number) return refuse_schema(number.error(), kSchemaNotDone);
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
  return kSchemaDone;
}

int downgrade_store(const Configuration& configuration, const std::string& org, const DowngradeWish& wish) {
  const auto* config = org_with_place(configuration, org, "store downgrade");
  if (config == nullptr) return kWrongSchema;
  const auto target = wish.to.empty() ? std::nullopt : parse_schema_number(wish.to);
  if (!wish.to.empty() && !target) {
    return refuse_schema(
        {.where = {"--to", {}}, .problem = "expected a schema version such as 2 or 2.1, found \"" + wish.to + "\""},
        kWrongSchema);
  }
  const auto lock = StateLock::take(config->state_dir);
  if (!lock) return refuse_schema(lock.error(), kSchemaInUse);
  const ThreadRuntime runtime;
  SystemRng rng;
  const auto name = bridge_name(config->state_dir, rng);
  if (!name) return refuse_schema(name.error(), kSchemaInUse);
  const auto place = place_of(*config);
  const auto done = step_back({.place = place, .to = target, .bridge_name = *name, .now = runtime.now()});
  if (!done) return refuse_schema(done.error(), kSchemaNotDone);
  std::cout << shown_place(place, *config) << ": schema version " << text_of(done->from) << " -> " << text_of(done->to)
            << ", with all that it holds.\nInstall the older program before you start the bridge: this one would bring it up to "
            << text_of(steps_of(place).back().to) << " again.\n";
  return kSchemaDone;
}

}  // namespace casewire::bridge
