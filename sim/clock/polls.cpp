// Waiting for descriptors with a time limit.

#include <errno.h>
#include <sys/syscall.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

/// `wait` is the call without a limit, `look` the one that does not wait: what happens at the last moment is still seen.
template <class Wait, class Look>
int wait_for_descriptors(Waiting& waiting, Wait wait, Look look) {
  while (!waiting.is_due()) {
    const int ready = wait();
    if (ready >= 0 || errno != EINTR) return ready;
    if (!waiting.ended_by_time()) return ready;
  }
  for (;;) {
    const int ready = look();
    if (ready >= 0 || errno != EINTR || !waiting.ended_by_time()) return ready;
  }
}

std::int64_t after(std::int64_t duration) { return later(board()->now.load(), duration); }
constexpr std::int64_t kMillisecond = 1'000'000;

/// The program's mask for the time of the wait, but the waker's signal comes through.
class OpenMask {
 public:
  explicit OpenMask(const sigset_t* mask) : is_given_(mask != nullptr) {
    if (!is_given_) return;
    mask_ = *mask;
    sigdelset(&mask_, wake_signal());
  }
  const sigset_t* get() const { return is_given_ ? &mask_ : nullptr; }

 private:
  bool is_given_;
  sigset_t mask_{};
};

/// No limit, none that is valid, or no wait at all: the kernel's own affair.
bool is_real(const timespec* limit) {
  return board() == nullptr || limit == nullptr || !is_valid(*limit) || nanoseconds_of(*limit) == 0;
}
bool is_real(int milliseconds) { return board() == nullptr || milliseconds <= 0; }

}  // namespace

CASEWIRE_INTERPOSED int poll(pollfd* descriptors, nfds_t count, int limit) {
  if (is_real(limit)) return real::poll(descriptors, count, limit);
  Waiting waiting("poll", WaitKind::signal, after(limit * kMillisecond));
  return wait_for_descriptors(
      waiting, [&] { return real::poll(descriptors, count, -1); }, [&] { return real::poll(descriptors, count, 0); });
}

CASEWIRE_INTERPOSED int ppoll(pollfd* descriptors, nfds_t count, const timespec* limit, const sigset_t* mask) {
  if (is_real(limit)) return real::ppoll(descriptors, count, limit, mask);
  const OpenMask open(mask);
  const timespec none{};
  Waiting waiting("ppoll", WaitKind::signal, after(nanoseconds_of(*limit)));
  return wait_for_descriptors(
      waiting, [&] { return real::ppoll(descriptors, count, nullptr, open.get()); },
      [&] { return real::ppoll(descriptors, count, &none, mask); });
}

namespace {

/// select() answers in the sets it was asked with: each try gets its own copy.
class Sets {
 public:
  Sets(fd_set* read, fd_set* write, fd_set* except) : given_{read, write, except} {
    for (int i = 0; i < 3; ++i) {
      if (given_[i] != nullptr) before_[i] = *given_[i];
    }
  }
  void ask_again() {
    for (int i = 0; i < 3; ++i) {
      if (given_[i] != nullptr) *given_[i] = before_[i];
    }
  }

 private:
  fd_set* given_[3];
  fd_set before_[3]{};
};

}  // namespace

CASEWIRE_INTERPOSED int select(int count, fd_set* read, fd_set* write, fd_set* except, timeval* limit) {
  const bool is_valid_limit = limit != nullptr && limit->tv_sec >= 0 && limit->tv_usec >= 0;
  const std::int64_t duration =
      is_valid_limit ? later(nanoseconds_of({limit->tv_sec, 0}), static_cast<std::int64_t>(limit->tv_usec) * 1000) : 0;
  if (board() == nullptr || duration == 0) return real::select(count, read, write, except, limit);
  Sets sets(read, write, except);
  Waiting waiting("select", WaitKind::signal, after(duration));
  const int ready = wait_for_descriptors(
      waiting,
      [&] {
        sets.ask_again();
        return real::select(count, read, write, except, nullptr);
      },
      [&] {
        sets.ask_again();
        timeval none{};
        return real::select(count, read, write, except, &none);
      });
  const timespec left = timespec_of(waiting.left());  // Linux tells what was left (man 2 select)
  *limit = {left.tv_sec, left.tv_nsec / 1000};
  return ready;
}

CASEWIRE_INTERPOSED int pselect(int count, fd_set* read, fd_set* write, fd_set* except, const timespec* limit,
                                const sigset_t* mask) {
  if (is_real(limit)) return real::pselect(count, read, write, except, limit, mask);
  const OpenMask open(mask);
  Sets sets(read, write, except);
  const timespec none{};
  Waiting waiting("pselect", WaitKind::signal, after(nanoseconds_of(*limit)));
  return wait_for_descriptors(
      waiting,
      [&] {
        sets.ask_again();
        return real::pselect(count, read, write, except, nullptr, open.get());
      },
      [&] {
        sets.ask_again();
        return real::pselect(count, read, write, except, &none, mask);
      });
}

CASEWIRE_INTERPOSED int epoll_pwait(int set, epoll_event* events, int count, int limit, const sigset_t* mask) {
  if (is_real(limit)) return real::epoll_pwait(set, events, count, limit, mask);
  const OpenMask open(mask);
  Waiting waiting("epoll_wait", WaitKind::signal, after(limit * kMillisecond));
  return wait_for_descriptors(
      waiting, [&] { return real::epoll_pwait(set, events, count, -1, open.get()); },
      [&] { return real::epoll_pwait(set, events, count, 0, mask); });
}

CASEWIRE_INTERPOSED int epoll_wait(int set, epoll_event* events, int count, int limit) {
  return epoll_pwait(set, events, count, limit, nullptr);
}

CASEWIRE_INTERPOSED int epoll_pwait2(int set, epoll_event* events, int count, const timespec* limit, const sigset_t* mask) {
  if (is_real(limit)) {
    return static_cast<int>(real::syscall(SYS_epoll_pwait2, set, events, count, limit, mask, _NSIG / 8));
  }
  const OpenMask open(mask);
  Waiting waiting("epoll_wait", WaitKind::signal, after(nanoseconds_of(*limit)));
  return wait_for_descriptors(
      waiting, [&] { return real::epoll_pwait(set, events, count, -1, open.get()); },
      [&] { return real::epoll_pwait(set, events, count, 0, mask); });
}
