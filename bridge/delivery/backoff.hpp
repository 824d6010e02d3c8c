#pragma once
// When to try again: capped exponential back-off with full jitter, so that a crowd that failed together does not return together.

#include <mutex>

#include "base/text/rng.hpp"
#include "base/text/time.hpp"

namespace casewire::bridge {

inline constexpr milliseconds kBackoffBase{1'000};
inline constexpr milliseconds kBackoffCap{5 * 60'000};

/// The longest delay after that many failures in a row (from 1): base, 2 base, 4 base, ... cap.
milliseconds backoff_limit(int failures, milliseconds base = kBackoffBase, milliseconds cap = kBackoffCap);

/// Uniform in (0, backoff_limit]. Thread-safe, as an Rng is not.
class Backoff {
 public:
  explicit Backoff(Rng& rng) : rng_(rng) {}
  milliseconds delay_after(int failures);

 private:
  std::mutex mutex_;
  Rng& rng_;
};

}  // namespace casewire::bridge
