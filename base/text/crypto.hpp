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

}  // namespace casewire
