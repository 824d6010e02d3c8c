#pragma once
// Whether the bridge does what it is there for, in one word and with reasons.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

struct Readiness {
  std::string_view word = "ready";  ///< or "not running", "store failed", "paused", "parked", "check failed"
  std::optional<JobCounts> jobs{};  ///< while a vendor rests, what is due waits; nullopt: the store does not tell
  std::vector<std::string> reasons{};
  std::string why_not_read{};  ///< of a store that cannot be read, in its own words: not for whoever reaches the port
  bool is_ready() const { return word == "ready"; }
};

/// A store that fails is an answer, not an exception. No vendor's words stand in it: whoever reaches the port may read it.
Readiness readiness_of(const Insight& insight);

/// What is due cannot run while a vendor rests.
JobCounts jobs_of(const Insight& insight);

}  // namespace casewire::bridge
