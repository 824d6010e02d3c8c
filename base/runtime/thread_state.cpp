#include "base/runtime/thread_state.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>

namespace casewire {
namespace {

WallTime system_wall_time() { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

SteadyTime system_steady_time() {
  return SteadyTime{std::chrono::floor<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())};
}

}  // namespace

WallTime ThreadState::now() const { return driven_ ? driven_wall_ : system_wall_time(); }

SteadyTime ThreadState::steady_now() const { return driven_ ? driven_steady_ : system_steady_time(); }

WallTime ThreadState::wall_time_of(SteadyTime when) const { return now() + (when - steady_now()); }

void ThreadState::drive(WallTime start) {
  assert(!driven_);
  driven_steady_ = system_steady_time();
  driven_wall_ = start;
  driven_ = true;
  for (Waiter* waiter : waiters_) {
    waiter->wake_up.notify_one();  // it still waits for the system's clock; now it must wait for advance_to()
  }
}

void ThreadState::advance_to(WallTime when) {
  assert(driven_);
  if (when <= driven_wall_) return;
  driven_steady_ += when - driven_wall_;
  driven_wall_ = when;
  while (!timers_.empty() && timers_.begin()->first <= driven_steady_) {
    wake(*timers_.begin()->second);
  }
}

void ThreadState::stop() {
  stopping_ = true;
  while (!waiters_.empty()) {
    wake(*waiters_.front());
  }
}

void ThreadState::block(Lock& lock, Waiter& waiter) {
  if (stopping_) throw TaskStopped{};
  const auto own = threads_.find(std::this_thread::get_id());
  waiter.thread = own == threads_.end() ? nullptr : &own->second;
  waiter.place = waiters_.insert(waiters_.end(), &waiter);
  if (waiter.deadline) {
    waiter.timer = timers_.emplace(*waiter.deadline, &waiter);
  }
  if (waiter.thread != nullptr) {
    waiter.thread->asleep = true;
    remove_busy(waiter.thread->units);
  }
  sleep_until_woken(lock, waiter);
  if (stopping_) throw TaskStopped{};
}

void ThreadState::sleep_until_woken(Lock& lock, Waiter& waiter) {
  // A very late deadline overflows the system clock's nanoseconds: look again now and then.
  constexpr std::chrono::hours longest{1};
  while (!waiter.woken) {
    if (driven_ || !waiter.deadline) {
      waiter.wake_up.wait(lock);
    } else if (steady_now() >= *waiter.deadline) {
      wake(waiter);
    } else {
      const auto left = std::min<milliseconds>(*waiter.deadline - steady_now(), longest);
      waiter.wake_up.wait_until(lock, std::chrono::steady_clock::now() + left);
    }
  }
}

void ThreadState::wake(Waiter& waiter) {
  if (waiter.woken) return;
  waiter.woken = true;
  waiters_.erase(waiter.place);
  if (waiter.deadline) {
    timers_.erase(waiter.timer);
  }
  if (waiter.thread != nullptr) {
    waiter.thread->asleep = false;
    add_busy(waiter.thread->units);
  }
  waiter.wake_up.notify_one();
}

void ThreadState::enter(std::thread::id thread, std::string_view name) {
  auto& entry = threads_[thread];
  if (entry.units == 0) {
    entry.name = name;
  }
  ++entry.units;
  add_busy(1);
}

void ThreadState::leave(std::thread::id thread) {
  const auto own = threads_.find(thread);
  assert(own != threads_.end());  // a BusyScope ends on the thread that opened it
  remove_busy(1);
  if (--own->second.units == 0) {
    threads_.erase(own);
  }
}

std::optional<SteadyTime> ThreadState::next_timer() const {
  if (timers_.empty()) return std::nullopt;
  return timers_.begin()->first;
}

std::vector<std::string> ThreadState::busy_names() const {
  std::vector<std::string> names;
  for (const auto& [id, thread] : threads_) {
    if (!thread.asleep) names.push_back(thread.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

void ThreadState::wait_for_change(Lock& lock, std::uint64_t changes_seen, milliseconds real_limit) const {
  const auto until = std::chrono::steady_clock::now() + real_limit;
  changed_.wait_until(lock, until, [&] { return changes_ != changes_seen; });
}

void ThreadState::wait_until_idle(Lock& lock, milliseconds real_limit) const {
  const auto until = std::chrono::steady_clock::now() + real_limit;
  idle_.wait_until(lock, until, [&] { return busy_ == 0; });
}

void ThreadState::add_busy(std::size_t units) {
  busy_ += units;
  note_change();
}

void ThreadState::remove_busy(std::size_t units) {
  assert(busy_ >= units);
  busy_ -= units;
  if (busy_ == 0) idle_.notify_all();
  note_change();
}

void ThreadState::note_change() {
  ++changes_;
  changed_.notify_all();
}

}  // namespace casewire
