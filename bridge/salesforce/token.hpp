#pragma once
// The access token of the integration user, by the refresh-token flow. Kept in memory: a restart costs one more refresh.
// Source: Salesforce Help, "OAuth 2.0 Refresh Token Flow for Renewed Sessions".
// Left out: a refresh token that the org rotates is used from memory, and not kept over a restart.

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/delivery/failure.hpp"

namespace casewire::bridge::salesforce {

struct Access {
  std::string token;
  std::string instance_url;
  std::string user_id;  ///< our own user, from the identity URL of the token answer: never from the configuration (F45)
};

/// Thread-safe. However many tasks ask at once, one request goes out: under rotation a second one would end the connection (F15).
class AccessTokens {
 public:
  AccessTokens(http::Transport& transport, Runtime& runtime, const Config& config, Log& log);

  /// The present access, or a new one when there is none or `refused` is the present token.
  Outcome<Access> access(std::string_view refused, std::string_view trace);

 private:
  Outcome<Access> refresh(std::string_view trace);

  http::Transport& transport_;
  Runtime& runtime_;
  Log& log_;
  std::string login_url_;
  std::string client_id_;
  std::string client_secret_;
  http::Deadline deadline_;

  std::mutex mutex_;
  std::string refresh_token_;
  Access access_;
  bool is_refreshing_ = false;
  Outcome<Access> last_{};
  std::vector<std::shared_ptr<Event>> waiters_;
};

}  // namespace casewire::bridge::salesforce
