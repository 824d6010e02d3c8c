#pragma once
// The world's time inside a program of the bridge: reading it. Everything here is async-signal-safe.

#include <time.h>

#include <cstdint>

#include "sim/clock/board.hpp"

namespace casewire::sim::clock {

/// The shared file; nullptr when this program lives in real time.
Board* board();
/// Looks up the real functions and maps the file that the environment names. What fails leaves the program in real time.
void attach(char** environment);

/// Whether a clock shows the world's time. The others (CPU time) count what really happened.
bool is_of_the_world(clockid_t clock);
/// What such a clock shows, in nanoseconds.
std::int64_t now_of(clockid_t clock);
/// An hour that such a clock shows, as the board counts: nanoseconds since 1970.
std::int64_t in_board_time(clockid_t clock, std::int64_t shown);

inline constexpr std::int64_t kSecond = 1'000'000'000;

/// As the kernel asks of every time limit.
inline bool is_valid(const timespec& time) { return time.tv_sec >= 0 && time.tv_nsec >= 0 && time.tv_nsec < kSecond; }
std::int64_t nanoseconds_of(const timespec& time);  ///< saturates
timespec timespec_of(std::int64_t nanoseconds);
std::int64_t later(std::int64_t a, std::int64_t b);  ///< a + b, neither negative; saturates below kNever

}  // namespace casewire::sim::clock
