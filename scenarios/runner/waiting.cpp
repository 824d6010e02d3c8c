#include "scenarios/runner/waiting.hpp"

#include <algorithm>

namespace casewire::scenarios {
namespace {

using End = Waited::End;

constexpr milliseconds kLook{100};  // in real time, when nothing is heard

Waited ended_by(const Trouble& trouble) { return {trouble.is_of_the_machine ? End::machine : End::stuck, trouble.what}; }

std::optional<Trouble> move_time(Ring& ring, WallTime when) {
  auto trouble = ring.advance_to(when);
  ring.time_has_moved();
  return trouble;
}

/// Runs by `run`, restarting a bridge that crashed on the way.
Waited run_through_crashes(Ring& ring, const std::function<std::optional<Trouble>()>& run) {
  constexpr int kRestartsMax = 100;
  for (int restarts = 0; restarts < kRestartsMax; ++restarts) {
    const auto trouble = run();
    if (ring.real_time() != nullptr) ring.time_has_moved();
    const auto restarted = ring.restart_if_crashed();
    if (!restarted) return ended_by(restarted.error());
    if (*restarted) continue;  // the new bridge has work of its own
    if (!trouble) return {};
    return ended_by(*trouble);
  }
  return {End::stuck, "the bridge was started again 100 times and crashed each time"};
}

Waited quieten(Ring& ring) {
  return run_through_crashes(ring, [&] { return ring.run_until_quiet(); });
}

/// The time as of which a wait gives up; it may look at the world each time.
using Until = std::function<WallTime()>;

/// Whether somebody's state is another one now. What the bridge merely asks changes nothing, nor does what it is refused.
bool is_change(const sim::Entry& entry) {
  if (const auto* exchange = entry.as<sim::HttpExchange>()) return exchange->from != "bridge";
  return entry.as<sim::StepBegin>() == nullptr && entry.as<sim::TimeSkip>() == nullptr && entry.as<sim::WorldFacts>() == nullptr;
}

/// What a bridge may want to try again. That its token is used up, it finds out by being told.
bool is_trouble(const sim::Entry& entry) {
  const auto* exchange = entry.as<sim::HttpExchange>();
  return exchange != nullptr && (!exchange->status || (*exchange->status >= 400 && *exchange->status != 401));
}

/// While days pass in which nothing happens, a bridge asks every few minutes whether something has. The first day of that is played
/// in full; afterwards its timers come late, as they do on a busy machine: by a quarter of the time for which nothing has happened. So
/// a year is the first day and thirty questions. The world's own timers are never late, and time runs in full again from the first
/// change on (docs/decisions/0013-idle-time.md).
class IdleTime {
 public:
  IdleTime(Ring& ring, WallTime end) : ring_(ring), end_(end), since_(ring.now()) {}

  /// Where the clocks go instead of the next timer.
  WallTime stop_at(WallTime next) {
    if (ring_.now() - since_ < kIdleInFull) return next;
    look();
    const milliseconds idle = ring_.now() - since_;
    if (idle < kIdleInFull) return next;
    if (const auto work = ring_.bridge_work(); work && work->waiting > 0) return next;
    WallTime stop = std::min(ring_.now() + idle / kPartThatMayBeLate, end_);
    if (const auto world = ring_.next_timer_of_the_world()) stop = std::min(stop, *world);
    return std::max(stop, next);
  }

 private:
  void look() {
    seen_ = ring_.world().journal().visit_changes(seen_, [&](const sim::Entry& entry) {
      if (is_change(entry) || is_trouble(entry)) since_ = std::max(since_, entry.at);
    });
  }

  Ring& ring_;
  WallTime end_, since_;
  std::size_t seen_ = 0;  ///< changes of the journal
};

/// From timer to timer, or as `idle` goes. deadline: no timer is left before the end.
Waited run_to(Ring& ring, const Until& until, const std::function<bool()>& holds, IdleTime* idle = nullptr) {
  for (std::size_t timers = 0; timers < kTimersMax; ++timers) {
    if (Waited quiet = quieten(ring); quiet.end != End::held) return quiet;
    if (holds && holds()) return {};
    if (const auto blind = ring.blindness()) return ended_by(*blind);
    const auto next = ring.next_timer();
    if (!next || *next > until()) return {End::deadline, {}};
    if (const auto trouble = move_time(ring, idle != nullptr ? idle->stop_at(*next) : *next)) return ended_by(*trouble);
  }
  return {End::stuck, "100 000 timers fired without an end"};
}

// ---- a bridge that keeps its own clock

std::string time_of_day(WallTime when) { return iso8601(when).substr(11, 8); }

/// Why silence proves nothing: what the bridge could have done so far, it may still be on its way to.
std::optional<std::string> excuse(Ring& ring, const Patience& patience) {
  if (const auto next = ring.next_timer()) {
    return "what the world does at " + time_of_day(*next) + " lies beyond a patience of " +
           human_duration(patience.for_a_promise);
  }
  if (patience.for_a_promise >= Quiescence::kHorizon) return std::nullopt;
  std::string trouble;
  ring.world().journal().visit(1, [&](const sim::Entry& entry) {
    if (const auto* strike = entry.as<sim::FaultStrike>()) trouble = strike->fault;
    if (const auto* bridge = entry.as<sim::BridgeEvent>(); bridge && (bridge->event == "crashed" || bridge->event == "stopped")) {
      trouble = "the bridge " + bridge->event;
    }
  });
  // A clock that is wrong strikes without an entry: it is looked at without end.
  for (const sim::FaultTold& fault : ring.world().faults().told()) {
    if (trouble.empty() && fault.struck > 0) trouble = fault.sentence;
  }
  if (trouble.empty() && !ring.world().staging().org_changes.empty()) trouble = "an org that is not as its package makes it";
  if (trouble.empty()) return std::nullopt;
  return "a bridge may need longer to get over this than a patience of " + human_duration(patience.for_a_promise) + ": " +
         trouble + "; from --patience 15min on it is judged";
}

Waited wait_for_a_promise(Ring& ring, RealTime& real, const std::function<bool()>& holds) {
  const milliseconds end = real.fair_time() + real.patience().for_a_promise;
  for (;;) {
    if (holds()) return {};
    if (real.fair_time() >= end) break;
    if (Waited ran = run_through_crashes(ring, [&] { return real.run_until_news(kLook); }); ran.end != End::held) return ran;
  }
  if (auto why = excuse(ring, real.patience())) return {End::undecided, std::move(*why)};
  return {End::deadline, {}};
}

Waited still(Ring& ring, RealTime& real, milliseconds stillness) {
  return run_through_crashes(ring, [&] { return real.run_until_still(stillness); });
}

Waited pass_really(Ring& ring, RealTime& real, milliseconds duration) {
  if (duration > real.patience().for_a_promise) {
    return {End::undecided, "the bridge keeps its own clock, and " + human_duration(duration) + " is more than a patience of " +
                                human_duration(real.patience().for_a_promise)};
  }
  for (const WallTime until = ring.now() + duration; ring.now() < until;) {
    const milliseconds left = std::min(until - ring.now(), kLook);
    if (Waited ran = run_through_crashes(ring, [&] { return real.run_until_news(left); }); ran.end != End::held) return ran;
  }
  return still(ring, real, real.patience().breath);
}

}  // namespace

Waited wait_until(Ring& ring, const std::function<bool()>& holds, milliseconds limit) {
  if (RealTime* real = ring.real_time()) return wait_for_a_promise(ring, *real, holds);
  const WallTime end = ring.now() + limit;
  return run_to(
      ring, [end] { return end; }, holds);
}

Waited settle(Ring& ring) {
  RealTime* real = ring.real_time();
  return real != nullptr ? still(ring, *real, real->patience().breath) : quieten(ring);
}

Waited pass(Ring& ring, milliseconds duration) {
  if (RealTime* real = ring.real_time()) return pass_really(ring, *real, duration);
  const WallTime end = ring.now() + duration;
  IdleTime idle(ring, end);
  if (Waited ran = run_to(
          ring, [end] { return end; }, nullptr, &idle);
      ran.end != End::deadline)
    return ran;
  if (ring.now() < end) {
    if (const auto trouble = move_time(ring, end)) return ended_by(*trouble);
  }
  return quieten(ring);
}

void Quiescence::disturb() {
  changed_at_ = ring_.now();
  is_disturbed_ = true;
}

Waited Quiescence::reach() {
  RealTime* real = ring_.real_time();
  return real != nullptr ? reach_in_real_time(*real) : reach_by_moving();
}

bool Quiescence::has_changed() {
  bool changed = false;
  seen_ = ring_.world().journal().visit_changes(seen_, [&](const sim::Entry& entry) { changed = changed || is_change(entry); });
  return changed;
}

Waited Quiescence::reach_by_moving() {
  const WallTime asked_at = ring_.now();
  const auto until = [&] {
    if (has_changed()) changed_at_ = ring_.now();
    return std::min(changed_at_, asked_at) + kHorizon;
  };
  const Waited ran = run_to(ring_, until, nullptr);
  return ran.end == End::deadline ? Waited{} : ran;
}

Waited Quiescence::reach_in_real_time(RealTime& real) {
  const Patience& patience = real.patience();
  is_disturbed_ = has_changed() || is_disturbed_;
  if (!is_disturbed_) return {};
  const milliseconds end = real.fair_time() + patience.for_a_promise;
  for (;;) {
    if (Waited ran = still(ring_, real, patience.stillness); ran.end != End::held) return ran;
    const auto next = ring_.next_timer();
    if (!next) break;
    if (real.fair_time() >= end) return {End::undecided, excuse(ring_, patience).value_or("")};
    if (Waited ran = run_through_crashes(ring_, [&] { return real.run_until_news(kLook); }); ran.end != End::held) return ran;
  }
  static_cast<void>(has_changed());
  is_disturbed_ = false;
  return {};
}

}  // namespace casewire::scenarios
