#pragma once
// The seam for time and tasks. Code is written once, in straight lines that look blocking; ThreadRuntime runs it on
// threads, FiberRuntime on fibers of one thread under virtual time.
//
// Rules: never hold a lock across a call into Runtime, Event or Transport. Never catch TaskStopped, and never swallow
// it in a `catch (...)`: it ends a task whose runtime stops (or, in a simulation, whose process crashes), running
// destructors. So a destructor may notify, but must not sleep or wait. An Event outlives whoever waits for it.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/text/time.hpp"

namespace casewire {

struct TaskStopped {};

/// One flag that tasks wait for. notify() before wait_until() is not lost; a wait consumes the flag.
class Event {
 public:
  virtual ~Event() = default;
  /// True when notified, false when `deadline` came first. Throws TaskStopped.
  virtual bool wait_until(SteadyTime deadline) = 0;
  virtual void wait() = 0;
  /// Any thread. Wakes one waiter, or leaves the flag set for the next.
  virtual void notify() = 0;
};

/// Who still has something to do. A world is quiet when nobody is busy: time may then move to the next timer.
struct Activity {
  std::size_t busy = 0;                    ///< tasks that are neither asleep nor waiting, plus open BusyScopes
  std::uint64_t changes = 0;               ///< grows with each change of `busy`; equal before and after means nothing happened
  std::optional<SteadyTime> next_timer{};  ///< the earliest deadline of a sleeping or waiting task
};

class Runtime {
 public:
  virtual ~Runtime() = default;
  virtual WallTime now() const = 0;
  virtual SteadyTime steady_now() const = 0;
  /// Returns at once when `when` has passed. Throws TaskStopped.
  virtual void sleep_until(SteadyTime when) = 0;
  /// Starts a task. `name` stands in reports about who holds time up. An exception other than TaskStopped that leaves
  /// the task ends the program with the task's name: tasks handle their own errors. Once the runtime stops, nothing is
  /// started any more.
  virtual void spawn(std::string name, std::function<void()> task) = 0;
  virtual std::unique_ptr<Event> make_event() = 0;
  virtual Activity activity() const = 0;
  /// Counts a foreign thread (a socket server's) as busy. Use BusyScope.
  virtual void enter_busy() = 0;
  virtual void leave_busy() = 0;

  void sleep_for(milliseconds duration) { sleep_until(steady_now() + duration); }
};

/// Ends on the thread (or fiber) that opened it; while that one sleeps or waits in the same runtime, it does not count.
class BusyScope {
 public:
  explicit BusyScope(Runtime& runtime) : runtime_(runtime) { runtime_.enter_busy(); }
  ~BusyScope() { runtime_.leave_busy(); }
  BusyScope(const BusyScope&) = delete;
  BusyScope& operator=(const BusyScope&) = delete;

 private:
  Runtime& runtime_;
};

}  // namespace casewire
