#pragma once
// What the bridge knows of a vendor's service as a whole, from the answers of all calls to it: whether it takes calls, and how far its
// clock is from ours. An outage is one line in the log, and its end another.

#include <atomic>
#include <mutex>
#include <optional>
#include <string>

#include "base/http/message.hpp"
#include "base/runtime/runtime.hpp"
#include "bridge/delivery/failure.hpp"
#include "bridge/delivery/gate.hpp"
#include "bridge/log.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Vendor {
 public:
  /// Failure::code of a call that was not made because the vendor rests.
  static constexpr std::string_view kPaused = "PAUSED";

  Vendor(std::string name, Runtime& runtime, Log& log) : name_(std::move(name)), runtime_(runtime), log_(log) {}

  const std::string& name() const { return name_; }
  /// Set while the vendor rests: no call may be made.
  std::optional<Failure> pause() const;
  /// The pause has an end that has not come.
  std::optional<SteadyTime> rests_until() const;
  /// No proper answer has come since the refusal that began the pause.
  bool is_closed() const { return gate_.is_closed(); }

  /// To be told of every call's end. A refusal that concerns this call alone is a proper answer.
  void answered();
  void failed(const Failure& failure);

  /// Reads the peer's time (RFC 9110, "Date") from any answer.
  void note_time(const http::Response& response);
  /// The peer's clock minus ours, in whole seconds as HTTP tells it; nullopt before the first answer that told it.
  std::optional<milliseconds> clock_ahead() const;

 private:
  std::string name_;
  Runtime& runtime_;
  Log& log_;
  Gate gate_;
  mutable std::mutex mutex_;
  std::optional<milliseconds> clock_ahead_;
  SteadyTime closed_at_{};
};

struct Vendors {
  Vendor salesforce;
  Vendor opencx;

  Vendors(Runtime& runtime, Log& log) : salesforce("salesforce", runtime, log), opencx("opencx", runtime, log) {}
  Vendor* named(std::string_view name) {
    return name == salesforce.name() ? &salesforce : name == opencx.name() ? &opencx : nullptr;
  }
  bool is_closed() const { return salesforce.is_closed() || opencx.is_closed(); }
  std::optional<SteadyTime> rest_until() const;
};

/// "Mon, 05 Jan 2026 09:00:00 GMT". Source: RFC 9110, 5.6.7, IMF-fixdate; the obsolete forms are not read.
std::optional<WallTime> parse_http_date(std::string_view text);

}  // namespace casewire::bridge
