#pragma once
// The vendors' words for a request that they refuse as a whole, by a fault's code: a word of theirs, or a status.

#include <optional>
#include <string_view>

#include "base/http/message.hpp"

namespace casewire::scenarios {

/// Follows 4.4 and 4.9 of its error catalogue (docs/salesforce.md). nullopt: no such code.
std::optional<http::Response> salesforce_refusal(std::string_view code);
std::optional<http::Response> opencx_refusal(std::string_view code);

}  // namespace casewire::scenarios
