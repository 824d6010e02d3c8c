#pragma once
// A whole answer by which the org refuses, for faults that a script orders: the vendor's code, status and words.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/message.hpp"

namespace casewire::sim::salesforce {

/// By an error code of the API ("UNABLE_TO_LOCK_ROW"), of the token endpoint ("invalid_grant"), or "MAINTENANCE_PAGE" for the HTML
/// of an instance that is down. nullopt for any other.
std::optional<http::Response> refusal(std::string_view code);
/// Every code that refusal() knows.
std::vector<std::string> refusal_codes();

}  // namespace casewire::sim::salesforce
