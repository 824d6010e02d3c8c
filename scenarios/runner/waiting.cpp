#include "scenarios/runner/waiting.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::size_t kTimersMax = 100'000;  // in one wait: more is a timer storm, and reported as one

/// Runs until quiet, restarting a bridge that crashed on the way.
Waited quieten(Ring& ring) {
  constexpr int kRestartsMax = 100;
  for (int restarts = 0; restarts < kRestartsMax; ++restarts) {
    const auto holder = ring.run_until_quiet();
    const auto restarted = ring.restart_if_crashed();
    if (!restarted) return {Waited::End::stuck, restarted.error()};
    if (*restarted) continue;  // the new bridge has work of its own
    if (!holder) return {};
    return {Waited::End::stuck, *holder};
  }
  return {Waited::End::stuck, "the bridge was started again 100 times and crashed each time"};
}

Waited run_to(Ring& ring, WallTime until, const std::function<bool()>& holds) {
  for (std::size_t timers = 0; timers < kTimersMax; ++timers) {
    if (Waited quiet = quieten(ring); quiet.end != Waited::End::held) return quiet;
    if (holds && holds()) return {};
    const auto next = ring.next_timer();
    if (!next || *next > until) {
      if (ring.now() < until && !holds && !ring.advance_to(until)) {
        return {Waited::End::cannot, "time cannot be moved: the bridge keeps its own clock"};
      }
      return {Waited::End::deadline, {}};
    }
    if (!ring.advance_to(*next)) return {Waited::End::cannot, "time cannot be moved: the bridge keeps its own clock"};
  }
  return {Waited::End::stuck, "100 000 timers fired without an end"};
}

}  // namespace

Waited wait_until(Ring& ring, const std::function<bool()>& holds, milliseconds limit) {
  return run_to(ring, ring.now() + limit, holds);
}

Waited settle(Ring& ring) { return quieten(ring); }

Waited pass(Ring& ring, milliseconds duration) {
  Waited waited = run_to(ring, ring.now() + duration, nullptr);
  if (waited.end == Waited::End::deadline) waited = quieten(ring);
  return waited;
}

}  // namespace casewire::scenarios
