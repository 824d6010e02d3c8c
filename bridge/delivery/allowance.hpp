#pragma once
// How often one customer's conversation may be worked on in an hour. A script that writes a mail a second costs a bounded number of
// calls, and the others their share of the vendors' limits. Thread-safe; knows no clock, instants are given.

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/text/time.hpp"

namespace casewire::bridge {

class Allowance {
 public:
  static constexpr int kRunsPerHour = 360;
  static constexpr milliseconds kHour{3'600'000};

  /// Counts a run. Set: it is one too many; how long until the next may begin.
  std::optional<milliseconds> wait_of(const std::string& conversation, SteadyTime now) {
    const std::lock_guard lock(mutex_);
    if (now >= hour_begins_ + kHour) {
      hour_begins_ = now;
      runs_.clear();
    }
    if (++runs_[conversation] <= kRunsPerHour) return std::nullopt;
    return hour_begins_ + kHour - now;
  }
  /// True for the first run that is one too many: one line in the log for each conversation and hour.
  bool is_news(const std::string& conversation) const {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(conversation);
    return found != runs_.end() && found->second == kRunsPerHour + 1;
  }

 private:
  mutable std::mutex mutex_;
  SteadyTime hour_begins_{};
  std::map<std::string, int> runs_;  ///< of this hour: at most one entry for each job run in it
};

}  // namespace casewire::bridge
