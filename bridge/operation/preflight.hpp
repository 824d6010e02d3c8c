#pragma once
// The checks (check.hpp) on a timer, and what they found last: what was right at the start may be changed by a deployment months later.

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/runtime/runtime.hpp"
#include "base/text/json.hpp"
#include "bridge/events/events.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Preflight {
 public:
  struct Found {
    WallTime at{};
    Json checks = Json::array();
    /// Names of the checks with that verdict.
    std::vector<std::string> with(std::string_view verdict) const;
  };

  /// While something is wrong it is looked at so often, if `every` is not shorter.
  static constexpr milliseconds kWhileWrong{5 * 60'000};

  struct Timer {
    std::optional<milliseconds> every{};  ///< nullopt: only when somebody asks
    std::function<bool()> is_untimely{};  ///< asked before each look of the timer, which is left out then; empty: never
  };
  /// `check`: check_json, which may throw StoreFailure.
  Preflight(Runtime& runtime, Events& events, Timer timer, std::function<Json()> check);

  /// Checks now, in the caller's task. May throw StoreFailure.
  Found look();
  /// Nullopt: nobody has looked yet.
  std::optional<Found> last() const;

  /// Starts the task, which looks at once. Once.
  void start();
  void request_stop();
  /// False when a look was still under way at `last_moment`.
  bool stop(SteadyTime last_moment);

 private:
  void run();

  Runtime& runtime_;
  Events& events_;
  Timer timer_;
  std::function<Json()> check_;
  mutable std::mutex mutex_;
  std::optional<Found> last_;
  std::unique_ptr<Event> stop_;
  std::unique_ptr<Event> ended_;
  std::atomic<bool> is_running_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace casewire::bridge
