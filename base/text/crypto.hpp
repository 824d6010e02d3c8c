#pragma once
// Digests and random bytes, through OpenSSL.

#include <string>
#include <string_view>

namespace casewire {

std::string sha256(std::string_view bytes);                             ///< 32 raw bytes
std::string md5(std::string_view bytes);                                ///< 16 raw bytes; for vendor checksums only
std::string hmac_sha256(std::string_view key, std::string_view bytes);  ///< 32 raw bytes
/// Takes the same time wherever the first difference stands. Lengths are no secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

/// The key that a webhook secret stands for (Standard Webhooks 1.0, "Signature scheme"): behind `whsec_` the bytes are written in
/// base64. Any other text is its own bytes, as is one that is no base64.
std::string webhook_key(std::string_view secret);

}  // namespace casewire
