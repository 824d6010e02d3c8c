#pragma once
// JSON members into field values, as the REST parser reads them (phase 8 of a save: the first bad member ends it).
// Source: REST API Developer Guide, "JSON"; forms of JSON_PARSER_ERROR as captured. Assumed: numbers are taken for text fields,
// quoted numbers and "true" and "false" for numeric and boolean fields, and a datetime without a zone is UTC.

#include <string_view>

#include "sim/salesforce/records/save_error.hpp"
#include "sim/salesforce/records/value.hpp"
#include "sim/salesforce/schema/place.hpp"

namespace casewire::sim::salesforce {

/// Where the request's body stands, so that an error can name line and column.
struct BodyPlace {
  std::string_view text{};
  JsonPath path{};                                ///< of the record inside the body
  std::string at(std::string_view member) const;  ///< "[line:1, column:12]"
};

/// What the vendor says of a value of another type; `where`: "[line:1, column:12]".
std::string cannot_deserialize(std::string_view type, const Json& json, const std::string& where);

/// Texts are trimmed and empty ones become null; text areas keep their blanks. Datetimes are cut to seconds. For base64 the value
/// is the decoded bytes.
Result<Value, SaveError> coerce(const Field& field, const Json& json, const BodyPlace& place, std::string_view member);

/// The instant of an org datetime text; zone-less texts are UTC.
std::optional<WallTime> parse_datetime(std::string_view text);
std::optional<Date> parse_date(std::string_view text);
WallTime whole_seconds(WallTime when);

}  // namespace casewire::sim::salesforce
