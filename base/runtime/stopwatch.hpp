#pragma once
// Real time that passed, whatever any runtime's clock shows. For the socket layer's own limits and for benchmarks;
// everything that belongs to the world asks its Runtime instead.

#include <cstdint>

#include "base/text/time.hpp"

namespace casewire {

/// Runs from its construction. Monotonic.
class RealStopwatch {
 public:
  RealStopwatch();
  milliseconds elapsed() const;
  std::int64_t elapsed_microseconds() const;
  void restart();

 private:
  std::int64_t started_nanoseconds_;
};

}  // namespace casewire
