#include "sim/clock/waiting.hpp"

#include <errno.h>
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "sim/clock/real.hpp"
#include "sim/clock/timers.hpp"
#include "sim/clock/world_time.hpp"

namespace casewire::sim::clock {
namespace {

thread_local volatile sig_atomic_t woken = 0;

void on_wake_signal(int) { woken = 1; }

std::int32_t this_thread() { return static_cast<std::int32_t>(real::syscall(SYS_gettid)); }
std::int32_t this_process() { return static_cast<std::int32_t>(real::syscall(SYS_getpid)); }

/// Real time, for the short pauses of the library itself.
void pause_for(long nanoseconds) {
  const timespec pause{0, nanoseconds};
  real::syscall(SYS_nanosleep, &pause, nullptr);
}

sigset_t only(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

}  // namespace

int wake_signal() { return SIGRTMAX - 2; }

Wait& claim_wait(const char* call, WaitKind kind, std::int64_t until, void* object, std::int32_t thread) {
  Board& shared = *board();
  for (;;) {
    for (std::uint32_t at = 0; at < kWaitsMax; ++at) {
      Wait& wait = shared.waits[at];
      std::uint32_t used = shared.waits_used.load();
      while (used <= at && !shared.waits_used.compare_exchange_weak(used, at + 1)) {
      }
      std::int32_t free = 0;
      if (wait.thread.load(std::memory_order_relaxed) != 0 || !wait.thread.compare_exchange_strong(free, thread)) continue;
      wait.process = this_process();
      wait.kind = kind;
      wait.object = object;
      wait.span = until - shared.now.load();
      ::strncpy(wait.name, call, sizeof wait.name - 1);
      wait.until = until;
      return wait;
    }
    shared.lost_waits.fetch_add(1);  // more waits than any bridge has: this one is late, and the harness says so
    pause_for(1'000'000);
  }
}

void release(Wait& wait) {
  wait.until = kNever;
  wait.kind = WaitKind::none;
  wait.process = 0;
  wait.thread = 0;
}

namespace {

/// The harness need not look again and again then.
void tell_who_looks_on() {
  Board& shared = *board();
  if (shared.is_looked_at.load() == 0) return;
  shared.rests.fetch_add(1);
  real::syscall(SYS_futex, &shared.rests, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

}  // namespace

Waiting::Waiting(const char* call, WaitKind kind, std::int64_t until, void* object)
    : wait_(&claim_wait(call, kind, until, object, this_thread())), until_(until), is_by_signal_(kind == WaitKind::signal) {
  tell_who_looks_on();
  if (!is_by_signal_) return;
  // A wake-up that came too late for the wait before this one arrives here, and counts for nothing.
  const sigset_t own = only(wake_signal());
  ::pthread_sigmask(SIG_UNBLOCK, &own, nullptr);
  woken = 0;
}

Waiting::~Waiting() {
  const int error = errno;
  if (is_by_signal_) {
    const sigset_t own = only(wake_signal());
    ::pthread_sigmask(SIG_BLOCK, &own, nullptr);
  }
  release(*wait_);
  errno = error;
}

bool Waiting::is_due() const { return board()->now.load(std::memory_order_acquire) >= until_; }
std::int64_t Waiting::left() const { return std::max<std::int64_t>(0, until_ - board()->now.load()); }

bool Waiting::ended_by_time() const {
  const bool by_waker = woken != 0;
  woken = 0;
  return by_waker || is_due();
}

namespace {

/// Ends the real calls of this process whose hour has come. False when there was none.
bool wake_what_is_due(std::int32_t process) {
  Board& shared = *board();
  const std::int64_t now = shared.now.load(std::memory_order_acquire);
  bool any = false;
  for (Wait& wait : shared) {
    if (wait.process.load(std::memory_order_relaxed) != process || wait.until.load() > now) continue;
    any = true;
    switch (wait.kind.load()) {
      case WaitKind::signal: real::syscall(SYS_tgkill, process, wait.thread.load(), wake_signal()); break;
      case WaitKind::condition: {
        // The waiter holds the mutex until it waits; a broadcast that came too early is repeated until the wait is over.
        void* condition = wait.object.load();
        if (condition != nullptr) real::pthread_cond_broadcast(static_cast<pthread_cond_t*>(condition));
        break;
      }
      case WaitKind::timer: fire_timer(wait); break;
      case WaitKind::slices:
      case WaitKind::none: break;
    }
  }
  return any;
}

void* run_waker(void*) {
  const std::int32_t process = this_process();
  Board& shared = *board();
  for (;;) {
    const std::uint32_t seen = shared.jumps.load(std::memory_order_acquire);
    constexpr long kBetweenTries = 30'000;
    while (wake_what_is_due(process)) pause_for(kBetweenTries);
    real::syscall(SYS_futex, &shared.jumps, FUTEX_WAIT, seen, nullptr, nullptr, 0);
  }
  return nullptr;
}

void enter_process() {
  const std::int32_t process = this_process();
  for (auto& place : board()->processes) {
    std::int32_t free = 0;
    if (place.load() == process || place.compare_exchange_strong(free, process)) return;
  }
}

}  // namespace

void start_waker() {
  struct sigaction action {};
  action.sa_handler = on_wake_signal;  // and no SA_RESTART: the call is to end
  ::sigaction(wake_signal(), &action, nullptr);
  enter_process();
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (::pthread_create(&thread, nullptr, run_waker, nullptr) == 0) ::pthread_detach(thread);
  // Blocked but in a wait of ours, or a late wake-up would end another call of the program. All threads inherit that.
  sigaddset(&before, wake_signal());
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace casewire::sim::clock
