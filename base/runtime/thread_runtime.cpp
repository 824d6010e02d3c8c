#include "base/runtime/thread_runtime.hpp"

#include <pthread.h>

#include <algorithm>
#include <cassert>
#include <deque>
#include <map>
#include <thread>
#include <utility>

#include "base/runtime/task.hpp"
#include "base/runtime/thread_state.hpp"

namespace casewire {

struct ThreadRuntime::State : ThreadState {
  // Guarded by the state's mutex.
  std::map<std::thread::id, std::thread> running;
  std::vector<std::thread> ended;  ///< to be joined
  std::condition_variable all_ended;

  void join_ended() {
    std::vector<std::thread> threads;
    {
      const auto held = lock();
      threads.swap(ended);
    }
    for (auto& thread : threads) thread.join();
  }
};

class ThreadRuntime::ThreadEvent final : public Event {
 public:
  explicit ThreadEvent(std::shared_ptr<State> state) : state_(std::move(state)) {}
  ~ThreadEvent() override { assert(waiters_.empty()); }

  bool wait_until(SteadyTime deadline) override { return await(deadline); }
  void wait() override { await(std::nullopt); }

  void notify() override {
    const auto held = state_->lock();
    // One whose deadline has woken it is on its way out already.
    const auto waiter = std::find_if(waiters_.begin(), waiters_.end(), [](const Waiter* each) { return !each->woken; });
    if (waiter == waiters_.end()) {
      set_ = true;
      return;
    }
    (*waiter)->notified = true;
    state_->wake(**waiter);
  }

 private:
  bool await(std::optional<SteadyTime> deadline) {
    auto lock = state_->lock();
    if (state_->stopping()) throw TaskStopped{};
    if (std::exchange(set_, false)) return true;
    if (deadline && *deadline <= state_->steady_now()) return false;
    Waiter waiter{.deadline = deadline};
    // Leaves the queue by whichever way block() ends, with the lock held.
    struct Place {
      std::deque<Waiter*>& queue;
      Waiter* waiter;
      ~Place() { queue.erase(std::find(queue.begin(), queue.end(), waiter)); }
    };
    waiters_.push_back(&waiter);
    const Place place{waiters_, &waiter};
    state_->block(lock, waiter);
    return waiter.notified;
  }

  const std::shared_ptr<State> state_;
  // Guarded by the state's mutex.
  bool set_ = false;
  std::deque<Waiter*> waiters_;
};

ThreadRuntime::ThreadRuntime() : state_(std::make_shared<State>()) {}

ThreadRuntime::~ThreadRuntime() { stop(); }

WallTime ThreadRuntime::now() const {
  const auto held = state_->lock();
  return state_->now();
}

SteadyTime ThreadRuntime::steady_now() const {
  const auto held = state_->lock();
  return state_->steady_now();
}

void ThreadRuntime::sleep_until(SteadyTime when) {
  const auto state = state_;  // a foreign thread may come back from its sleep when this runtime is gone
  auto lock = state->lock();
  if (state->stopping()) throw TaskStopped{};
  if (when <= state->steady_now()) return;
  Waiter waiter{.deadline = when};
  state->block(lock, waiter);
}

void ThreadRuntime::spawn(std::string name, std::function<void()> task) {
  state_->join_ended();
  const auto held = state_->lock();
  if (state_->stopping()) return;
  // The thread's first step takes the lock, so it finds itself entered and counted.
  std::thread thread([state = state_, name, run = std::move(task)]() mutable {
    const auto id = std::this_thread::get_id();
    { const auto started = state->lock(); }
    run_task(name, std::move(run));
    const auto ending = state->lock();
    state->leave(id);
    const auto own = state->running.find(id);
    state->ended.push_back(std::move(own->second));
    state->running.erase(own);
    state->all_ended.notify_all();
  });
  pthread_setname_np(thread.native_handle(), name.substr(0, 15).c_str());  // for debuggers; the kernel keeps 15 bytes
  const auto id = thread.get_id();
  state_->enter(id, name);
  state_->running.emplace(id, std::move(thread));
}

std::unique_ptr<Event> ThreadRuntime::make_event() { return std::make_unique<ThreadEvent>(state_); }

Activity ThreadRuntime::activity() const {
  const auto held = state_->lock();
  return {state_->busy(), state_->changes(), state_->next_timer()};
}

void ThreadRuntime::enter_busy() {
  const auto held = state_->lock();
  state_->enter(std::this_thread::get_id(), "(a thread that is no task)");
}

void ThreadRuntime::leave_busy() {
  const auto held = state_->lock();
  state_->leave(std::this_thread::get_id());
}

void ThreadRuntime::drive(WallTime start) {
  const auto held = state_->lock();
  state_->drive(start);
}

bool ThreadRuntime::driven() const {
  const auto held = state_->lock();
  return state_->driven();
}

void ThreadRuntime::advance_to(WallTime when) {
  const auto held = state_->lock();
  state_->advance_to(when);
}

WallTime ThreadRuntime::wall_time_of(SteadyTime when) const {
  const auto held = state_->lock();
  return state_->wall_time_of(when);
}

void ThreadRuntime::wait_for_change(std::uint64_t changes_seen, milliseconds real_limit) const {
  auto lock = state_->lock();
  state_->wait_for_change(lock, changes_seen, real_limit);
}

void ThreadRuntime::wait_until_idle(milliseconds real_limit) const {
  auto lock = state_->lock();
  state_->wait_until_idle(lock, real_limit);
}

void ThreadRuntime::stop() {
  {
    auto lock = state_->lock();
    assert(!state_->running.contains(std::this_thread::get_id()));  // a task cannot wait for its own end
    state_->stop();
    state_->all_ended.wait(lock, [this] { return state_->running.empty(); });
  }
  state_->join_ended();
}

std::vector<std::string> ThreadRuntime::busy_tasks() const {
  const auto held = state_->lock();
  return state_->busy_names();
}

}  // namespace casewire
