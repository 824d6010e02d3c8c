#pragma once
// The one place that learns what the bridge does. Each happening becomes a line of the log, moves a counter, and is remembered for a while,
// so that an operator can ask what happened to a session, a Case or a message.

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/runtime/runtime.hpp"
#include "bridge/events/happening.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Events {
 public:
  /// So many are remembered: those that name a conversation's parts, without LogLevel::debug.
  static constexpr std::size_t kRemembered = 5'000;

  struct Told {
    WallTime at{};
    const Happening* what = nullptr;
    LogFields facts{};
  };
  /// A counter's name and labels, and what they came to.
  struct Count {
    std::string counter;
    std::string result;
    std::string vendor;
    std::uint64_t value = 0;
  };

  Events(Runtime& runtime, Log& log);

  void tell(const Happening& what, LogFields facts = {});

  /// Remembered ones that name one of `ids` in a fact ("case:500..." names 500... too), oldest first.
  std::vector<Told> about(const std::vector<std::string>& ids) const;
  /// Whether one of the remembered ones that name `id` likewise was told at `since` or later.
  bool has_told_of(const std::string& id, WallTime since) const;
  /// When it was last told of that vendor (empty: of any).
  std::optional<WallTime> last(const Happening& what, std::string_view vendor = {}) const;
  /// When one of that vendor's webhooks last got through to the bridge, whether it had work for it or not.
  std::optional<WallTime> last_webhook(std::string_view vendor) const {
    return std::max(last(happening::webhook_taken, vendor), last(happening::webhook_idle, vendor));
  }
  /// By counter, result and vendor.
  std::vector<Count> counts() const;

 private:
  struct Series {
    std::uint64_t value = 0;
    std::optional<WallTime> last{};
  };
  using Key = std::pair<const Happening*, std::string>;  ///< with the vendor, one of two
  /// Of LogShare::ten_a_minute: what the log has had of the same words since.
  struct Minute {
    SteadyTime begun{};
    std::uint64_t told = 0;
  };

  /// Whether the log gets this one. Adds to `facts` how many of its kind it did not get before.
  bool is_for_the_log(const Happening& what, LogFields& facts);

  Runtime& runtime_;
  Log& log_;
  mutable std::mutex mutex_;
  std::map<Key, Series> series_;
  std::deque<Told> remembered_;
  std::map<Key, Minute> minutes_;  ///< here the key has all facts
};

}  // namespace casewire::bridge
