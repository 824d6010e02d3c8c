#include "sim/opencx/webhooks.hpp"

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"

namespace casewire::sim::opencx {

http::Request webhook_request(const PlatformOptions& options, const Behaviour& behaviour, const Event& event, WallTime now) {
  http::Request request{.method = "POST",
                        .target = options.webhook_url,
                        .headers = {{"Content-Type", "application/json; charset=utf-8"}},
                        .body = event.body};
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
  const std::string timestamp = std::to_string(seconds);
  request.headers.add("webhook-id", event.id);
  request.headers.add("webhook-timestamp", timestamp);
  if (!options.webhook_secret.empty()) {
    const auto signature = [&](const std::string& secret) {
      return "v1," + base64(hmac_sha256(webhook_key(secret), event.id + "." + timestamp + "." + event.body));
    };
    const std::string behind = behaviour.also_signs_with.empty() ? std::string() : " " + signature(behaviour.also_signs_with);
    request.headers.add("webhook-signature", signature(options.webhook_secret) + behind);
  }
  if (event.cause != 0) request.headers.add("traceparent", traceparent(event.cause));
  return request;
}

}  // namespace casewire::sim::opencx
