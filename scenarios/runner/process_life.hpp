#pragma once
// Signs of life of a process and all it started, as Linux shows them in /proc: the processor time it used, and the time in which it
// would have run but waited for a processor. A bridge that cannot be asked shows by the first that it still works at something; the
// second is the machine's fault and never the bridge's.

#include <sys/types.h>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "base/runtime/stopwatch.hpp"

namespace casewire::scenarios {

class ProcessLife {
 public:
  explicit ProcessLife(pid_t leader) : leader_(leader) {}

  /// Reads on. What a thread did between the last look and its end is not seen.
  void look();
  std::chrono::nanoseconds ran() const { return ran_; }        ///< since the first look, all threads together
  std::chrono::nanoseconds waited() const { return waited_; }  ///< for a processor
  bool is_runnable() const { return is_runnable_; }            ///< some thread runs, or waits for a processor to do so

 private:
  struct Spent {
    std::chrono::nanoseconds ran{0}, waited{0};
  };
  void look_at(pid_t process, std::map<pid_t, Spent>& threads);

  pid_t leader_;
  bool is_first_ = true;
  bool is_runnable_ = false;
  std::chrono::nanoseconds ran_{0}, waited_{0};
  std::map<pid_t, Spent> threads_;
};

/// Real time as a process could use it: what it waited for a processor is left out, but for a tenth of the whole, so that it always
/// goes on.
class FairWatch {
 public:
  explicit FairWatch(pid_t leader) : life_(leader) { life_.look(); }
  milliseconds elapsed();
  milliseconds lost();  ///< the rest
  /// Whether the process waited for a processor for most of the time.
  bool was_starved();

 private:
  RealStopwatch watch_;
  ProcessLife life_;
};

}  // namespace casewire::scenarios
