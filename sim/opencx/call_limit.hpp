#pragma once
// The vendor's request limit: so many calls within any 60 seconds. That a refusal names the seconds to wait is assumed.

#include <deque>
#include <mutex>
#include <optional>

#include "base/text/time.hpp"

namespace casewire::sim::opencx {

/// Thread-safe.
class CallLimit {
 public:
  /// nullopt: the call counts. Else it is refused, and after that many seconds there is room. `calls_a_minute` 0: no limit.
  std::optional<int> refusal(int calls_a_minute, WallTime now) {
    constexpr milliseconds kWindow{60'000};
    const std::scoped_lock lock{mutex_};
    while (!calls_.empty() && now - calls_.front() >= kWindow) calls_.pop_front();
    if (calls_a_minute <= 0) return std::nullopt;
    if (calls_.size() < static_cast<std::size_t>(calls_a_minute)) {
      calls_.push_back(now);
      return std::nullopt;
    }
    const auto left = kWindow - (now - calls_.front());
    return static_cast<int>((left.count() + 999) / 1000);
  }

 private:
  std::mutex mutex_;
  std::deque<WallTime> calls_;  // those that counted within the last window
};

}  // namespace casewire::sim::opencx
