#include "scenarios/runner/waiting.hpp"

#include <gmock/gmock.h>

#include <set>

namespace casewire::scenarios {
namespace {

using End = Waited::End;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

/// A ring whose world is a list of timers.
class TimersOnly : public Ring {
 public:
  Result<void, std::string> open(Staging) override { return {}; }
  World& world() override { std::abort(); }
  std::optional<Trouble> blindness() override { return blind; }
  Result<void, Trouble> start_bridge() override { return {}; }
  void kill_bridge() override {}
  Result<void, Trouble> stop_bridge() override { return {}; }
  Result<bool, Trouble> restart_if_crashed() override {
    if (crashes == 0) return false;
    --crashes;
    ++restarts;
    return true;
  }
  void perform(const std::function<void()>& deed) override { deed(); }
  WallTime now() const override { return time; }
  std::optional<Trouble> run_until_quiet() override { return holder; }
  std::optional<WallTime> next_timer() override {
    const auto next = timers.upper_bound(time);
    return next == timers.end() ? std::nullopt : std::optional(*next);
  }
  std::optional<WallTime> next_timer_of_the_world() override { return next_timer(); }
  std::optional<Trouble> advance_to(WallTime when) override {
    time = when;
    ++advances;
    return std::nullopt;
  }
  std::optional<BridgeWork> bridge_work() override { return std::nullopt; }

  WallTime time{};
  std::set<WallTime> timers;
  std::optional<Trouble> holder, blind;
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
  ring.holder = Trouble{"the bridge: worker 2"};
  const Waited waited = wait_until(
      ring, [] { return false; }, minutes(15));
  EXPECT_EQ(waited.end, End::stuck);
  EXPECT_EQ(waited.why, "the bridge: worker 2");
}

TEST(Waiting, EndsWhereNobodySeesAnyMore) {
  TimersOnly ring;
  ring.timers = {WallTime{minutes(1)}};
  ring.blind = Trouble{"the journal is full"};
  const Waited waited = pass(ring, minutes(10));
  EXPECT_EQ(waited.end, End::stuck);
  EXPECT_EQ(waited.why, "the journal is full");
  EXPECT_EQ(ring.advances, 0);
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

TEST(Waiting, TellsTroubleOfTheMachineFromTheBridges) {
  TimersOnly ring;
  ring.holder = Trouble{"nobody got a processor", true};
  EXPECT_EQ(settle(ring).end, End::machine);
}

/// A bridge that keeps its own clock: each look at the world costs it ten seconds.
class Stranger final : public TimersOnly, public RealTime {
 public:
  RealTime* real_time() override { return this; }
  const Patience& patience() const override { return terms; }
  milliseconds fair_time() override { return time.time_since_epoch(); }
  std::optional<Trouble> run_until_still(milliseconds) override { return std::nullopt; }
  std::optional<Trouble> run_until_news(milliseconds) override {
    time += seconds(10);
    return std::nullopt;
  }

  Patience terms{.for_a_promise = minutes(15)};
};

TEST(WaitingForAStranger, LastsUntilThePromiseIsKept) {
  Stranger ring;
  const Waited waited = wait_until(
      ring, [&] { return ring.time >= WallTime{minutes(14)}; }, minutes(15));
  EXPECT_EQ(waited.end, End::held);
}

TEST(WaitingForAStranger, ConvictsWhenItsPatienceIsGone) {
  Stranger ring;
  const Waited waited = wait_until(
      ring, [] { return false; }, minutes(15));
  EXPECT_EQ(waited.end, End::deadline);
  EXPECT_EQ(ring.time, WallTime{minutes(15)});
}

TEST(WaitingForAStranger, DecidesNothingWhileTheWorldStillHasSomethingToDo) {
  Stranger ring;
  ring.timers = {WallTime{minutes(20)}};
  const Waited waited = wait_until(
      ring, [] { return false; }, minutes(15));
  EXPECT_EQ(waited.end, End::undecided);
  EXPECT_THAT(waited.why, HasSubstr("what the world does at 00:20:00 lies beyond a patience of 15 min"));
}

TEST(WaitingForAStranger, LetsNoMoreTimePassThanItHasPatience) {
  Stranger ring;
  EXPECT_EQ(pass(ring, minutes(2)).end, End::held);
  EXPECT_GE(ring.time, WallTime{minutes(2)});
  EXPECT_EQ(pass(ring, minutes(16)).end, End::undecided);
}

}  // namespace
}  // namespace casewire::scenarios
