#pragma once
// Where a value stands in a JSON text. nlohmann/json keeps no positions, so the text is read once more, only when something is
// to be complained about: org files and request bodies name line and column.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/diagnostic.hpp"

namespace casewire::sim::salesforce {

/// A path into a JSON value: member names, and array indexes as decimal digits.
using JsonPath = std::vector<std::string>;

/// The byte offset of the value at `path`, or of the innermost enclosing value that exists. `json` must be valid JSON.
std::size_t offset_in_json(std::string_view json, const JsonPath& path);
/// The same as line and column.
Position place_in_json(std::string_view json, const JsonPath& path);

}  // namespace casewire::sim::salesforce
