#pragma once
// A webhook on the wire: POST, signed as Standard Webhooks 1.0 says (HMAC-SHA256 of "id.timestamp.body" with webhook_key(secret)).
// That OpenCX signs at all, and its redelivery, are assumed: no page says how.

#include <array>
#include <chrono>

#include "base/http/message.hpp"
#include "sim/opencx/desk.hpp"

namespace casewire::sim::opencx {

/// Waits before the second and the third try.
inline constexpr std::array<std::chrono::seconds, 2> kWebhookRetries{std::chrono::seconds{5}, std::chrono::seconds{30}};
inline constexpr std::chrono::milliseconds kWebhookTimeout{10'000};

http::Request webhook_request(const PlatformOptions& options, const Behaviour& behaviour, const Event& event, WallTime now);

}  // namespace casewire::sim::opencx
