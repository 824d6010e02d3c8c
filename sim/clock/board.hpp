#pragma once
// What the harness and a bridge's processes share: the hour of the world, and until when each thread waits. The harness maps the
// file and writes the hour; the preloaded library (clock.hpp) in each process of the bridge maps the same file, shows the hour to
// the program and notes its waits. Plain data without pointers, so that it means the same at any address.

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace casewire::sim::clock {

/// The environment variable that holds the path of the shared file. Without it the library does nothing.
inline constexpr const char* kBoardVariable = "CASEWIRE_CLOCK";

inline constexpr std::uint64_t kMagic = 0x43'57'43'4c'4f'43'4b'31;  // "CWCLOCK1"
inline constexpr std::size_t kWaitsMax = 4096;
inline constexpr std::size_t kProcessesMax = 128;
inline constexpr std::int64_t kNever = INT64_MAX;

/// How a thread that waits is woken when its time has come, and so what the harness can tell of it while it waits.
enum class WaitKind : std::int32_t {
  none,
  signal,     ///< a call that a signal ends: sleeps, polls, semaphores, futexes, socket time-outs
  condition,  ///< a condition variable
  slices,     ///< looks again every millisecond of real time: locks with a time limit. Never quite still, but waiting
  timer,      ///< no thread: a timerfd, a POSIX timer, an interval timer
};

/// One wait with a time limit. Free while `thread` is 0. Who claims it writes `until` last and clears it first.
struct Wait {
  std::atomic<std::int32_t> thread;   ///< tid
  std::atomic<std::int32_t> process;  ///< pid
  std::atomic<WaitKind> kind;
  std::atomic<std::int64_t> until;  ///< nanoseconds since 1970 of the world's time; kNever while it is being claimed
  std::atomic<std::int64_t> span;   ///< how long the wait was when it began, in nanoseconds
  std::atomic<void*> object;        ///< what it waits on, valid in its own process only
  char name[24];                    ///< the call's name, for whoever asks who holds time up
};

struct Board {
  std::uint64_t magic;
  std::atomic<std::int64_t> now;                       ///< nanoseconds since 1970
  std::int64_t monotonic_offset;                       ///< the monotonic clock is now - this; fixed before anybody maps the file
  std::atomic<std::uint32_t> jumps;                    ///< grows whenever `now` has moved; a futex
  std::atomic<std::uint32_t> rests;                    ///< grows whenever a thread begins a wait while somebody looks on; a futex
  std::atomic<std::uint32_t> is_looked_at;             ///< the harness wants to know when the bridge comes to rest
  std::atomic<std::uint32_t> waits_used;               ///< no wait from here on was ever claimed
  std::atomic<std::uint32_t> lost_waits;               ///< waits that found no free place and live in real time
  std::atomic<std::int32_t> processes[kProcessesMax];  ///< pids that have the library; 0: free
  Wait waits[kWaitsMax];
};

/// All waits that may be claimed.
inline Wait* begin(Board& board) { return board.waits; }
inline Wait* end(Board& board) { return board.waits + board.waits_used.load(std::memory_order_acquire); }

static_assert(std::atomic<std::int64_t>::is_always_lock_free && std::atomic<void*>::is_always_lock_free);

}  // namespace casewire::sim::clock
