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
#include "bridge/events/events.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Vendor {
 public:
  /// Failure::code of a call that was not made because the vendor rests.
  static constexpr std::string_view kPaused = "PAUSED";

  Vendor(std::string name, Runtime& runtime, Events& events) : name_(std::move(name)), runtime_(runtime), events_(events) {}

  const std::string& name() const { return name_; }
  SteadyTime steady_now() const { return runtime_.steady_now(); }
  /// Set while the vendor rests: no call may be made.
  std::optional<Failure> pause() const;
  /// The pause has an end that has not come.
  std::optional<SteadyTime> rests_until() const;
  /// No proper answer has come since the refusal that began the pause.
  bool is_closed() const { return gate_.is_closed(); }

  /// To be told of every call's end. A refusal that concerns this call alone is a proper answer.
  void answered();
  void failed(const Failure& failure);
  /// A person has put right what was wrong: calls are made at once.
  void mended();
  /// Somebody may have: the pause is over, and whoever calls next finds out.
  void ask_now();

  /// To be told of each exchange with the vendor: reads its clock (RFC 9110, "Date") and what is left of a day's calls (REST API Developer
  /// Guide, "Sforce-Limit-Info") from any answer.
  /// `path` stands in the log: it names nobody.
  void note_exchange(std::string method, std::string path, const Result<http::Response, http::TransportError>& response,
                     SteadyTime began);
  /// The peer's clock minus ours, in whole seconds as HTTP tells it; nullopt before the first answer that told it.
  std::optional<milliseconds> clock_ahead() const;
  /// The same to reckon with (F40): zero before the first answer, and while the clocks differ no more than seconds, as a slow answer makes them.
  milliseconds difference() const;
  /// What its clock shows when ours shows `here`, and the other way.
  WallTime time_there(WallTime here) const { return here + difference(); }
  WallTime time_here(WallTime there) const { return there - difference(); }

  struct Rest {
    WallTime since{};
    std::optional<WallTime> probe_at{};  ///< nullopt: it is being probed
    Failure why{};                       ///< the newest: what is wrong may change while it rests
  };
  /// Set from the refusal that closed the gate until it is open again.
  std::optional<Rest> rest() const;
  struct Calls {
    std::uint64_t number = 0;
    milliseconds time{0};  ///< of all together
    std::optional<std::int64_t> day_used{}, day_limit{};
  };
  Calls calls() const;
  /// Nine tenths of the day's calls are used: what is left is for what customers wait for (F17).
  bool is_scarce() const;

 private:
  void note_answer(const http::Response& response);
  std::string name_;
  Runtime& runtime_;
  Events& events_;
  Gate gate_;
  mutable std::mutex mutex_;
  std::optional<milliseconds> clock_ahead_;
  SteadyTime closed_at_{};
  Rest rest_{};
  Calls calls_{};
};

struct Vendors {
  Vendor salesforce;
  Vendor opencx;

  Vendors(Runtime& runtime, Events& events) : salesforce("salesforce", runtime, events), opencx("opencx", runtime, events) {}
  Vendor* named(std::string_view name) {
    return name == salesforce.name() ? &salesforce : name == opencx.name() ? &opencx : nullptr;
  }
  bool is_closed() const { return salesforce.is_closed() || opencx.is_closed(); }
  /// An instant by the one vendor's clock, as the other's showed it.
  WallTime opencx_time(WallTime org_time) const { return opencx.time_there(salesforce.time_here(org_time)); }
  WallTime org_time(WallTime opencx_time) const { return salesforce.time_there(opencx.time_here(opencx_time)); }
  std::optional<SteadyTime> rest_until() const;
};

/// "Mon, 05 Jan 2026 09:00:00 GMT". Source: RFC 9110, 5.6.7, IMF-fixdate; the obsolete forms are not read.
std::optional<WallTime> parse_http_date(std::string_view text);

}  // namespace casewire::bridge
