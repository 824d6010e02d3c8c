#pragma once
// The book-keeping behind ThreadRuntime: who is busy, who waits for what, and the clock. One mutex guards all of it, so
// that a wake-up and the count of busy tasks change together: nobody sees a quiet world while somebody is being woken.

#include <condition_variable>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/runtime/runtime.hpp"

namespace casewire {

/// A thread that counts as busy: a task, or a foreign thread inside a BusyScope.
struct BusyThread {
  std::string name;
  std::size_t units = 0;  ///< one for the task itself, one for each open BusyScope
  bool asleep = false;
};

/// A thread that sleeps or waits. Lives on that thread's stack.
struct Waiter {
  std::optional<SteadyTime> deadline;
  BusyThread* thread = nullptr;
  bool woken = false;
  bool notified = false;
  std::condition_variable wake_up{};
  std::multimap<SteadyTime, Waiter*>::iterator timer{};
  std::list<Waiter*>::iterator place{};
};

class ThreadState {
 public:
  using Lock = std::unique_lock<std::mutex>;
  Lock lock() const { return Lock{mutex_}; }

  // Everything below wants the lock held.
  WallTime now() const;
  SteadyTime steady_now() const;
  WallTime wall_time_of(SteadyTime when) const;
  bool driven() const { return driven_; }
  void drive(WallTime start);
  void advance_to(WallTime when);

  bool stopping() const { return stopping_; }
  void stop();

  /// Blocks this thread until it is woken or its deadline comes. Throws TaskStopped, also when the stop came first.
  void block(Lock& lock, Waiter& waiter);
  void wake(Waiter& waiter);

  void enter(std::thread::id thread, std::string_view name);
  void leave(std::thread::id thread);

  std::size_t busy() const { return busy_; }
  std::uint64_t changes() const { return changes_; }
  std::optional<SteadyTime> next_timer() const;
  std::vector<std::string> busy_names() const;
  void wait_for_change(Lock& lock, std::uint64_t changes_seen, milliseconds real_limit) const;
  void wait_until_idle(Lock& lock, milliseconds real_limit) const;

 private:
  void add_busy(std::size_t units);
  void remove_busy(std::size_t units);
  void note_change();
  void sleep_until_woken(Lock& lock, Waiter& waiter);

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::condition_variable idle_;
  bool driven_ = false;
  bool stopping_ = false;
  WallTime driven_wall_{};
  SteadyTime driven_steady_{};
  std::size_t busy_ = 0;
  std::uint64_t changes_ = 0;
  std::map<std::thread::id, BusyThread> threads_;
  std::list<Waiter*> waiters_;
  std::multimap<SteadyTime, Waiter*> timers_;
};

}  // namespace casewire
