#include "scenarios/runner/enactment.hpp"

#include <algorithm>

#include "scenarios/runner/waiting.hpp"
#include "scenarios/tape/replayer.hpp"

namespace casewire::scenarios {
namespace {

/// For a bridge that takes longer to ask what it had asked: its pauses between two tries are drawn by lot.
constexpr milliseconds kLatenessMax{15 * 60'000};

class Enactment {
 public:
  explicit Enactment(Stage& stage)
      : stage_(stage), ring_(stage.ring()), replayer_(*stage.world().replayer()), all_(*replayer_.tape().exchanges) {
    for (std::size_t i = 0; i < all_.size(); ++i) moments_.push_back(replayer_.time_here(all_.started(i)));
    std::sort(moments_.begin(), moments_.end());
  }

  Played play() {
    replayer_.enact();
    const std::vector<BridgeFate>& fates = replayer_.tape().fates;
    auto fate = fates.begin();
    const auto come_to_fates = [&](std::size_t place) {
      Played played;
      for (; played.done() && fate != fates.end() && fate->place <= place; ++fate) played = meet(*fate);
      return played;
    };
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (replayer_.addressee(i) != "bridge") continue;
      if (Played met = come_to_fates(i); !met.done()) return met;
      const std::size_t end = end_of_salvo(i);
      if (Played arrived = arrive(i, end); !arrived.done()) return arrived;
      i = end - 1;
    }
    if (Played met = come_to_fates(all_.size()); !met.done()) return met;
    return all_.size() == 0 ? Played{} : pass_until(replayer_.time_here(all_.started(all_.size() - 1)));
  }

 private:
  bool departed() const { return replayer_.first_mismatch().has_value(); }

  /// Webhooks between which the bridge asked nothing come in one breath: it had not begun to work on the first.
  std::size_t end_of_salvo(std::size_t first) const {
    const std::vector<BridgeFate>& fates = replayer_.tape().fates;
    std::size_t end = first + 1;
    const auto is_between = [&](const BridgeFate& fate) { return fate.place == end; };
    while (end < all_.size() && replayer_.addressee(end) == "bridge" && all_.started(end) == all_.started(first) &&
           std::none_of(fates.begin(), fates.end(), is_between)) {
      ++end;
    }
    return end;
  }

  Played arrive(std::size_t first, std::size_t end) {
    const WallTime at = replayer_.time_here(all_.started(first));
    if (Played reached = reach(first, at, "the recorded webhook of " + replayer_.numbered(first)); !reached.done())
      return reached;
    if (departed()) return {};
    // They count as arrived before time moves to them: what wakes with them sees what they tell of.
    std::vector<http::Request> webhooks;
    for (std::size_t i = first; i < end; ++i) webhooks.push_back(replayer_.arrival(i));
    if (auto moved = move_to(at); !moved.done()) return moved;
    std::vector<int> statuses(end - first, 0);
    // The first may lead to the call at which the bridge crashes before the second has come, or before its own answer is out.
    if (ring_.has_threads()) replayer_.hold_crashes();
    ring_.perform([&] {
      for (std::size_t i = first; i < end; ++i) {
        const auto recorded = all_.at(i);
        if (has_arrived(*recorded)) {
          statuses[i - first] =
              stage_.world().deliver_webhook(recorded->from, std::move(webhooks[i - first]), credence_of(*recorded));
        }
      }
    });
    replayer_.release_crashes();
    for (std::size_t i = first; i < end; ++i) {
      const auto here = all_.at(i);
      const int recorded = here->response.status, made = statuses[i - first];
      if (recorded != 0 && recorded / 100 != made / 100) {
        return Played::failed("the bridge answers the webhook of " + replayer_.numbered(i) + " from " + here->from +
                                  " with status " + std::to_string(recorded),
                              made == 0 ? "no answer" : "status " + std::to_string(made));
      }
    }
    return played(settle(ring_));
  }

  static bool has_arrived(const Exchange& webhook) {
    return webhook.response.status != 0 || webhook.error != name_of(http::TransportError::Kind::not_sent);
  }

  /// How the bridge took it. 404: it knows nobody who would send to that address.
  static World::Credence credence_of(const Exchange& webhook) {
    switch (webhook.response.status) {
      case 401:
      case 403: return World::Credence::forged;
      case 404: return World::Credence::misaddressed;
      default: return World::Credence::believed;
    }
  }

  Played meet(const BridgeFate& fate) {
    if (fate.during) {  // when that call is made
      crashed_during_ = fate.during;
      return {};
    }
    if (fate.what == BridgeFate::What::parked) {
      stage_.world().journal().append("script", sim::BridgeEvent{.event = "may park"});
      return {};
    }
    const WallTime at = replayer_.time_here(fate.at);
    using What = BridgeFate::What;
    const bool starts = fate.what == What::started || fate.what == What::restored || fate.what == What::emptied;
    // What starts it again has waited for nothing that it asked.
    if (Played reached = starts ? pass_until(at) : reach(fate.place, at, "the bridge " + std::string(name_of(fate.what)));
        !reached.done() || departed())
      return reached;
    // Two jobs there may be one here, which looks once: then the look at which the bridge crashed does not come.
    if (crashed_during_ && replayer_.forgo_crash(*crashed_during_)) ring_.kill_bridge();
    crashed_during_.reset();
    if (auto moved = move_to(at); !moved.done()) return moved;
    switch (fate.what) {
      case What::crashed: ring_.kill_bridge(); break;
      case What::stopped:
        if (auto stopped = ring_.stop_bridge(); !stopped) return Played::troubled("the bridge ends on SIGTERM", stopped.error());
        break;
      case What::parked: break;
      case What::started:
        if (auto started = ring_.start_bridge(); !started) return Played::troubled("the bridge starts", started.error());
        break;
      case What::saved:
        if (auto saved = ring_.save_state(); !saved) return Played::failed("a backup of what the bridge stores", saved.error());
        break;
      case What::restored:
        if (auto back = ring_.restore_state(); !back) return Played::failed("a backup of what the bridge stores", back.error());
        return {};  // it starts now
      case What::emptied: ring_.lose_state(); return {};
      case What::operated:
        if (auto said = ring_.operate(fate.words); !said) return Played::failed("an answer to the operator", said.error());
    }
    return played(settle(ring_));
  }

  /// To a moment at which something comes to the bridge.
  Played move_to(WallTime at) {
    timers_come_late_ = false;
    if (ring_.real_time() != nullptr || ring_.now() >= at) return {};
    const auto trouble = ring_.advance_to(at);
    return trouble ? Played::troubled("time passes", *trouble) : Played{};
  }

  Played pass_until(WallTime at) {
    if (departed() || ring_.now() >= at) return played(settle(ring_));
    if (ring_.real_time() != nullptr) return played(pass(ring_, at - ring_.now()));
    for (std::size_t timers = 0; timers < kTimersMax; ++timers) {
      if (Waited quiet = settle(ring_); quiet.end != Waited::End::held) return played(quiet);
      const auto next = ring_.next_timer();
      if (departed() || !next || *next > at) return move_to(at);
      if (const auto trouble = ring_.advance_to(stop_at(*next, at))) return Played::troubled("time passes", *trouble);
    }
    return Played::failed("the end of the recording", "100 000 timers fired before it");
  }

  /// Where the clocks go instead of the bridge's next timer. A tape that is silent for hours is of a bridge whose timers came late
  /// (docs/decisions/0013-idle-time.md), until something came to it; so do they here, each at the next recorded moment.
  WallTime stop_at(WallTime next, WallTime end) {
    const auto after = std::upper_bound(moments_.begin(), moments_.end(), ring_.now());
    const WallTime moment = after == moments_.end() ? end : std::min(*after, end);
    if (after != moments_.begin() && moment - *std::prev(after) >= kShortestLateness) timers_come_late_ = true;
    if (!timers_come_late_) return next;
    const auto world = ring_.next_timer_of_the_world();
    return std::max(next, world ? std::min(moment, *world) : moment);
  }

  /// Lets everything happen that comes before `at`, and everything be asked that stands before that place of the tape. Timers of that
  /// very moment come after it, unless what stands before it is still to come. Time may then be a step before `at`.
  Played reach(std::size_t place, WallTime at, const std::string& what) {
    const auto missing = [&] { return replayer_.unused_before(place); };
    if (ring_.real_time() != nullptr) {
      const Waited waited = wait_until(
          ring_, [&] { return departed() || missing().empty(); }, kLatenessMax);
      return waited.end == Waited::End::deadline ? not_asked(what, missing()) : played(waited);
    }
    for (std::size_t timers = 0; timers < kTimersMax; ++timers) {
      if (Waited quiet = settle(ring_); quiet.end != Waited::End::held) return played(quiet);
      if (departed()) return {};
      const auto next = ring_.next_timer();
      const bool is_all_made = replayer_.is_all_made_before(place);
      WallTime until = at;
      if (next && (*next < at || (*next == at && !is_all_made))) {
        until = stop_at(*next, at);
      } else {
        const auto left = is_all_made ? std::vector<std::string>{} : missing();
        if (left.empty()) return {};
        if (ring_.now() >= at && (!next || *next > at + kLatenessMax)) return not_asked(what, left);
        if (ring_.now() >= at) until = *next;
      }
      if (const auto trouble = ring_.advance_to(until)) return Played::troubled("time passes", *trouble);
    }
    return Played::failed(what, "100 000 timers fired before it");
  }

  static Played not_asked(const std::string& what, const std::vector<std::string>& missing) {
    std::string lines;
    constexpr std::size_t kShown = 10;
    for (std::size_t i = 0; i < std::min(missing.size(), kShown); ++i) lines += (i == 0 ? "" : "\n") + missing[i];
    if (missing.size() > kShown) lines += "\nand " + std::to_string(missing.size() - kShown) + " more";
    return Played::failed("before " + what + " every request that was recorded before it", "not made: " + lines);
  }

  Stage& stage_;
  Ring& ring_;
  Replayer& replayer_;
  const Exchanges& all_;
  std::vector<WallTime> moments_;  ///< of what was recorded, in the time here, ascending
  bool timers_come_late_ = false;
  std::optional<std::size_t> crashed_during_{};  ///< the call at which it last crashed on the tape
};

}  // namespace

Played enact_recording(Stage& stage) { return Enactment(stage).play(); }

}  // namespace casewire::scenarios
