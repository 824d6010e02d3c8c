#pragma once
// Waits on a Runtime's clock on behalf of somebody who lives on another thread and may be gone before the time has come.
// Internal to base/http.

#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <utility>

#include "base/runtime/runtime.hpp"

namespace casewire::http {

class DelayedWake {
 public:
  /// Called once unless cancelled. When the time has come, with a latch that must be counted down as soon as somebody else is
  /// busy with what comes next: until then the waiting task keeps the world from being quiet. With null when the runtime
  /// stopped first. Runs under a lock of this object, on a thread of the runtime: it may only post.
  using Then = std::function<void(std::shared_ptr<std::latch> taken_over)>;

  static std::weak_ptr<DelayedWake> after(Runtime& runtime, milliseconds delay, Then then) {
    auto wake = std::make_shared<DelayedWake>(std::move(then));
    std::weak_ptr<DelayedWake> handle = wake;
    const auto until = runtime.steady_now() + delay;
    runtime.spawn("http: a delayed answer", [wake = std::move(wake), &runtime, until] {
      runtime.sleep_until(until);
      const auto taken_over = std::make_shared<std::latch>(1);
      if (wake->fire(taken_over)) {
        taken_over->wait();
      }
    });
    return handle;
  }

  explicit DelayedWake(Then then) : then_(std::move(then)) {}
  ~DelayedWake() { fire(nullptr); }  // the task ended early, or never began
  DelayedWake(const DelayedWake&) = delete;
  DelayedWake& operator=(const DelayedWake&) = delete;

  /// When it returns, `then` has run or never will.
  void cancel() {
    const std::lock_guard lock{mutex_};
    then_ = nullptr;
  }

 private:
  bool fire(std::shared_ptr<std::latch> taken_over) {
    const std::lock_guard lock{mutex_};
    const auto then = std::exchange(then_, nullptr);
    if (then) {
      then(std::move(taken_over));
    }
    return then != nullptr;
  }

  std::mutex mutex_;
  Then then_;
};

}  // namespace casewire::http
