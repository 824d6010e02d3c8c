#pragma once
// The token of a contact who writes through the widget: a JWT (RFC 7519, HS256) that names the contact and ends after a day (how long
// the vendor's live is assumed; that stale ones are refused with 401 is seen in the widget).

#include <optional>
#include <string>
#include <string_view>

#include "base/text/time.hpp"

namespace casewire::sim::opencx {

std::string contact_token(const std::string& contact_id, std::string_view key, WallTime now);

/// The contact's id; nullopt for a token that is forged, damaged or stale.
std::optional<std::string> contact_of_token(std::string_view token, std::string_view key, WallTime now);

}  // namespace casewire::sim::opencx
