#pragma once
// Digests, and encryption with authentication, through OpenSSL.

#include <optional>
#include <string>
#include <string_view>

namespace casewire {

std::string sha256(std::string_view bytes);                             ///< 32 raw bytes
std::string md5(std::string_view bytes);                                ///< 16 raw bytes; for vendor checksums only
std::string hmac_sha256(std::string_view key, std::string_view bytes);  ///< 32 raw bytes
/// Takes the same time wherever the first difference stands. Lengths are no secret.
bool equal_in_constant_time(std::string_view a, std::string_view b);

inline constexpr std::size_t kAesKeyBytes = 32;
inline constexpr std::size_t kAesNonceBytes = 12;

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D).
struct AesGcm {
  std::string key;    ///< kAesKeyBytes
  std::string nonce;  ///< kAesNonceBytes, never twice with one key
  std::string about;  ///< authenticated and not in the text
};
/// The encrypted text and the tag of 16 bytes behind it.
std::string aes_256_gcm_sealed(std::string_view text, const AesGcm& with);
/// nullopt: another key, nonce or `about`, or somebody has changed it.
std::optional<std::string> aes_256_gcm_opened(std::string_view sealed, const AesGcm& with);

/// The key that a webhook secret stands for (Standard Webhooks 1.0, "Signature scheme"): behind `whsec_` the bytes are written in
/// base64. Any other text is its own bytes, as is one that is no base64.
std::string webhook_key(std::string_view secret);

}  // namespace casewire
