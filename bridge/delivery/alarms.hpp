#pragma once
// What an operator should know though work goes on: shown at /readyz for a day.

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::bridge {

/// Thread-safe.
class Alarms {
 public:
  static constexpr milliseconds kShown{24 * 3'600'000};

  void raise(std::string text, WallTime now) {
    const std::lock_guard lock(mutex_);
    raised_[std::move(text)] = now;
  }
  std::vector<std::string> texts(WallTime now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(raised_, [&](const auto& alarm) { return now - alarm.second > kShown; });
    std::vector<std::string> texts;
    for (const auto& [text, at] : raised_) texts.push_back(iso8601(at) + " " + text);
    return texts;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, WallTime> raised_;  ///< few: each text is a fixed one, or names a vendor
};

}  // namespace casewire::bridge
