#pragma once
// Where a clock on the wall hangs, so that what it shows is a moment. Zones by name are the system's own (IANA time zone database).

#include <chrono>
#include <string>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

/// What a clock on the wall shows.
using LocalTime = std::chrono::local_time<milliseconds>;

class TimeZone {
 public:
  /// "Europe/Berlin", "UTC", "+01:00". The error is for people.
  static Result<TimeZone, std::string> named(const std::string& name);
  explicit TimeZone(std::chrono::minutes ahead) : ahead_(ahead) {}

  /// When clocks there show that: once; twice in the hour that comes again in autumn; never in the one that is left out in spring. Not
  /// thread-safe: the system knows one zone at a time.
  std::vector<WallTime> moments(LocalTime shown) const;

 private:
  explicit TimeZone(std::string name) : name_(std::move(name)) {}

  std::string name_{};  ///< empty: `ahead_` of UTC, always
  std::chrono::minutes ahead_{0};
};

}  // namespace casewire::scenarios
