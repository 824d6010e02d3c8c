#include "base/runtime/thread_runtime.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>

#include "base/runtime/stopwatch.hpp"

namespace casewire {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr WallTime kThreadStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h;

void settle(const ThreadRuntime& runtime) {
  for (auto seen = runtime.activity(); seen.busy > 0; seen = runtime.activity()) {
    runtime.wait_for_change(seen.changes, 10s);
  }
}

TEST(ThreadRuntime, FollowsTheSystemClockUntilItIsDriven) {
  ThreadRuntime runtime;
  EXPECT_FALSE(runtime.driven());
  const auto steady = runtime.steady_now();
  const RealStopwatch watch;
  runtime.sleep_for(3ms);
  EXPECT_GE(watch.elapsed_microseconds(), 2000);  // a clock of whole milliseconds may be nearly one ahead
  EXPECT_GE(runtime.steady_now() - steady, 3ms);
  EXPECT_GT(runtime.now(), kThreadStart - std::chrono::years{5});
  EXPECT_EQ(runtime.wall_time_of(steady + 24h) - runtime.wall_time_of(steady), 24h);
  runtime.drive(kThreadStart);
  EXPECT_TRUE(runtime.driven());
  EXPECT_EQ(runtime.now(), kThreadStart);
  EXPECT_EQ(runtime.wall_time_of(runtime.steady_now() + 2h), kThreadStart + 2h);
}

TEST(ThreadRuntime, TimesOutInRealTimeWhenItIsNotDriven) {
  ThreadRuntime runtime;
  const auto event = runtime.make_event();
  EXPECT_FALSE(event->wait_until(runtime.steady_now() + 2ms));
  event->notify();
  EXPECT_TRUE(event->wait_until(runtime.steady_now() + 1h));
}

TEST(ThreadRuntime, TakesOverSleepersWhenItIsDriven) {
  ThreadRuntime runtime;
  std::atomic<bool> awake = false;
  const auto start = runtime.steady_now();
  runtime.spawn("sleeper", [&] {
    runtime.sleep_until(start + 1h);
    awake = true;
  });
  settle(runtime);
  runtime.drive(kThreadStart);
  runtime.advance_to(kThreadStart + 59min);
  EXPECT_EQ(runtime.activity().next_timer, start + 1h);
  runtime.advance_to(kThreadStart + 1h);
  settle(runtime);
  EXPECT_TRUE(awake);
}

TEST(ThreadRuntime, CountsAWaiterAsBusyBeforeNotifyReturns) {
  ThreadRuntime runtime;
  runtime.drive(kThreadStart);
  const auto event = runtime.make_event();
  std::latch release{1};
  runtime.spawn("waiter", [&] {
    event->wait();
    release.wait();
  });
  settle(runtime);
  event->notify();
  EXPECT_EQ(runtime.activity().busy, 1u);
  release.count_down();
  settle(runtime);
}

TEST(ThreadRuntime, CountsEverybodyWhoIsDueAsBusyBeforeAdvanceReturns) {
  ThreadRuntime runtime;
  runtime.drive(kThreadStart);
  std::latch release{1};
  for (int sleeper = 0; sleeper < 3; ++sleeper) {
    runtime.spawn("sleeper " + std::to_string(sleeper), [&, sleeper] {
      runtime.sleep_for((sleeper + 1) * 1s);
      release.wait();
    });
  }
  settle(runtime);
  runtime.advance_to(kThreadStart + 2s);
  EXPECT_EQ(runtime.activity().busy, 2u);
  EXPECT_THAT(runtime.busy_tasks(), ElementsAre("sleeper 0", "sleeper 1"));
  release.count_down();
  settle(runtime);
  EXPECT_THAT(runtime.busy_tasks(), ElementsAre());
}

TEST(ThreadRuntime, NeverLooksQuietWhileAnythingIsUnderWay) {
  // Tasks hand one token round; whoever looks must always see somebody busy until the last hop is done.
  std::vector<std::unique_ptr<Event>> turns;  // these outlive the tasks
  std::atomic<int> hops = 0;
  ThreadRuntime runtime;
  runtime.drive(kThreadStart);
  constexpr std::size_t kTasks = 4;
  constexpr int kHops = 4000;
  for (std::size_t task = 0; task < kTasks; ++task) turns.push_back(runtime.make_event());
  for (std::size_t task = 0; task < kTasks; ++task) {
    runtime.spawn("hand " + std::to_string(task), [&, task] {
      for (;;) {
        if (task % 2 == 0) {
          turns[task]->wait();
        } else {
          while (!turns[task]->wait_until(runtime.steady_now() + 1h)) {
          }
        }
        if (++hops >= kHops) return;
        turns[(task + 1) % kTasks]->notify();
      }
    });
  }
  settle(runtime);
  turns[0]->notify();
  int looks = 0;
  while (runtime.activity().busy > 0) ++looks;
  EXPECT_EQ(hops, kHops);
  EXPECT_GT(looks, 0);
}

TEST(ThreadRuntime, LetsAForeignThreadSleepAndWait) {
  ThreadRuntime runtime;
  runtime.drive(kThreadStart);
  const auto event = runtime.make_event();
  std::thread foreign([&] {
    const BusyScope scope{runtime};
    runtime.sleep_for(1s);
    event->wait();
  });
  const auto until_quiet_with = [&](bool timer) {
    for (auto seen = runtime.activity(); seen.busy > 0 || seen.next_timer.has_value() != timer; seen = runtime.activity()) {
      runtime.wait_for_change(seen.changes, 10s);
    }
  };
  until_quiet_with(true);
  runtime.advance_to(kThreadStart + 1s);
  until_quiet_with(false);
  event->notify();
  foreign.join();
  EXPECT_EQ(runtime.activity().busy, 0u);
}

TEST(ThreadRuntime, StopsForeignThreadsToo) {
  ThreadRuntime runtime;
  runtime.drive(kThreadStart);
  std::atomic<bool> stopped = false;
  std::thread foreign([&] {
    try {
      runtime.sleep_for(1h);
    } catch (const TaskStopped&) {
      stopped = true;
    }
  });
  while (!runtime.activity().next_timer) std::this_thread::yield();
  runtime.stop();
  foreign.join();
  EXPECT_TRUE(stopped);
  EXPECT_THROW(runtime.sleep_for(0ms), TaskStopped);
  EXPECT_THROW(runtime.make_event()->wait(), TaskStopped);
}

TEST(ThreadRuntime, WaitsOnlySoLongForAChange) {
  ThreadRuntime runtime;
  const RealStopwatch watch;
  runtime.wait_for_change(runtime.activity().changes, 2ms);
  EXPECT_GE(watch.elapsed(), 2ms);
  runtime.wait_for_change(runtime.activity().changes + 1, 1h);  // has changed already
}

TEST(ThreadRuntime, WaitsUntilNobodyIsBusyOrOnlySoLong) {
  ThreadRuntime runtime;
  runtime.wait_until_idle(1h);  // nobody is
  {
    const BusyScope busy(runtime);
    const RealStopwatch watch;
    runtime.wait_until_idle(2ms);
    EXPECT_GE(watch.elapsed(), 2ms);
  }
  std::atomic<bool> goes_on = true, has_ended = false;
  runtime.spawn("work", [&] {
    while (goes_on) std::this_thread::yield();
    has_ended = true;
  });
  std::thread other([&] { goes_on = false; });
  runtime.wait_until_idle(1h);
  EXPECT_TRUE(has_ended);
  other.join();
}

TEST(ThreadRuntime, KeepsNothingOfTasksThatHaveEnded) {
  ThreadRuntime runtime;
  std::atomic<int> ran = 0;
  for (int task = 0; task < 300; ++task) {
    runtime.spawn("short", [&] { ++ran; });
  }
  settle(runtime);
  runtime.stop();
  EXPECT_EQ(ran, 300);
}

TEST(ThreadRuntimeDeathTest, EndsTheProgramWithTheNameOfATaskThatThrows) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        ThreadRuntime runtime;
        runtime.spawn("delivery", [] { throw std::runtime_error("a secret"); });
        runtime.wait_for_change(runtime.activity().changes, 10s);
        settle(runtime);
      },
      "the task \"delivery\" let an exception escape: St13runtime_error");
}

}  // namespace
}  // namespace casewire
