#pragma once
// Waiting by quietness: time moves only when nobody has anything left to do.

#include <functional>
#include <string>

#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

struct Waited {
  enum class End { held, deadline, stuck, cannot };
  End end = End::held;
  std::string why{};  ///< of stuck and cannot: who held time up, or what this ring cannot do
};

/// Runs the world, skipping to the next timer whenever it is quiet, until `holds` is true or `limit` of virtual time is gone.
Waited wait_until(Ring& ring, const std::function<bool()>& holds, milliseconds limit);

/// Runs the world until it is quiet, without moving time.
Waited settle(Ring& ring);

/// Lets `duration` pass, timer by timer.
Waited pass(Ring& ring, milliseconds duration);

}  // namespace casewire::scenarios
