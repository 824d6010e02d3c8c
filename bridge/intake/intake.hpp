#pragma once
// What comes in over HTTP: verify, bound, store durably, answer. Nothing is acknowledged before Store::commit returned, and
// nothing else is done while the sender waits.

#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/http/router.hpp"
#include "base/runtime/runtime.hpp"
#include "bridge/config.hpp"
#include "bridge/events/events.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Intake {
 public:
  /// `stored` is called after each commit that holds a job.
  Intake(Runtime& runtime, Store& store, Events& events, const Config& config, std::function<void()> stored);

  /// From now on these secrets and this wish for signatures count.
  void take_up(const Config& config);
  /// Whether the last part of the URL that the vendor calls, "opencx" or "salesforce", is one that is believed.
  bool believes(std::string_view vendor, std::string_view secret) const;

  /// Adds POST `/hooks/opencx/{secret}` and `/hooks/salesforce/{secret}`. 202 stored, 400 not understood, 401 signature, 404 secret, 413
  /// over 1 MiB, 415 media type, 503 store.
  void add_routes(http::Router& router);

 private:
  enum class Sender { opencx, salesforce };
  http::Reply receive(const http::Request& request, const std::string& secret, Sender sender);
  http::Reply take(const http::Request& request, Sender sender);
  http::Reply store_hints(const http::Request& request, Sender sender);
  void tell_taken(const std::vector<Hint>& hints, Sender sender);
  static std::string name_of(Sender sender);
  bool is_known(std::string_view subject) const;

  Runtime& runtime_;
  Store& store_;
  Events& events_;
  std::shared_ptr<const Config> settings() const;

  mutable std::mutex mutex_;
  std::shared_ptr<const Config> settings_;
  std::function<void()> stored_;
};

/// A secret of these settings stands at the end of a URL that the vendor calls.
bool is_webhook_secret(const Config& config, std::string_view vendor, std::string_view secret);

/// `{"error": "..."}`
http::Reply refuse(int status, std::string_view why);

}  // namespace casewire::bridge
