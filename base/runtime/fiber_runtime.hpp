#pragma once
// Every actor of a simulated world as a fiber on the calling thread, under virtual time. Which runnable fiber goes next
// is drawn from the seed; the same seed gives the same order. Nothing here is thread-safe: one thread owns it all.
//
// A FiberRuntime is a scheduler with any number of processes. A FiberProcess is a Runtime of its own over the shared
// clock; it can be killed at any instruction that enters the runtime, as `kill -9` would, while the others go on.

#include <memory>
#include <string>
#include <vector>

#include "base/runtime/runtime.hpp"
#include "base/text/rng.hpp"

namespace casewire {

class FiberScheduler;

class FiberProcess final : public Runtime {
 public:
  ~FiberProcess() override;  ///< kills; not on one of its own fibers

  WallTime now() const override;
  SteadyTime steady_now() const override;
  void sleep_until(SteadyTime when) override;
  void spawn(std::string name, std::function<void()> task) override;
  std::unique_ptr<Event> make_event() override;
  Activity activity() const override;  ///< of this process alone
  void enter_busy() override;
  void leave_busy() override;

  /// Ends every fiber of this process by TaskStopped, the calling one last (then it does not return). Later spawns do
  /// nothing, and a fiber of another process that sleeps or waits through this one is stopped too.
  void kill();
  bool killed() const;
  /// Whether the calling fiber is one of this process.
  bool is_running_here() const;

 private:
  friend class FiberRuntime;
  FiberProcess(FiberScheduler& scheduler, std::string name);
  struct State;
  std::unique_ptr<State> state_;
};

class FiberRuntime {
 public:
  FiberRuntime(WallTime start, std::uint64_t seed);
  ~FiberRuntime();

  /// The process must not outlive this runtime.
  std::unique_ptr<FiberProcess> make_process(std::string name);

  WallTime now() const;
  /// Runs fibers until none is runnable. At most `steps_max` switches: reaching it means a live-lock and returns false.
  bool run_until_quiet(std::size_t steps_max = 1'000'000);
  /// The earliest deadline of any fiber.
  std::optional<WallTime> next_timer() const;
  /// Moves the clock (never back) and makes due fibers runnable; does not run them.
  void advance_to(WallTime when);
  /// The names of runnable fibers, for reports.
  std::vector<std::string> runnable() const;

 private:
  std::unique_ptr<FiberScheduler> scheduler_;
};

}  // namespace casewire
