#include "bridge/store/schema_place.hpp"

#include <algorithm>

#include "bridge/store/postgres_schema.hpp"
#include "bridge/store/sqlite_schema.hpp"

namespace casewire::bridge {
namespace {

Diagnostic no_way_back(const StorePlace& place, std::string problem, std::string hint = {}) {
  return {.where = {place.uri.empty() ? place.file : "store", {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

/// Of whoever asks, on a connection that waits for as long as it takes.
Result<std::unique_ptr<postgres::Connection>> connected(const StorePlace& place) {
  const auto address = postgres::Address::parse(place.uri, place.schema);
  if (!address) return fail(no_way_back(place, address.error()));
  return std::make_unique<postgres::Connection>(address->patient());
}

Result<SchemaNumber> read_schema(const StorePlace& place) {
  if (place.uri.empty()) {
    const auto connection = sqlite::Connection::open(place.file, sqlite::Connection::Access::read_only);
    if (!connection) return fail(connection.error());
    return sqlite::schema_number(**connection);
  }
  const auto connection = connected(place);
  if (!connection) return fail(connection.error());
  return postgres::schema_number(**connection);
}

bool is_step(SchemaSteps steps, const SchemaNumber& number) {
  return std::any_of(steps.begin(), steps.end(), [&](const SchemaStep& step) { return step.to == number; });
}

std::string listed(SchemaSteps steps, const SchemaNumber& below) {
  std::string list;
  for (const auto& step : steps) {
    if (step.to < below) list += (list.empty() ? "" : ", ") + text_of(step.to);
  }
  return list;
}

Result<SchemaNumber> target_of(const StepBack& wish, const SchemaNumber& number) {
  const auto steps = steps_of(wish.place);
  if (!is_step(steps, number)) {
    return fail(no_way_back(
        wish.place,
        "the store has schema version " + text_of(number) + ", this program knows versions up to " + text_of(steps.back().to),
        "use the newer casewire-bridge that wrote it"));
  }
  const auto target = wish.to ? wish.to : step_before(steps, number);
  if (!target) return fail(no_way_back(wish.place, "the store has schema version " + text_of(number) + ", the first one"));
  if (!is_step(steps, *target) || *target >= number) {
    return fail(no_way_back(wish.place, "no way leads back from schema version " + text_of(number) + " to " + text_of(*target),
                            "the ways lead to " + listed(steps, number)));
  }
  return *target;
}

}  // namespace

SchemaSteps steps_of(const StorePlace& place) { return place.uri.empty() ? sqlite::schema_steps() : postgres::schema_steps(); }

Result<SchemaNumber> schema_at(const StorePlace& place) {
  try {
    return read_schema(place);
  } catch (const StoreFailure& failure) {
    return fail(no_way_back(place, failure.what()));
  }
}

Result<SteppedBack> step_back(const StepBack& wish) {
  try {
    const auto number = read_schema(wish.place);
    if (!number) return fail(number.error());
    const auto target = target_of(wish, *number);
    if (!target) return fail(target.error());
    if (const auto rows = open_snapshot(wish.place); !rows) {
      return fail(rows.error());
    } else if (const auto owner = (*rows)->used_by(wish.bridge_name, wish.now); !owner.empty()) {
      return fail(
          no_way_back(wish.place, "the bridge \"" + owner + "\" works on that store",
                      "stop every bridge on it; what one holds that was killed ends by itself, after sweep_every and 5 min"));
    }
    if (wish.place.uri.empty()) {
      const auto connection = sqlite::Connection::open(wish.place.file, sqlite::Connection::Access::read_write);
      if (!connection) return fail(connection.error());
      sqlite::step_back(**connection, *target);
    } else {
      const auto connection = connected(wish.place);
      if (!connection) return fail(connection.error());
      postgres::step_back(**connection, *target);
    }
    return SteppedBack{*number, *target};
  } catch (const StoreFailure& failure) {
    return fail(no_way_back(wish.place, failure.what()));
  }
}

}  // namespace casewire::bridge
