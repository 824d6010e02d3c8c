// The process ring of a bridge that keeps its own clock: it is started, called and watched, and waited for in real time.

#include "scenarios/runner/bridge_in_process.hpp"
#include "scenarios/runner/process_life.hpp"

namespace casewire::scenarios {
namespace {

class StrangerRing final : public BridgeInProcess, public RealTime {
 public:
  StrangerRing(ProcessRingOptions options, Patience patience, ProcessHost& host)
      : BridgeInProcess(std::move(options), host), patience_(patience) {}

  RealTime* real_time() override { return this; }
  const Patience& patience() const override { return patience_; }
  milliseconds fair_time() override { return watch_.elapsed() - lost_before_ - (fair_ ? fair_->lost() : milliseconds{0}); }

  Result<void, Trouble> start_bridge() override {
    auto started = BridgeInProcess::start_bridge();
    lost_before_ = watch_.elapsed() - fair_time();
    fair_.reset();
    if (is_up()) fair_.emplace(bridge_group());
    return started;
  }

  std::optional<Trouble> run_until_still(milliseconds stillness) override {
    const milliseconds end = fair_time() + patience_.for_a_promise;
    const RealStopwatch watch;
    milliseconds still_since{0};
    std::optional<ProcessLife> life;
    if (is_up()) life.emplace(bridge_group());
    for (std::uint64_t seen = runtime().activity().changes; !has_crashed();) {
      if (!is_up()) {
        if (auto trouble = died_unasked()) return trouble;
        life.reset();
      }
      const Activity activity = runtime().activity();
      if (activity.busy != 0 || activity.changes != seen || (life && shows_life(*life))) still_since = watch.elapsed();
      seen = activity.changes;
      // A bridge that never rests is judged all the same, when patience is gone.
      if (watch.elapsed() - still_since >= stillness || fair_time() >= end) return std::nullopt;
      runtime().wait_for_change(activity.changes, std::min(stillness / 3, kLook));
    }
    return std::nullopt;
  }

  std::optional<Trouble> run_until_news(milliseconds limit) override {
    if (has_crashed()) return std::nullopt;
    if (!is_up()) {
      if (auto trouble = died_unasked()) return trouble;
    }
    runtime().wait_for_change(runtime().activity().changes, limit);
    return std::nullopt;
  }

  std::string note() const override {
    return "The bridge has no control connection, so it was waited for in real time: up to " +
           human_duration(patience_.for_a_promise) + " for what must happen, and " + human_duration(patience_.stillness) +
           " without a sign of life for what must not.";
  }

  std::optional<Trouble> run_until_quiet() override { return Trouble{"time is not moved for this bridge", true}; }
  std::optional<Trouble> advance_to(WallTime) override { return run_until_quiet(); }
  std::optional<BridgeWork> bridge_work() override { return std::nullopt; }

 private:
  static constexpr milliseconds kLook{100};

  bool prepare(std::string&) override { return true; }

  /// A runtime that ticks now and then (a garbage collector, a timer that finds nothing) is no life.
  static bool shows_life(ProcessLife& life) {
    constexpr std::chrono::milliseconds kTick{5};
    const auto before = life.ran();
    life.look();
    return life.is_runnable() || life.ran() - before > kTick;
  }

  Patience patience_;
  RealStopwatch watch_;
  std::optional<FairWatch> fair_;  ///< of the bridge that runs
  milliseconds lost_before_{0};    ///< by those before it
};

}  // namespace

std::unique_ptr<Ring> make_stranger_ring(ProcessRingOptions options, Patience patience, ProcessHost& host) {
  return std::make_unique<StrangerRing>(std::move(options), patience, host);
}

}  // namespace casewire::scenarios
