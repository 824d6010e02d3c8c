#pragma once
// Lets the console speak while nothing ends, and answers Ctrl-C at once: somebody who waits sees what is waited for.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "scenarios/report/console.hpp"

namespace casewire::scenarios {

/// From its construction, which is the run's beginning, to its end. `console` outlives it.
class SignOfLife {
 public:
  explicit SignOfLife(Console& console);
  ~SignOfLife();
  SignOfLife(const SignOfLife&) = delete;
  SignOfLife& operator=(const SignOfLife&) = delete;

 private:
  void watch();

  Console& console_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace casewire::scenarios
