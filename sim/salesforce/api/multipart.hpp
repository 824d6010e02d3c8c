#pragma once
// multipart/form-data as file uploads use it (RFC 7578): one JSON part and one part with the bytes, in either order; the JSON
// part's name is free, the other's is the field. Source: REST API Developer Guide, "Insert or Update Blob Data", v66.0.

#include <string>
#include <string_view>

#include "base/text/json.hpp"
#include "sim/salesforce/records/save_error.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

bool is_multipart(std::string_view content_type);

/// The row's fields with the bytes in base64, as if it had come in JSON. Captured of what may be wrong: a body without the JSON part.
Result<Json, SaveError> read_multipart_row(std::string_view body, std::string_view content_type, const SObjectType& type);

}  // namespace casewire::sim::salesforce
