// What hour it is.

#include <sys/time.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

/// A limit that was rounded down to nothing makes a loop that looks at the clock until it has moved on. On a machine it ends by itself; here it
/// rests for a moment when nobody can mean so many looks at one hour.
void rest_if_looping() {
  constexpr int kLooksMax = 10'000;
  thread_local std::int64_t seen = 0;
  thread_local int looks = 0;
  const std::int64_t now = board()->now.load(std::memory_order_relaxed);
  if (now != seen) {
    seen = now;
    looks = 0;
  } else if (++looks == kLooksMax) {
    rest_for_a_moment();
    looks = 0;
  }
}

}  // namespace

CASEWIRE_INTERPOSED int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (board() == nullptr || !is_of_the_world(clock)) {
    return real::clock_gettime(clock, time);
  }
  rest_if_looping();
  *time = timespec_of(now_of(clock));
  return 0;
}

CASEWIRE_INTERPOSED int gettimeofday(timeval* __restrict time, void* __restrict zone) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  if (zone != nullptr) *static_cast<struct timezone*>(zone) = {};
  return 0;
}

CASEWIRE_INTERPOSED time_t time(time_t* seconds) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (seconds != nullptr) *seconds = now.tv_sec;
  return now.tv_sec;
}

CASEWIRE_INTERPOSED int timespec_get(timespec* time, int base) noexcept {
  if (base != TIME_UTC) return 0;
  return clock_gettime(CLOCK_REALTIME, time) == 0 ? base : 0;
}
