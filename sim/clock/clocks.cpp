// What hour it is.

#include <sys/time.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

CASEWIRE_INTERPOSED int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (board() == nullptr || !is_of_the_world(clock)) {
    return real::clock_gettime(clock, time);
  }
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
