#pragma once
// How versions before AES-256-GCM sealed a secret (keyring.hpp reads what they left): the construction of SIV (RFC 5297) with HMAC-SHA256 for both of its
// functions. The first 16 bytes are a code over the text and serve as the initial value of the key stream.

#include <optional>
#include <string>
#include <string_view>

namespace casewire::bridge::salesforce {

/// `seal`: base64. nullopt: it was sealed with another secret, or damaged.
std::optional<std::string> unsealed(std::string_view seal, std::string_view secret);

}  // namespace casewire::bridge::salesforce
