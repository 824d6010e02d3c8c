#pragma once
// Which fiber runs next, who sleeps until when, and how a process dies. FiberRuntime, FiberProcess and their events are
// thin faces of this. One thread owns it all.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/runtime/fiber_context.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/rng.hpp"

namespace casewire {

struct Fiber;

/// What the scheduler knows of a FiberProcess.
struct FiberGroup {
  std::string name;
  bool killed = false;
  std::size_t busy = 0;
  std::uint64_t changes = 0;
  std::list<Fiber*> fibers{};  ///< in the order of their spawning
};

/// Fibers that wait for one event, first come first woken.
struct FiberQueue {
  bool set = false;
  std::list<Fiber*> waiting{};
};

struct Fiber {
  using Timers = std::multimap<SteadyTime, Fiber*>;  // equal deadlines keep the order of their insertion

  std::string name;
  std::shared_ptr<FiberGroup> group;
  std::list<Fiber*>::iterator place{};  ///< in the group
  std::unique_ptr<FiberContext> context;
  std::function<void()> function;  ///< until it starts
  bool started = false;
  bool running = false;  ///< or waiting for a fiber that it resumes itself, to end it
  bool doomed = false;   ///< its process was killed: the next step it takes in the runtime throws
  bool asleep = false;
  bool notified = false;
  std::optional<Timers::iterator> timer{};
  FiberQueue* queue = nullptr;  ///< where it waits
  /// Open BusyScopes by process, while it is awake counted there.
  std::vector<std::pair<std::shared_ptr<FiberGroup>, std::size_t>> scopes{};
};

class FiberScheduler {
 public:
  FiberScheduler(WallTime start, std::uint64_t seed) : start_(start), rng_(seed) {}
  ~FiberScheduler();

  WallTime now() const { return start_ + steady_.time_since_epoch(); }
  SteadyTime steady_now() const { return steady_; }

  bool run_until_quiet(std::size_t steps_max);
  std::optional<SteadyTime> next_timer(const FiberGroup* of = nullptr) const;
  void advance_to(WallTime when);
  std::vector<std::string> runnable() const;

  void spawn(std::shared_ptr<FiberGroup> group, std::string name, std::function<void()> task);
  /// Ends the fibers of `group`, but those that are on the way to this call: they are doomed and end when they next
  /// enter the runtime. Once is enough: later calls do nothing.
  void kill(FiberGroup& group);
  /// True for a fiber of `group`.
  bool runs_in(const FiberGroup& group) const { return current_ != nullptr && current_->group.get() == &group; }

  /// What a fiber does when it enters the runtime of `group`. These throw TaskStopped if it or the process is dead.
  void sleep_until(const FiberGroup& group, SteadyTime when);
  bool wait(const FiberGroup& group, FiberQueue& queue, std::optional<SteadyTime> deadline);

  void notify(FiberQueue& queue);
  /// Nobody will notify this queue any more: its fibers sleep on, until their deadlines if they have one.
  static void abandon(FiberQueue& queue);

  void enter_busy(const std::shared_ptr<FiberGroup>& group);
  void leave_busy(FiberGroup& group);

 private:
  void run(Fiber& fiber);
  void finish(Fiber& fiber);
  void unwind(Fiber& fiber);
  void block();
  void wake(Fiber& fiber);
  Fiber& entered(const FiberGroup& group) const;
  static void count_awake(Fiber& fiber, bool awake);

  WallTime start_;
  SteadyTime steady_{};
  SeededRng rng_;
  std::vector<Fiber*> runnable_;
  Fiber::Timers timers_;
  Fiber* current_ = nullptr;
  std::size_t fiber_count_ = 0;
};

}  // namespace casewire
