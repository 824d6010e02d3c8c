#pragma once
// The schema of a store at its place: what it is, and the way back for a program that is older.

#include <optional>
#include <string>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/store/rows.hpp"
#include "bridge/store/schema_number.hpp"

namespace casewire::bridge {

/// What this program makes of such a store.
SchemaSteps steps_of(const StorePlace& place);

/// Changes nothing. The error says that there is no store, or that it cannot be read.
Result<SchemaNumber> schema_at(const StorePlace& place);

struct StepBack {
  StorePlace place;
  std::optional<SchemaNumber> to{};  ///< nullopt: one step
  /// Of the bridge that worked there last, and has ended: what it left leased and held counts as free.
  std::string bridge_name{};
  WallTime now{};
};
struct SteppedBack {
  SchemaNumber from{}, to{};
};
/// With all that the store holds, in one transaction. The error names what stands in the way: a bridge that works on the store, a schema that this
/// program does not know, a number that is none of its steps'.
Result<SteppedBack> step_back(const StepBack& wish);

}  // namespace casewire::bridge
