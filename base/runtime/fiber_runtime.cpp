#include "base/runtime/fiber_runtime.hpp"

#include <cassert>
#include <utility>

#include "base/runtime/fiber_scheduler.hpp"

namespace casewire {
namespace {

class FiberEvent final : public Event {
 public:
  FiberEvent(FiberScheduler& scheduler, std::shared_ptr<const FiberGroup> group)
      : scheduler_(scheduler), group_(std::move(group)) {}
  ~FiberEvent() override { FiberScheduler::abandon(queue_); }

  bool wait_until(SteadyTime deadline) override { return scheduler_.wait(*group_, queue_, deadline); }
  void wait() override { scheduler_.wait(*group_, queue_, std::nullopt); }
  void notify() override { scheduler_.notify(queue_); }

 private:
  FiberScheduler& scheduler_;
  std::shared_ptr<const FiberGroup> group_;
  FiberQueue queue_;
};

}  // namespace

struct FiberProcess::State {
  FiberScheduler& scheduler;
  std::shared_ptr<FiberGroup> group;  ///< shared with fibers and events, which may outlive the process by a little
};

FiberProcess::FiberProcess(FiberScheduler& scheduler, std::string name)
    : state_(new State{scheduler, std::make_shared<FiberGroup>(FiberGroup{.name = std::move(name)})}) {}

FiberProcess::~FiberProcess() { state_->scheduler.kill(*state_->group); }

WallTime FiberProcess::now() const { return state_->scheduler.now(); }

SteadyTime FiberProcess::steady_now() const { return state_->scheduler.steady_now(); }

void FiberProcess::sleep_until(SteadyTime when) { state_->scheduler.sleep_until(*state_->group, when); }

void FiberProcess::spawn(std::string name, std::function<void()> task) {
  state_->scheduler.spawn(state_->group, std::move(name), std::move(task));
}

std::unique_ptr<Event> FiberProcess::make_event() { return std::make_unique<FiberEvent>(state_->scheduler, state_->group); }

Activity FiberProcess::activity() const {
  const auto& group = *state_->group;
  return {group.busy, group.changes, state_->scheduler.next_timer(&group)};
}

void FiberProcess::enter_busy() { state_->scheduler.enter_busy(state_->group); }

void FiberProcess::leave_busy() { state_->scheduler.leave_busy(*state_->group); }

void FiberProcess::kill() {
  const auto state = *state_;  // this object may belong to what is unwound here
  if (state.group->killed) return;
  state.scheduler.kill(*state.group);
  if (state.scheduler.runs_in(*state.group)) throw TaskStopped{};
}

bool FiberProcess::killed() const { return state_->group->killed; }

bool FiberProcess::is_running_here() const { return state_->scheduler.runs_in(*state_->group); }

FiberRuntime::FiberRuntime(WallTime start, std::uint64_t seed) : scheduler_(std::make_unique<FiberScheduler>(start, seed)) {}

FiberRuntime::~FiberRuntime() = default;

std::unique_ptr<FiberProcess> FiberRuntime::make_process(std::string name) {
  return std::unique_ptr<FiberProcess>(new FiberProcess(*scheduler_, std::move(name)));
}

WallTime FiberRuntime::now() const { return scheduler_->now(); }

bool FiberRuntime::run_until_quiet(std::size_t steps_max) { return scheduler_->run_until_quiet(steps_max); }

std::optional<WallTime> FiberRuntime::next_timer() const {
  const auto next = scheduler_->next_timer();
  if (!next) return std::nullopt;
  return scheduler_->now() + (*next - scheduler_->steady_now());
}

void FiberRuntime::advance_to(WallTime when) { scheduler_->advance_to(when); }

std::vector<std::string> FiberRuntime::runnable() const { return scheduler_->runnable(); }

}  // namespace casewire
