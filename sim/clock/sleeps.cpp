// Sleeping.

#include <errno.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

/// 0, or EINTR with what was left.
int sleep_until(const char* call, std::int64_t until, std::int64_t& left) {
  Waiting waiting(call, WaitKind::signal, until);
  while (!waiting.is_due()) {
    if (real::poll(nullptr, 0, -1) == 0 || waiting.ended_by_time()) continue;
    left = waiting.left();
    return left > 0 ? EINTR : 0;
  }
  return 0;
}

int sleep_for(const char* call, std::int64_t duration, std::int64_t& left) {
  return sleep_until(call, later(board()->now.load(), duration), left);
}

}  // namespace

void casewire::sim::clock::rest_for_a_moment() {
  const int error = errno;
  std::int64_t ignored = 0;
  sleep_for("clock_gettime in a loop", 1'000'000, ignored);
  errno = error;
}

CASEWIRE_INTERPOSED int nanosleep(const timespec* duration, timespec* left) {
  if (board() == nullptr || duration == nullptr || !is_valid(*duration)) return real::nanosleep(duration, left);
  std::int64_t remaining = 0;
  const int error = sleep_for("nanosleep", nanoseconds_of(*duration), remaining);
  if (error == 0) return 0;
  if (left != nullptr) *left = timespec_of(remaining);
  errno = error;
  return -1;
}

CASEWIRE_INTERPOSED int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  if (board() == nullptr || !is_of_the_world(clock) || time == nullptr || !is_valid(*time)) {
    return real::clock_nanosleep(clock, flags, time, left);
  }
  std::int64_t remaining = 0;
  if ((flags & TIMER_ABSTIME) != 0) {
    return sleep_until("clock_nanosleep", in_board_time(clock, nanoseconds_of(*time)), remaining);
  }
  const int error = sleep_for("clock_nanosleep", nanoseconds_of(*time), remaining);
  if (error != 0 && left != nullptr) *left = timespec_of(remaining);
  return error;
}

CASEWIRE_INTERPOSED unsigned sleep(unsigned seconds) {
  timespec left{};
  const timespec duration{static_cast<time_t>(seconds), 0};
  if (nanosleep(&duration, &left) == 0) return 0;
  return static_cast<unsigned>(left.tv_sec + (left.tv_nsec >= kSecond / 2 ? 1 : 0));
}

CASEWIRE_INTERPOSED int usleep(useconds_t microseconds) {
  const timespec duration{static_cast<time_t>(microseconds / 1'000'000), static_cast<long>(microseconds % 1'000'000) * 1000};
  return nanosleep(&duration, nullptr);
}
