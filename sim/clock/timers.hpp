#pragma once
// Timers that nobody waits on by a call of ours: timerfd, POSIX timers, interval timers. Their hours are kept here in the world's
// time; when one has come the real timer is set to fire at once, so that the kernel tells the program as it always does.

#include "sim/clock/board.hpp"

namespace casewire::sim::clock {

/// On the waker's thread: the timer behind this wait is due.
void fire_timer(Wait& wait);
/// A descriptor was closed: its timer, if it was one, ends.
void forget_descriptor(int descriptor);

}  // namespace casewire::sim::clock
