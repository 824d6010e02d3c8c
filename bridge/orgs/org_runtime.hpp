#pragma once
// The runtime as one org of several uses it: its tasks have its name, and are counted, so that the org can go when the last has ended.
// That is waited for and not slept for: under a harness nobody may be there to move the clock.

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "base/runtime/runtime.hpp"

namespace casewire::bridge {

/// `inner` outlives it.
class OrgRuntime final : public Runtime {
 public:
  OrgRuntime(Runtime& inner, const std::string& org)
      : inner_(inner), prefix_(org.empty() ? org : org + ": "), tasks_(std::make_shared<Tasks>(inner)) {}

  WallTime now() const override { return inner_.now(); }
  SteadyTime steady_now() const override { return inner_.steady_now(); }
  void sleep_until(SteadyTime when) override { inner_.sleep_until(when); }
  void spawn(std::string name, std::function<void()> task) override {
    auto counted = std::make_shared<Counted>(tasks_);
    inner_.spawn(prefix_ + name, [counted = std::move(counted), task = std::move(task)] { task(); });
  }
  std::unique_ptr<Event> make_event() override { return inner_.make_event(); }
  Activity activity() const override { return inner_.activity(); }
  void enter_busy() override { inner_.enter_busy(); }
  void leave_busy() override { inner_.leave_busy(); }

  /// Until all tasks that were started here have ended, to their last step. One caller at a time.
  void wait_for_tasks() {
    while (tasks_->under_way > 0) tasks_->last_ended->wait();
  }

 private:
  struct Tasks {
    explicit Tasks(Runtime& runtime) : last_ended(runtime.make_event()) {}
    std::atomic<int> under_way{0};
    std::unique_ptr<Event> last_ended;
  };
  /// Goes with the task, whether it was run or not.
  struct Counted {
    explicit Counted(std::shared_ptr<Tasks> tasks) : all(std::move(tasks)) { ++all->under_way; }
    ~Counted() {
      if (--all->under_way == 0) all->last_ended->notify();
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    std::shared_ptr<Tasks> all;
  };

  Runtime& inner_;
  std::string prefix_;
  std::shared_ptr<Tasks> tasks_;
};

}  // namespace casewire::bridge
