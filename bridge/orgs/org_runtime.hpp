#pragma once
// The runtime as one org of several uses it: its tasks have its name, and are counted, so that the org can go when the last has ended.

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "base/runtime/runtime.hpp"

namespace casewire::bridge {

/// `inner` outlives it.
class OrgRuntime final : public Runtime {
 public:
  OrgRuntime(Runtime& inner, const std::string& org) : inner_(inner), prefix_(org.empty() ? org : org + ": ") {}

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

  /// Tasks that were started here and have not ended, to their last step.
  int tasks() const { return *tasks_; }

 private:
  /// Goes with the task, whether it was run or not.
  struct Counted {
    explicit Counted(std::shared_ptr<std::atomic<int>> tasks) : all(std::move(tasks)) { ++*all; }
    ~Counted() { --*all; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    std::shared_ptr<std::atomic<int>> all;
  };

  Runtime& inner_;
  std::string prefix_;
  std::shared_ptr<std::atomic<int>> tasks_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace casewire::bridge
