#include "base/runtime/fiber_scheduler.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "base/runtime/task.hpp"

namespace casewire {
namespace {

// A world that reaches this spawns without end.
constexpr std::size_t kFibersMax = 20'000;

}  // namespace

FiberScheduler::~FiberScheduler() { assert(fiber_count_ == 0); }

bool FiberScheduler::run_until_quiet(std::size_t steps_max) {
  assert(current_ == nullptr);
  for (std::size_t step = 0; !runnable_.empty(); ++step) {
    if (step == steps_max) return false;
    const auto drawn = runnable_.size() == 1 ? 0 : rng_.below(runnable_.size());
    Fiber& next = *runnable_[drawn];
    runnable_.erase(runnable_.begin() + static_cast<std::ptrdiff_t>(drawn));
    run(next);
  }
  return true;
}

std::optional<SteadyTime> FiberScheduler::next_timer(const FiberGroup* of) const {
  for (const auto& [deadline, fiber] : timers_) {
    if (of == nullptr || fiber->group.get() == of) return deadline;
  }
  return std::nullopt;
}

void FiberScheduler::advance_to(WallTime when) {
  steady_ = std::max(steady_, SteadyTime{when - start_});
  while (!timers_.empty() && timers_.begin()->first <= steady_) {
    wake(*timers_.begin()->second);
  }
}

std::vector<std::string> FiberScheduler::runnable() const {
  std::vector<std::string> names;
  for (const Fiber* fiber : runnable_) names.push_back(fiber->group->name + "/" + fiber->name);
  return names;
}

void FiberScheduler::spawn(std::shared_ptr<FiberGroup> group, std::string name, std::function<void()> task) {
  if (group->killed) return;
  if (fiber_count_ == kFibersMax) throw std::length_error("more than 20000 tasks at once");
  auto fiber = std::make_unique<Fiber>();
  fiber->name = std::move(name);
  fiber->group = std::move(group);
  fiber->function = std::move(task);
  fiber->place = fiber->group->fibers.insert(fiber->group->fibers.end(), fiber.get());
  count_awake(*fiber, true);
  runnable_.push_back(fiber.release());
  ++fiber_count_;
}

void FiberScheduler::kill(FiberGroup& group) {
  if (group.killed) return;
  group.killed = true;
  for (Fiber* fiber : group.fibers) fiber->doomed = true;
  std::erase_if(runnable_, [](const Fiber* fiber) { return fiber->doomed; });
  for (auto at = group.fibers.begin(); at != group.fibers.end();) {
    Fiber& fiber = **at++;
    if (!fiber.running) unwind(fiber);
  }
}

void FiberScheduler::sleep_until(const FiberGroup& group, SteadyTime when) {
  Fiber& own = entered(group);
  if (when <= steady_) return;
  own.timer = timers_.emplace(when, &own);
  block();
}

bool FiberScheduler::wait(const FiberGroup& group, FiberQueue& queue, std::optional<SteadyTime> deadline) {
  Fiber& own = entered(group);
  if (std::exchange(queue.set, false)) return true;
  if (deadline && *deadline <= steady_) return false;
  if (deadline) own.timer = timers_.emplace(*deadline, &own);
  own.queue = &queue;
  own.notified = false;
  queue.waiting.push_back(&own);
  block();
  return own.notified;
}

void FiberScheduler::notify(FiberQueue& queue) {
  if (queue.waiting.empty()) {
    queue.set = true;
    return;
  }
  Fiber& first = *queue.waiting.front();
  first.notified = true;
  wake(first);
}

void FiberScheduler::abandon(FiberQueue& queue) {
  for (Fiber* fiber : queue.waiting) fiber->queue = nullptr;
  queue.waiting.clear();
}

void FiberScheduler::enter_busy(const std::shared_ptr<FiberGroup>& group) {
  ++group->busy;
  ++group->changes;
  if (current_ == nullptr) return;
  for (auto& [known, count] : current_->scopes) {
    if (known == group) {
      ++count;
      return;
    }
  }
  current_->scopes.emplace_back(group, 1);
}

void FiberScheduler::leave_busy(FiberGroup& group) {
  assert(group.busy > 0);
  --group.busy;
  ++group.changes;
  if (current_ == nullptr) return;
  auto& scopes = current_->scopes;
  const auto own = std::find_if(scopes.begin(), scopes.end(), [&](const auto& each) { return each.first.get() == &group; });
  assert(own != scopes.end());  // a BusyScope ends on the fiber that opened it
  if (--own->second == 0) scopes.erase(own);
}

void FiberScheduler::run(Fiber& fiber) {
  if (!fiber.started) {
    fiber.started = true;
    fiber.context = FiberContext::take();
    fiber.context->start([&fiber] { run_task(fiber.name, std::move(fiber.function)); });
  }
  Fiber* const before = std::exchange(current_, &fiber);
  fiber.running = true;
  fiber.context->resume();
  fiber.running = false;
  current_ = before;
  if (fiber.context->idle()) finish(fiber);
}

void FiberScheduler::finish(Fiber& fiber) {
  if (fiber.context) FiberContext::give_back(std::move(fiber.context));
  count_awake(fiber, false);
  fiber.group->fibers.erase(fiber.place);
  --fiber_count_;
  delete &fiber;
}

void FiberScheduler::unwind(Fiber& fiber) {
  if (fiber.asleep) wake(fiber);
  if (fiber.started) {
    run(fiber);
  } else {
    fiber.function = nullptr;
    finish(fiber);
  }
}

void FiberScheduler::block() {
  Fiber& own = *current_;
  own.asleep = true;
  count_awake(own, false);
  own.context->suspend();
  if (own.doomed) throw TaskStopped{};
}

void FiberScheduler::wake(Fiber& fiber) {
  if (fiber.timer) timers_.erase(*std::exchange(fiber.timer, std::nullopt));
  if (fiber.queue != nullptr) std::exchange(fiber.queue, nullptr)->waiting.remove(&fiber);
  fiber.asleep = false;
  count_awake(fiber, true);
  if (!fiber.doomed) runnable_.push_back(&fiber);  // a doomed one is run by the kill that is under way
}

Fiber& FiberScheduler::entered(const FiberGroup& group) const {
  if (current_ == nullptr) throw std::logic_error("only a task can sleep or wait in a FiberRuntime");
  if (current_->doomed || group.killed) throw TaskStopped{};
  return *current_;
}

void FiberScheduler::count_awake(Fiber& fiber, bool awake) {
  const auto count = [awake](FiberGroup& group, std::size_t units) {
    assert(awake || group.busy >= units);
    group.busy = awake ? group.busy + units : group.busy - units;
    ++group.changes;
  };
  count(*fiber.group, 1);
  for (const auto& [group, units] : fiber.scopes) count(*group, units);
}

}  // namespace casewire
