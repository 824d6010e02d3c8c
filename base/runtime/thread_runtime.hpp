#pragma once
// Runtime on threads. Its clock is the system's, until drive() hands it to a harness: from then on time stands still
// and moves only by advance_to().

#include <memory>
#include <string>
#include <vector>

#include "base/runtime/runtime.hpp"

namespace casewire {

class ThreadRuntime final : public Runtime {
 public:
  ThreadRuntime();
  /// Stops and joins.
  ~ThreadRuntime() override;

  WallTime now() const override;
  SteadyTime steady_now() const override;
  void sleep_until(SteadyTime when) override;
  void spawn(std::string name, std::function<void()> task) override;
  std::unique_ptr<Event> make_event() override;
  Activity activity() const override;
  void enter_busy() override;
  void leave_busy() override;

  /// From now on the wall clock shows `start` and stands still. Once.
  void drive(WallTime start);
  bool driven() const;
  /// Moves a driven clock forward (never back) and counts everybody whose timer is due as busy before it returns.
  void advance_to(WallTime when);
  /// The wall time of an instant of this runtime's steady clock.
  WallTime wall_time_of(SteadyTime when) const;
  /// Waits until activity().changes differs from `changes_seen` or `real_limit` of real time has passed. For harness
  /// threads only.
  void wait_for_change(std::uint64_t changes_seen, milliseconds real_limit) const;
  /// Waits until nobody is busy or `real_limit` of real time has passed; is not woken by the changes before that. For harness threads only.
  void wait_until_idle(milliseconds real_limit) const;

  /// Sleeps and waits throw TaskStopped from now on, in tasks and foreign threads alike; returns when every task has
  /// ended. Not to be called from a task.
  void stop();
  /// The names of tasks that are busy now, for reports.
  std::vector<std::string> busy_tasks() const;

 private:
  struct State;
  class ThreadEvent;
  std::shared_ptr<State> state_;
};

}  // namespace casewire
