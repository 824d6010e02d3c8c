#pragma once
// A wait with a time limit, from its making to its end: the harness sees it on the board, and the process's waker ends the real call
// (which has no limit of its own) when the world's time has come. Async-signal-safe; nothing allocates.

#include <cstdint>

#include "sim/clock/board.hpp"

namespace casewire::sim::clock {

class Waiting {
 public:
  /// `until` in board time. `call` is what a report names; of a condition variable `object` is its address.
  Waiting(const char* call, WaitKind kind, std::int64_t until, void* object = nullptr);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  bool is_due() const;
  std::int64_t left() const;  ///< nanoseconds, at least 0
  /// After the call gave EINTR: true when the waker ended it, or its hour has come. The program's own signal at that very instant
  /// may be told either way, and a wait that is over is told as over.
  bool ended_by_time() const;

 private:
  Wait* wait_;
  std::int64_t until_;
  bool is_by_signal_;
};

/// One millisecond of the world. Keeps errno.
void rest_for_a_moment();

/// Claims a place on the board for the calling process; `thread` is what the waker's signal goes to.
Wait& claim_wait(const char* call, WaitKind kind, std::int64_t until, void* object, std::int32_t thread);
void release(Wait& wait);

/// Which signal the waker sends. Real-time signals are the program's own; this one is the last but two, which nobody is known to use.
int wake_signal();

/// Enters the calling process on the board and starts its waker. Not async-signal-safe: before main(), and in the child of a fork.
void start_waker();

}  // namespace casewire::sim::clock
