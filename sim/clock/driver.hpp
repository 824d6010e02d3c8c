#pragma once
// The harness's end of the shared board: it shows the hour to a bridge's processes, knows from the kernel whether any of their
// threads has something to do, and moves time on when none has. The bridge need not know (docs/testing-your-bridge.md).

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "sim/clock/board.hpp"

namespace casewire::sim::clock {

/// One thread, as the harness knows: from one thread of the harness at a time.
class Driver {
 public:
  /// Makes the shared file at `path` and sets the hour. The library that is preloaded is `library`.
  static Result<std::unique_ptr<Driver>, std::string> create(std::string path, std::string library, WallTime start);
  ~Driver();
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  /// What the bridge's environment needs.
  std::map<std::string, std::string> environment() const;

  /// Nullopt: every thread of every process waits and has been woken for all that was due. Otherwise who has something to do, in
  /// words: process, thread, and what it was seen in last.
  std::optional<std::string> busy();
  /// What the world has heard of the bridge so far, as a number that grows with it: the kernel counts not all that is sent. Before busy().
  void hear(std::uint64_t heard) { heard_ = heard; }
  /// Whether any process has taken the library in; a static program cannot.
  bool is_in_use() const;
  /// The earliest hour that a wait ends. Housekeeping bounds it ever less (see below). Only when busy() said nullopt.
  std::optional<WallTime> next();
  /// Never back.
  void advance_to(WallTime when);
  /// All processes were killed: nothing they waited for counts any more.
  void forget_processes();

  /// Threads whose waits ended by their limit again and again, and nothing came of it. Such a thread is let sleep ever longer, at most a
  /// minute beyond its hour (after more than a hundred times ten minutes), as on a busy machine.
  std::vector<std::string> housekeepers() const;
  std::uint64_t jumps() const;

  /// A process of that group which has not taken the library in, in words; such a one lives in real time. Reads all of /proc; one that ends
  /// meanwhile does not count.
  std::optional<std::string> process_without(pid_t group) const;
  /// For whoever asks again and again: until a thread of the bridge begins a wait, or for half a millisecond of real time at most.
  void wait_a_moment();

 private:
  struct Process;
  /// A thread that wakes for nothing.
  struct Habit {
    std::int64_t span = 0;  ///< the longest of these waits, in nanoseconds
    int idle = 0;           ///< how many in a row ended by their limit, and nothing came of it
    std::string name{};
  };

  using Waiter = std::pair<std::int32_t, const void*>;  ///< a thread, or a process and its timer
  static Waiter who(const Wait& wait);

  Driver(std::string path, std::string library, Board* board);
  void look_for_processes();
  std::optional<std::string> who_is_busy();
  std::optional<std::string> busy_task();
  std::optional<std::string> starting_process();
  std::uint64_t work_done();
  void learn();

  std::string path_, library_;
  Board* board_;
  std::map<pid_t, std::unique_ptr<Process>> processes_;
  std::map<Waiter, Habit> habits_;
  std::vector<std::pair<Waiter, Habit>> woken_;  ///< by the last jump
  std::uint64_t work_before_ = 0;                ///< what the processes had done by then
  std::uint64_t heard_ = 0, heard_before_ = 0;
  bool is_to_learn_ = false;
  std::uint32_t rests_seen_ = 0;  ///< before the last look
  int moments_ = 0;               ///< waited in a row
  int looks_at_once_ = 0;         ///< left: who tells that it begins to wait does not wait yet
};

/// Where the library stands: beside the running program, or in ../lib/casewire of an installed one.
std::string library_beside_this_program();

}  // namespace casewire::sim::clock
