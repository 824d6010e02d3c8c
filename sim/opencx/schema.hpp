#pragma once
// Checks a JSON value against a JSON Schema, for the words that api.json uses: $ref (to #/schemas/...), type (one or several),
// enum, properties, required, additionalProperties, items, format (uuid, email, date-time, "date or date-time"). A word it does not know in a schema
// is our own mistake and fails the unit test of the description.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/time.hpp"

namespace casewire::sim::opencx {

struct SchemaError {
  std::string value_path;   ///< "/message/text"; empty for the whole value
  std::string schema_path;  ///< "#/schemas/SendMessageInput/properties/message/properties/text/type"
  std::string problem;      ///< "expected string, found 5"
  /// The member is not in the description: the vendor most likely ignores it, a careful client does not send it.
  bool unknown_member = false;
};

/// In document order, at most 20. `root` resolves $ref.
std::vector<SchemaError> schema_errors(const Json& root, const Json& schema, std::string schema_path, const Json& value);

/// An instant, or a day alone, which stands for its beginning in UTC.
std::optional<WallTime> day_or_instant(std::string_view text);

/// "/message/text: expected string, found 5 (#/schemas/.../type)"
std::string describe(const SchemaError& error);

}  // namespace casewire::sim::opencx
