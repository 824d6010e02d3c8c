#include "bridge/salesforce/sealed.hpp"

#include <cstddef>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"

namespace casewire::bridge::salesforce {
namespace {

constexpr std::size_t kCodeBytes = 16;

std::string code_of(std::string_view text, std::string_view secret) {
  return hmac_sha256(hmac_sha256(secret, "casewire sealed: code"), text).substr(0, kCodeBytes);
}

std::string with_key_stream(std::string_view text, std::string_view code, std::string_view secret) {
  const auto key = hmac_sha256(secret, "casewire sealed: key stream");
  std::string result(text);
  std::string block;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (i % 32 == 0) block = hmac_sha256(key, std::string(code) + std::to_string(i / 32));
    result[i] = static_cast<char>(static_cast<unsigned char>(result[i]) ^ static_cast<unsigned char>(block[i % 32]));
  }
  return result;
}

}  // namespace

std::optional<std::string> unsealed(std::string_view seal, std::string_view secret) {
  const auto bytes = decode_base64(seal);
  if (!bytes || bytes->size() < kCodeBytes) return std::nullopt;
  const auto code = bytes->substr(0, kCodeBytes);
  auto text = with_key_stream(std::string_view(*bytes).substr(kCodeBytes), code, secret);
  if (!equal_in_constant_time(code_of(text, secret), code)) return std::nullopt;
  return text;
}

}  // namespace casewire::bridge::salesforce
