#include "sim/clock/timers.hpp"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>

#include <algorithm>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

namespace casewire::sim::clock {
namespace {

enum class Kind { none, descriptor, posix, interval };

struct Timer {
  Kind kind = Kind::none;
  int descriptor = -1;
  timer_t posix{};
  std::int64_t next = kNever;  ///< board time
  std::int64_t interval = 0;
  Wait* wait = nullptr;
};

constexpr int kTimersMax = 512;
Timer timers[kTimersMax];
std::atomic_flag taken = ATOMIC_FLAG_INIT;

/// The real timer fires at once.
void tell(const Timer& timer) {
  const itimerspec at_once{{0, 0}, {0, 1}};
  switch (timer.kind) {
    case Kind::descriptor: real::timerfd_settime(timer.descriptor, 0, &at_once, nullptr); break;
    case Kind::posix: real::timer_settime(timer.posix, 0, &at_once, nullptr); break;
    case Kind::interval: real::syscall(SYS_kill, real::syscall(SYS_getpid), SIGALRM); break;
    case Kind::none: break;
  }
}

/// Signal handlers may set timers: none runs in this thread while it has the table.
class Table {
 public:
  Table() {
    sigset_t all;
    sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    while (taken.test_and_set(std::memory_order_acquire)) real::syscall(SYS_sched_yield);
  }
  ~Table() {
    taken.clear(std::memory_order_release);
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

  static Timer* find(Kind kind, int descriptor, timer_t posix) {
    const auto is_it = [&](const Timer& timer) {
      return timer.kind == kind && (kind != Kind::descriptor || timer.descriptor == descriptor) &&
             (kind != Kind::posix || timer.posix == posix);
    };
    auto* found = std::find_if(std::begin(timers), std::end(timers), is_it);
    return found == std::end(timers) ? nullptr : found;
  }

  /// nullptr when the table is full.
  static Timer* find_or_make(Kind kind, int descriptor, timer_t posix) {
    Timer* timer = find(kind, descriptor, posix);
    if (timer == nullptr) timer = find(Kind::none, -1, {});
    if (timer != nullptr) timer->kind = kind, timer->descriptor = descriptor, timer->posix = posix;
    return timer;
  }

  /// `next` in the past: it fires at once.
  static void set(Timer& timer, const char* call, std::int64_t next, std::int64_t interval) {
    if (timer.wait != nullptr) release(*timer.wait);
    timer.wait = nullptr;
    timer.next = next;
    timer.interval = interval;
    if (timer.next <= board()->now.load()) {
      tell(timer);
      timer.next = interval > 0 ? later(board()->now.load(), interval) : kNever;
    }
    if (timer.next == kNever) {
      timer.kind = Kind::none;
      return;
    }
    timer.wait = &claim_wait(call, WaitKind::timer, timer.next, &timer, static_cast<std::int32_t>(real::syscall(SYS_getpid)));
  }

 private:
  sigset_t before_;
};

itimerspec remaining(const Timer* timer) {
  if (timer == nullptr || timer->next == kNever) return {};
  // 1 ns: a timer that is due and not told yet is not disarmed.
  return {timespec_of(timer->interval), timespec_of(std::max<std::int64_t>(1, timer->next - board()->now.load()))};
}

/// When a timer that was set to `value` is due; kNever: it is disarmed.
std::int64_t first_hour(const timespec& value, bool is_absolute, clockid_t clock) {
  const std::int64_t given = nanoseconds_of(value);
  if (given == 0) return kNever;
  return is_absolute ? in_board_time(clock, given) : later(board()->now.load(), given);
}

/// Which clock a timerfd or POSIX timer counts by is known at its creation only.
constexpr int kDescriptorsMax = 65'536;
std::atomic<std::int8_t> clock_of_descriptor[kDescriptorsMax];  ///< clock id + 1; 0: no timerfd

}  // namespace

void fire_timer(Wait& wait) {
  Table table;
  auto* timer = static_cast<Timer*>(wait.object.load());
  if (timer == nullptr || timer->wait != &wait || timer->next > board()->now.load()) return;
  char name[sizeof wait.name];
  ::memcpy(name, wait.name, sizeof name);
  Table::set(*timer, name, timer->next, timer->interval);
}

void forget_descriptor(int descriptor) {
  if (descriptor < 0 || descriptor >= kDescriptorsMax || clock_of_descriptor[descriptor].exchange(0) == 0) return;
  Table table;
  if (Timer* timer = Table::find(Kind::descriptor, descriptor, {})) Table::set(*timer, "timerfd", kNever, 0);
}

}  // namespace casewire::sim::clock

using namespace casewire::sim::clock;

// ---- timerfd (man 2 timerfd_create)

CASEWIRE_INTERPOSED int timerfd_create(int clock, int flags) {
  const int descriptor = static_cast<int>(real::syscall(SYS_timerfd_create, clock, flags));
  if (board() != nullptr && descriptor >= 0 && descriptor < kDescriptorsMax) {
    clock_of_descriptor[descriptor] = static_cast<std::int8_t>(clock + 1);
  }
  return descriptor;
}

CASEWIRE_INTERPOSED int timerfd_settime(int descriptor, int flags, const itimerspec* value, itimerspec* before) {
  const bool is_known =
      board() != nullptr && descriptor >= 0 && descriptor < kDescriptorsMax && clock_of_descriptor[descriptor] != 0;
  if (!is_known || value == nullptr || !is_valid(value->it_value) || !is_valid(value->it_interval)) {
    return real::timerfd_settime(descriptor, flags, value, before);
  }
  Table table;
  const itimerspec disarmed{};
  // Whatever it was to tell is taken back, as the kernel does.
  if (real::timerfd_settime(descriptor, 0, &disarmed, nullptr) != 0) return -1;
  Timer* timer = Table::find_or_make(Kind::descriptor, descriptor, {});
  if (timer == nullptr) return real::timerfd_settime(descriptor, flags, value, before);
  if (before != nullptr) *before = remaining(timer);
  const auto clock = static_cast<clockid_t>(clock_of_descriptor[descriptor].load() - 1);
  Table::set(*timer, "timerfd", first_hour(value->it_value, (flags & TFD_TIMER_ABSTIME) != 0, clock),
             nanoseconds_of(value->it_interval));
  return 0;
}

CASEWIRE_INTERPOSED int timerfd_gettime(int descriptor, itimerspec* value) {
  const bool is_known =
      board() != nullptr && descriptor >= 0 && descriptor < kDescriptorsMax && clock_of_descriptor[descriptor] != 0;
  if (!is_known || value == nullptr) return real::timerfd_gettime(descriptor, value);
  Table table;
  *value = remaining(Table::find(Kind::descriptor, descriptor, {}));
  return 0;
}

// ---- POSIX timers (man 2 timer_settime)

CASEWIRE_INTERPOSED int timer_settime(timer_t id, int flags, const itimerspec* value, itimerspec* before) {
  if (board() == nullptr || value == nullptr || !is_valid(value->it_value) || !is_valid(value->it_interval)) {
    return real::timer_settime(id, flags, value, before);
  }
  Table table;
  const itimerspec disarmed{};
  if (real::timer_settime(id, 0, &disarmed, nullptr) != 0) return -1;
  Timer* timer = Table::find_or_make(Kind::posix, -1, id);
  if (timer == nullptr) return real::timer_settime(id, flags, value, before);
  if (before != nullptr) *before = remaining(timer);
  // Which of the two clocks an absolute hour is meant by shows in its size: the monotonic one counts from the machine's start.
  const std::int64_t given = nanoseconds_of(value->it_value);
  const clockid_t clock = given > board()->monotonic_offset ? CLOCK_REALTIME : CLOCK_MONOTONIC;
  Table::set(*timer, "timer_settime", first_hour(value->it_value, (flags & TIMER_ABSTIME) != 0, clock),
             nanoseconds_of(value->it_interval));
  return 0;
}

CASEWIRE_INTERPOSED int timer_gettime(timer_t id, itimerspec* value) {
  if (board() == nullptr || value == nullptr) return real::timer_gettime(id, value);
  Table table;
  const Timer* timer = Table::find(Kind::posix, -1, id);
  if (timer == nullptr) return real::timer_gettime(id, value);
  *value = remaining(timer);
  return 0;
}

CASEWIRE_INTERPOSED int timer_delete(timer_t id) {
  if (board() != nullptr) {
    Table table;
    if (Timer* timer = Table::find(Kind::posix, -1, id)) Table::set(*timer, "timer_settime", kNever, 0);
  }
  return real::timer_delete(id);
}

// ---- interval timers and alarm (man 2 setitimer)

namespace {

timespec of(const timeval& value) { return {value.tv_sec, value.tv_usec * 1000}; }
timeval of(const timespec& value) { return {value.tv_sec, value.tv_nsec / 1000}; }
bool is_valid_timeval(const timeval& value) { return value.tv_sec >= 0 && value.tv_usec >= 0 && value.tv_usec < 1'000'000; }

/// The time that was left until SIGALRM.
itimerspec set_interval(const timespec& first, const timespec& interval) {
  Table table;
  Timer* timer = Table::find_or_make(Kind::interval, -1, {});
  if (timer == nullptr) return {};
  const itimerspec before = remaining(timer);
  Table::set(*timer, "setitimer", first_hour(first, false, CLOCK_REALTIME), nanoseconds_of(interval));
  return before;
}

}  // namespace

CASEWIRE_INTERPOSED int setitimer(__itimer_which_t which, const itimerval* value, itimerval* before) noexcept {
  const bool is_ours = board() != nullptr && which == ITIMER_REAL && value != nullptr && is_valid_timeval(value->it_value) &&
                       is_valid_timeval(value->it_interval);
  if (!is_ours) return real::setitimer(which, value, before);
  const itimerspec left = set_interval(of(value->it_value), of(value->it_interval));
  if (before != nullptr) *before = {of(left.it_interval), of(left.it_value)};
  return 0;
}

CASEWIRE_INTERPOSED int getitimer(__itimer_which_t which, itimerval* value) noexcept {
  if (board() == nullptr || which != ITIMER_REAL || value == nullptr) return real::getitimer(which, value);
  Table table;
  const itimerspec left = remaining(Table::find(Kind::interval, -1, {}));
  *value = {of(left.it_interval), of(left.it_value)};
  return 0;
}

CASEWIRE_INTERPOSED unsigned alarm(unsigned seconds) noexcept {
  if (board() == nullptr) {
    const itimerval value{{0, 0}, {static_cast<time_t>(seconds), 0}};
    itimerval before{};
    real::setitimer(ITIMER_REAL, &value, &before);
    return static_cast<unsigned>(before.it_value.tv_sec + (before.it_value.tv_usec > 0 ? 1 : 0));
  }
  const itimerspec left = set_interval({static_cast<time_t>(seconds), 0}, {0, 0});
  return static_cast<unsigned>(left.it_value.tv_sec + (left.it_value.tv_nsec > 0 ? 1 : 0));
}
