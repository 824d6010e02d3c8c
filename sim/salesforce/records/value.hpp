#pragma once
// One field's value, in the form SOQL compares and JSON shows.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/text/json_writer.hpp"
#include "base/text/time.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

struct Date {
  std::chrono::sys_days day;
  friend auto operator<=>(const Date&, const Date&) = default;
};

/// null; boolean; int, long; double, currency, percent; every kind of text and id (18 characters); date; datetime.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, Date, WallTime>;

inline bool is_null(const Value& value) { return std::holds_alternative<std::monostate>(value); }
/// As REST answers show it: `2026-01-05T09:00:00.000+0000`, `10.0` for doubles, ids in 18 characters.
void write_json(JsonWriter& json, const Value& value);
/// The same as a tree.
Json to_json(const Value& value);

/// A row: one value per field of its SObjectType, by the field's index there.
struct Record {
  const SObjectType* type = nullptr;
  std::vector<Value> values;
  const Value& operator[](std::size_t field) const { return values[field]; }
  /// By name, without case; null when the type has no such field.
  const Value& at(std::string_view field) const;
  std::string text(std::string_view field) const;  ///< empty when null or no text
};

}  // namespace casewire::sim::salesforce
