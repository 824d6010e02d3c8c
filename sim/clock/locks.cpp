// Waiting for other threads with a time limit.

#include <errno.h>

#include "sim/clock/interposed.hpp"
#include "sim/clock/real.hpp"
#include "sim/clock/waiting.hpp"
#include "sim/clock/world_time.hpp"

using namespace casewire::sim::clock;

namespace {

// ---- condition variables

/// Which clock a condition variable counts by: bit 1 of __wrefs (glibc nptl/pthread_cond_common.c, 2.25 to 2.41).
clockid_t clock_of(const pthread_cond_t* condition) {
  return (condition->__data.__wrefs & 2U) != 0 ? CLOCK_MONOTONIC : CLOCK_REALTIME;
}

int wait_on(pthread_cond_t* condition, pthread_mutex_t* mutex, std::int64_t until) {
  Waiting waiting("pthread_cond_timedwait", WaitKind::condition, until, condition);
  if (waiting.is_due()) {
    // As the kernel would: the mutex is given away for a moment.
    ::pthread_mutex_unlock(mutex);
    ::pthread_mutex_lock(mutex);
    return ETIMEDOUT;
  }
  const int error = real::pthread_cond_wait(condition, mutex);
  return error == 0 && waiting.is_due() ? ETIMEDOUT : error;
}

// ---- locks: the kernel's wait for them ends by nothing but the lock, so they look again every millisecond

template <class TryFor>
int look_again_until(const char* call, std::int64_t until, TryFor try_for) {
  Waiting waiting(call, WaitKind::slices, until);
  for (;;) {
    timespec soon{};
    real::clock_gettime(CLOCK_REALTIME, &soon);
    soon = timespec_of(later(nanoseconds_of(soon), waiting.is_due() ? 0 : 1'000'000));
    const int error = try_for(&soon);
    if (error != ETIMEDOUT || waiting.is_due()) return error;
  }
}

// ---- semaphores

int wait_for_semaphore(sem_t* semaphore, std::int64_t until) {
  if (::sem_trywait(semaphore) == 0) return 0;
  Waiting waiting("sem_timedwait", WaitKind::signal, until);
  while (!waiting.is_due()) {
    const int result = real::sem_wait(semaphore);
    if (result == 0 || errno != EINTR || !waiting.ended_by_time()) return result;
  }
  if (::sem_trywait(semaphore) == 0) return 0;
  errno = ETIMEDOUT;
  return -1;
}

bool is_real(clockid_t clock, const timespec* until) {
  return board() == nullptr || until == nullptr || !is_of_the_world(clock) || !is_valid(*until);
}

}  // namespace

CASEWIRE_INTERPOSED int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
  if (board() == nullptr || until->tv_nsec < 0 || until->tv_nsec >= kSecond) {
    return real::pthread_cond_timedwait(condition, mutex, until);
  }
  return wait_on(condition, mutex, until->tv_sec < 0 ? 0 : in_board_time(clock_of(condition), nanoseconds_of(*until)));
}

CASEWIRE_INTERPOSED int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                               const timespec* until) {
  if (is_real(clock, until)) return real::pthread_cond_clockwait(condition, mutex, clock, until);
  return wait_on(condition, mutex, in_board_time(clock, nanoseconds_of(*until)));
}

CASEWIRE_INTERPOSED int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
  if (is_real(CLOCK_REALTIME, until)) return real::pthread_mutex_timedlock(mutex, until);
  return look_again_until("pthread_mutex_timedlock", nanoseconds_of(*until),
                          [&](const timespec* soon) { return real::pthread_mutex_timedlock(mutex, soon); });
}

CASEWIRE_INTERPOSED int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* until) noexcept {
  if (is_real(clock, until)) return real::pthread_mutex_clocklock(mutex, clock, until);
  return look_again_until("pthread_mutex_clocklock", in_board_time(clock, nanoseconds_of(*until)),
                          [&](const timespec* soon) { return real::pthread_mutex_timedlock(mutex, soon); });
}

CASEWIRE_INTERPOSED int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  if (is_real(CLOCK_REALTIME, until)) return real::pthread_rwlock_timedrdlock(lock, until);
  return look_again_until("pthread_rwlock_timedrdlock", nanoseconds_of(*until),
                          [&](const timespec* soon) { return real::pthread_rwlock_timedrdlock(lock, soon); });
}

CASEWIRE_INTERPOSED int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  if (is_real(CLOCK_REALTIME, until)) return real::pthread_rwlock_timedwrlock(lock, until);
  return look_again_until("pthread_rwlock_timedwrlock", nanoseconds_of(*until),
                          [&](const timespec* soon) { return real::pthread_rwlock_timedwrlock(lock, soon); });
}

CASEWIRE_INTERPOSED int sem_timedwait(sem_t* semaphore, const timespec* until) {
  if (is_real(CLOCK_REALTIME, until)) return real::sem_timedwait(semaphore, until);
  return wait_for_semaphore(semaphore, nanoseconds_of(*until));
}

CASEWIRE_INTERPOSED int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
  if (is_real(clock, until)) return real::sem_clockwait(semaphore, clock, until);
  return wait_for_semaphore(semaphore, in_board_time(clock, nanoseconds_of(*until)));
}
