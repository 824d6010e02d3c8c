#pragma once
// RS256 signatures (RSASSA-PKCS1-v1_5 with SHA-256, RFC 7518 3.3), through OpenSSL. They draw no chance.

#include <optional>
#include <string>
#include <string_view>

namespace casewire {

/// Whether `signature` is that of `message` by the key in `pem`, a public key or a certificate. False for a PEM that is neither.
bool is_rs256_signature(std::string_view pem, std::string_view message, std::string_view signature);
/// The signature's raw bytes; nullopt when `key_der` is no RSA private key.
std::optional<std::string> rs256_signature(std::string_view key_der, std::string_view message);
/// Modulus and public exponent of a private key, as big-endian bytes.
struct RsaPublicKey {
  std::string modulus, exponent;
};
std::optional<RsaPublicKey> rsa_public_key(std::string_view key_der);

}  // namespace casewire
