#pragma once
// A stack with code on it that can be left and come back to. Every switch of stacks in this program happens in this
// class, because the sanitizers have to be told about each of them, and because the C++ runtime keeps the exceptions
// being handled per thread: a switch inside a catch block must take them along.
//
// A context is reused: when its body has ended it takes another one. New stacks cost system calls (and under
// ThreadSanitizer far more), so idle contexts are kept in a pool of the thread.

#include <functional>
#include <memory>
#include <vector>

namespace casewire {

class FiberContext {
 public:
  /// An idle context, from this thread's pool if it has one.
  static std::unique_ptr<FiberContext> take();
  /// Gives an idle context back to this thread's pool.
  static void give_back(std::unique_ptr<FiberContext> context);

  ~FiberContext();  ///< must be idle
  FiberContext(const FiberContext&) = delete;
  FiberContext& operator=(const FiberContext&) = delete;

  /// Gives an idle context something to run. resume() starts it. No exception may leave `body`.
  void start(std::function<void()> body);
  bool idle() const;

  /// From outside: runs the body until it suspends or ends.
  void resume();
  /// From the body: goes back to where resume() was called; returns when somebody resumes again.
  void suspend();

 private:
  FiberContext();
  static std::vector<std::unique_ptr<FiberContext>>& idle_contexts();
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace casewire
