#include "bridge/delivery/backoff.hpp"

#include <algorithm>
#include <cstdint>

namespace casewire::bridge {

milliseconds backoff_limit(int failures, milliseconds base, milliseconds cap) {
  auto limit = base;
  for (int i = 1; i < failures && limit < cap; ++i) limit *= 2;
  return std::min(limit, cap);
}

milliseconds Backoff::delay_after(int failures) {
  const auto limit = static_cast<std::uint64_t>(backoff_limit(failures).count());
  const std::lock_guard lock(mutex_);
  return milliseconds{static_cast<std::int64_t>(rng_.below(limit)) + 1};
}

}  // namespace casewire::bridge
