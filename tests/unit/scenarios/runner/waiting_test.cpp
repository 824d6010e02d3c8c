#include "scenarios/runner/waiting.hpp"

#include <gtest/gtest.h>

#include <set>

namespace casewire::scenarios {
namespace {

using End = Waited::End;
using std::chrono::minutes;

/// A ring whose world is a list of timers.
class TimersOnly final : public Ring {
 public:
  Result<void, std::string> open(Staging) override { return {}; }
  World& world() override { std::abort(); }
  Result<void, std::string> start_bridge() override { return {}; }
  void kill_bridge() override {}
  Result<void, std::string> stop_bridge() override { return {}; }
  Result<bool, std::string> restart_if_crashed() override {
    if (crashes == 0) return false;
    --crashes;
    ++restarts;
    return true;
  }
  void perform(const std::function<void()>& deed) override { deed(); }
  WallTime now() const override { return time; }
  std::optional<std::string> run_until_quiet() override { return holder; }
  std::optional<WallTime> next_timer() override {
    const auto next = timers.upper_bound(time);
    return next == timers.end() ? std::nullopt : std::optional(*next);
  }
  bool advance_to(WallTime when) override {
    if (!movable) return false;
    time = when;
    ++advances;
    return true;
  }
  std::optional<BridgeWork> bridge_work() override { return std::nullopt; }

  WallTime time{};
  std::set<WallTime> timers;
  std::optional<std::string> holder;
  bool movable = true;
  int crashes = 0, restarts = 0, advances = 0;
};

TEST(Waiting, EndsAtOnceWhenItHoldsAlready) {
  TimersOnly ring;
  ring.timers = {WallTime{minutes(1)}};
  EXPECT_EQ(wait_until(
                ring, [] { return true; }, minutes(15))
                .end,
            End::held);
  EXPECT_EQ(ring.advances, 0);
}

TEST(Waiting, SkipsFromTimerToTimerUntilItHolds) {
  TimersOnly ring;
  ring.timers = {WallTime{minutes(1)}, WallTime{minutes(4)}, WallTime{minutes(9)}};
  EXPECT_EQ(wait_until(
                ring, [&] { return ring.time >= WallTime{minutes(4)}; }, minutes(15))
                .end,
            End::held);
  EXPECT_EQ(ring.time, WallTime{minutes(4)});
}

TEST(Waiting, FailsWithoutSpendingTimeWhenNoTimerIsLeftBeforeTheLimit) {
  TimersOnly ring;
  ring.timers = {WallTime{minutes(20)}};
  EXPECT_EQ(wait_until(
                ring, [] { return false; }, minutes(15))
                .end,
            End::deadline);
  EXPECT_EQ(ring.time, WallTime{});
}

TEST(Waiting, LetsAWholeDurationPassWithEveryTimerInIt) {
  TimersOnly ring;
  ring.timers = {WallTime{minutes(1)}, WallTime{minutes(4)}, WallTime{minutes(90)}};
  EXPECT_NE(pass(ring, minutes(10)).end, End::stuck);
  EXPECT_EQ(ring.time, WallTime{minutes(10)});
  EXPECT_EQ(ring.advances, 3);
}

TEST(Waiting, SaysWhoHoldsTimeUp) {
  TimersOnly ring;
  ring.holder = "the bridge: worker 2";
  const Waited waited = wait_until(
      ring, [] { return false; }, minutes(15));
  EXPECT_EQ(waited.end, End::stuck);
  EXPECT_EQ(waited.why, "the bridge: worker 2");
}

TEST(Waiting, StartsACrashedBridgeAgainAndGivesItItsTurn) {
  TimersOnly ring;
  ring.crashes = 2;
  EXPECT_EQ(settle(ring).end, End::held);
  EXPECT_EQ(ring.restarts, 2);
}

TEST(Waiting, GivesUpOnABridgeThatCrashesForEver) {
  TimersOnly ring;
  ring.crashes = 1'000'000;
  EXPECT_EQ(settle(ring).end, End::stuck);
}

TEST(Waiting, SaysWhenTimeCannotBeMoved) {
  TimersOnly ring;
  ring.movable = false;
  EXPECT_EQ(pass(ring, minutes(1)).end, End::cannot);
}

}  // namespace
}  // namespace casewire::scenarios
