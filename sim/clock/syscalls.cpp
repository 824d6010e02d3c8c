// Programs that go past the C library's functions: Rust and .NET wait by futex, some ask the hour so.

#include <errno.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

/// FUTEX_WAIT counts from now, FUTEX_WAIT_BITSET names an hour (man 2 futex).
long wait_by_futex(long word, long operation, long expected, const timespec& limit, long second, long mask) {
  const bool is_absolute = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET;
  const clockid_t clock = (operation & FUTEX_CLOCK_REALTIME) != 0 ? CLOCK_REALTIME : CLOCK_MONOTONIC;
  const std::int64_t given = nanoseconds_of(limit);
  Waiting waiting("futex", WaitKind::signal, is_absolute ? in_board_time(clock, given) : later(board()->now.load(), given));
  while (!waiting.is_due()) {
    const long result = real::syscall(SYS_futex, word, operation, expected, nullptr, second, mask);
    if (result == 0 || errno != EINTR || !waiting.ended_by_time()) return result;
  }
  errno = ETIMEDOUT;
  return -1;
}

template <class T>
T* pointer(long value) {
  return reinterpret_cast<T*>(value);  // NOLINT(performance-no-int-to-ptr): that is what the kernel is given
}

}  // namespace

CASEWIRE_INTERPOSED long syscall(long number, ...) noexcept {
  va_list given;
  va_start(given, number);
  long a[6];
  for (long& argument : a) argument = va_arg(given, long);
  va_end(given);
  if (board() != nullptr) {
    switch (number) {
      case SYS_futex: {
        const long command = a[1] & FUTEX_CMD_MASK;
        const auto* limit = pointer<const timespec>(a[3]);
        if ((command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET) && limit != nullptr && is_valid(*limit)) {
          return wait_by_futex(a[0], a[1], a[2], *limit, a[4], a[5]);
        }
        break;
      }
      case SYS_clock_gettime: return clock_gettime(static_cast<clockid_t>(a[0]), pointer<timespec>(a[1]));
      case SYS_gettimeofday: return gettimeofday(pointer<timeval>(a[0]), pointer<void>(a[1]));
      case SYS_nanosleep: return nanosleep(pointer<timespec>(a[0]), pointer<timespec>(a[1]));
      case SYS_clock_nanosleep: {
        const int error = clock_nanosleep(static_cast<clockid_t>(a[0]), static_cast<int>(a[1]), pointer<timespec>(a[2]),
                                          pointer<timespec>(a[3]));
        if (error == 0) return 0;
        errno = error;
        return -1;
      }
      case SYS_epoll_pwait:
        return epoll_pwait(static_cast<int>(a[0]), pointer<epoll_event>(a[1]), static_cast<int>(a[2]), static_cast<int>(a[3]),
                           pointer<sigset_t>(a[4]));
      case SYS_ppoll:
        return ppoll(pointer<pollfd>(a[0]), static_cast<nfds_t>(a[1]), pointer<timespec>(a[2]), pointer<sigset_t>(a[3]));
      default: break;
    }
  }
  return real::syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
