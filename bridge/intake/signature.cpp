#include "bridge/intake/signature.hpp"

#include <charconv>
#include <cstdint>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::bridge {

std::string_view name_of(Signature signature) {
  switch (signature) {
    case Signature::absent: return "absent";
    case Signature::valid: return "valid";
    case Signature::malformed: return "malformed";
    case Signature::wrong: return "wrong";
    case Signature::too_old: return "outside the time window";
  }
  return "wrong";
}

Signature check_signature(const http::Request& request, const std::vector<std::string>& secrets, WallTime now) {
  const auto id = request.headers.find("webhook-id");
  const auto timestamp = request.headers.find("webhook-timestamp");
  const auto signatures = request.headers.find("webhook-signature");
  if (!signatures) return Signature::absent;
  if (!id || !timestamp) return Signature::malformed;

  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(timestamp->data(), timestamp->data() + timestamp->size(), seconds);
  constexpr std::int64_t kYear9999 = 253'402'300'799;
  if (error != std::errc{} || end != timestamp->data() + timestamp->size() || seconds < 0 || seconds > kYear9999) {
    return Signature::malformed;
  }
  const auto signed_text = std::string(*id) + "." + std::string(*timestamp) + "." + request.body;
  bool is_right = false;
  for (const auto& secret : secrets) {
    const auto expected = "v1," + base64(hmac_sha256(webhook_key(secret), signed_text));
    for (const auto candidate : split(*signatures, ' ')) {
      if (equal_in_constant_time(candidate, expected)) is_right = true;
    }
  }
  if (!is_right) return Signature::wrong;
  const auto age = now - WallTime{std::chrono::seconds{seconds}};
  if (age > kSignatureWindow || age < -kSignatureWindow) return Signature::too_old;
  return Signature::valid;
}

}  // namespace casewire::bridge
