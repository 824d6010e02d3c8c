#pragma once
// How a script waits. Where clocks can be moved, time moves only when nobody has anything left to do. A bridge that keeps its own
// clock is waited for in real time: for what must happen up to a patience, and for what must not until it shows no life; what
// neither can decide accuses nobody.

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

/// In one wait, or before one recorded event: more is a timer storm, and reported as one.
inline constexpr std::size_t kTimersMax = 100'000;

/// Of time in which nothing happens so much is played in full, before the bridge's timers come late, and by how much at least
/// (docs/decisions/0013-idle-time.md).
inline constexpr milliseconds kIdleInFull{24 * 3'600'000};
inline constexpr int kPartThatMayBeLate = 4;
inline constexpr milliseconds kShortestLateness = kIdleInFull / kPartThatMayBeLate;

struct Waited {
  /// undecided: what was waited for may lie where time here does not reach. machine: the harness or its machine failed.
  enum class End { held, deadline, stuck, undecided, machine };
  End end = End::held;
  std::string why{};  ///< of all but held and deadline
};

/// Runs the world, skipping to the next timer whenever it is quiet, until `holds` is true or `limit` of virtual time is gone. In real
/// time: until the bridge's patience is gone.
Waited wait_until(Ring& ring, const std::function<bool()>& holds, milliseconds limit);

/// Runs the world until it is quiet, without moving time.
Waited settle(Ring& ring);

/// Lets `duration` pass, timer by timer; where nothing happens for days, the bridge's come late.
Waited pass(Ring& ring, milliseconds duration);

/// The one rule by which it is judged that something has not happened: not before nothing has changed in the world for a horizon,
/// which is longer than a bridge takes from sweep to sweep. So an answer that the AI is still writing, a mail or a webhook that is
/// tried again, and one turn of each sweep have come before. A world in which something changes for ever is judged when a whole
/// horizon has passed since somebody asked.
class Quiescence {
 public:
  static constexpr milliseconds kHorizon{15 * 60'000};

  explicit Quiescence(Ring& ring) : ring_(ring) {}
  /// The script has acted: whatever comes of it is still to come.
  void disturb();
  /// Lets time pass until then.
  Waited reach();

 private:
  bool has_changed();
  Waited reach_by_moving();
  Waited reach_in_real_time(RealTime& real);

  Ring& ring_;
  WallTime changed_at_{};
  bool is_disturbed_ = true;  ///< and not judged since; of real time
  std::size_t seen_ = 0;      ///< changes of the journal
};

}  // namespace casewire::scenarios
