#pragma once
// The signature of a webhook, over the bytes as they came. Source: Standard Webhooks specification, "Verifying webhook
// authenticity": headers webhook-id, webhook-timestamp, webhook-signature with `v1,<base64 HMAC-SHA256 of "id.timestamp.body">`,
// several separated by blanks. That OpenCX signs this way is assumed.

#include <string>
#include <vector>

#include "base/http/message.hpp"
#include "base/text/time.hpp"

namespace casewire::bridge {

enum class Signature {
  absent,  ///< no webhook-signature
  valid,
  malformed,
  wrong,    ///< no signature was made with any of the secrets
  too_old,  ///< or from the future: the time is not within 5 minutes of ours
};

inline constexpr milliseconds kSignatureWindow{5 * 60'000};

Signature check_signature(const http::Request& request, const std::vector<std::string>& secrets, WallTime now);
std::string_view name_of(Signature signature);

}  // namespace casewire::bridge
