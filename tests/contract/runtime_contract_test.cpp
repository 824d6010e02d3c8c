// What every Runtime promises, asked of each of them under a driven clock.

#include <gmock/gmock.h>

#include <mutex>
#include <stdexcept>

#include "base/runtime/fiber_runtime.hpp"
#include "base/runtime/thread_runtime.hpp"

namespace casewire {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr WallTime kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h;

/// A runtime, and the hand that moves its time.
class Stage {
 public:
  virtual ~Stage() = default;
  virtual Runtime& runtime() = 0;
  /// Returns when nobody is busy any more.
  virtual void settle() = 0;
  virtual void advance_to(WallTime when) = 0;
  virtual void stop() = 0;
};

class ThreadStage final : public Stage {
 public:
  ThreadStage() { runtime_.drive(kStart); }
  Runtime& runtime() override { return runtime_; }
  void settle() override {
    for (auto seen = runtime_.activity(); seen.busy > 0; seen = runtime_.activity()) {
      runtime_.wait_for_change(seen.changes, 10s);
    }
  }
  void advance_to(WallTime when) override { runtime_.advance_to(when); }
  void stop() override { runtime_.stop(); }

 private:
  ThreadRuntime runtime_;
};

class FiberStage final : public Stage {
 public:
  Runtime& runtime() override { return *process_; }
  void settle() override { EXPECT_TRUE(fibers_.run_until_quiet()); }
  void advance_to(WallTime when) override { fibers_.advance_to(when); }
  void stop() override { process_->kill(); }

 private:
  FiberRuntime fibers_{kStart, 1};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("subject");
};

template <class StageOfIt>
class RuntimeContract : public testing::Test {
 protected:
  Runtime& runtime() { return stage_.runtime(); }
  void settle() { stage_.settle(); }
  void advance(milliseconds by) { stage_.advance_to(runtime().now() + by); }
  void stop() { stage_.stop(); }
  /// Lets time jump from timer to timer until none is left.
  void run_out() {
    for (settle(); runtime().activity().next_timer; settle()) {
      advance(*runtime().activity().next_timer - runtime().steady_now());
    }
  }
  void note(std::string what) {
    const std::lock_guard held{mutex_};
    notes_.push_back(std::move(what));
  }
  std::vector<std::string> notes() {
    const std::lock_guard held{mutex_};
    return notes_;
  }
  auto noted_at_end(std::string what) {
    return std::shared_ptr<void>(nullptr, [this, what = std::move(what)](void*) { note(what); });
  }

 private:
  std::mutex mutex_;
  std::vector<std::string> notes_;
  StageOfIt stage_;
};

class StageNames {
 public:
  template <class StageOfIt>
  static std::string GetName(int) {
    return std::is_same_v<StageOfIt, ThreadStage> ? "ThreadRuntime" : "FiberRuntime";
  }
};
using Stages = testing::Types<ThreadStage, FiberStage>;
TYPED_TEST_SUITE(RuntimeContract, Stages, StageNames);

TYPED_TEST(RuntimeContract, MovesItsClocksOnlyWhenTold) {
  EXPECT_EQ(this->runtime().now(), kStart);
  const auto steady = this->runtime().steady_now();
  this->advance(90s);
  EXPECT_EQ(this->runtime().now(), kStart + 90s);
  EXPECT_EQ(this->runtime().steady_now(), steady + 90s);
  this->advance(-5s);
  EXPECT_EQ(this->runtime().now(), kStart + 90s);
  EXPECT_EQ(this->runtime().steady_now(), steady + 90s);
}

TYPED_TEST(RuntimeContract, WakesSleepersAtTheirTimesInTheirOrder) {
  for (const int hours : {3, 1, 2}) {
    this->runtime().spawn("sleeper", [this, hours] {
      this->runtime().sleep_for(hours * 1h);
      this->note(std::to_string(hours) + " at " + iso8601(this->runtime().now()).substr(11, 5));
    });
  }
  this->run_out();
  EXPECT_THAT(this->notes(), ElementsAre("1 at 10:00", "2 at 11:00", "3 at 12:00"));
}

TYPED_TEST(RuntimeContract, WakesASleeperWhenTimeJumpsFarPastItsDeadline) {
  this->runtime().spawn("sleeper", [this] {
    this->runtime().sleep_for(1s);
    this->note("awake");
  });
  this->settle();
  this->advance(999ms);
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre());
  this->advance(24h);
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("awake"));
}

TYPED_TEST(RuntimeContract, ReturnsAtOnceFromASleepThatIsOver) {
  this->runtime().spawn("sleeper", [this] {
    this->runtime().sleep_for(0ms);
    this->runtime().sleep_for(-1h);
    this->note("done");
  });
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("done"));
}

TYPED_TEST(RuntimeContract, KeepsANotificationThatCameBeforeTheWait) {
  const auto event = this->runtime().make_event();
  event->notify();
  event->notify();
  this->runtime().spawn("waiter", [&] {
    event->wait();
    this->note("first");
    event->wait();
    this->note("second");
  });
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("first"));
  event->notify();
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("first", "second"));
}

TYPED_TEST(RuntimeContract, WakesOneWaiterPerNotification) {
  const auto event = this->runtime().make_event();
  for (int waiter = 0; waiter < 3; ++waiter) {
    this->runtime().spawn("waiter", [&] {
      event->wait();
      this->note("woken");
    });
  }
  this->settle();
  event->notify();
  this->settle();
  EXPECT_EQ(this->notes().size(), 1u);
  event->notify();
  event->notify();
  this->settle();
  EXPECT_EQ(this->notes().size(), 3u);
}

TYPED_TEST(RuntimeContract, TellsANotificationFromADeadline) {
  const auto event = this->runtime().make_event();
  const auto wait = [&](std::string name) {
    this->runtime().spawn(name, [this, name, &event] {
      const bool notified = event->wait_until(this->runtime().steady_now() + 5s);
      this->note(name + (notified ? " notified" : " timed out"));
    });
    this->settle();
  };
  wait("first");
  event->notify();
  this->settle();
  EXPECT_EQ(this->runtime().activity().next_timer, std::nullopt);
  wait("second");
  this->advance(5s);
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("first notified", "second timed out"));
}

TYPED_TEST(RuntimeContract, DoesNotGiveANotificationToAWaiterThatTimedOut) {
  const auto event = this->runtime().make_event();
  const auto go_on = this->runtime().make_event();
  this->runtime().spawn("waiter", [&] {
    this->note(event->wait_until(this->runtime().steady_now() + 1s) ? "notified" : "timed out");
    go_on->wait();
    this->note(event->wait_until(this->runtime().steady_now()) ? "kept" : "lost");
  });
  this->settle();
  this->advance(1s);
  event->notify();  // the waiter is woken, but may not have run yet
  go_on->notify();
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("timed out", "kept"));
}

TYPED_TEST(RuntimeContract, LooksAtTheFlagBeforeAPassedDeadline) {
  const auto event = this->runtime().make_event();
  event->notify();
  this->runtime().spawn("waiter", [&] {
    this->note(event->wait_until(this->runtime().steady_now() - 1h) ? "notified" : "timed out");
    this->note(event->wait_until(this->runtime().steady_now() - 1h) ? "notified" : "timed out");
  });
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("notified", "timed out"));
}

TYPED_TEST(RuntimeContract, CountsATaskAsBusyFromItsSpawning) {
  const auto before = this->runtime().activity();
  EXPECT_EQ(before.busy, 0u);
  const auto held = this->runtime().make_event();
  this->runtime().spawn("waiter", [&] { held->wait(); });
  EXPECT_GT(this->runtime().activity().changes, before.changes);
  this->settle();
  const auto waiting = this->runtime().activity();
  EXPECT_EQ(waiting.busy, 0u);
  held->notify();
  EXPECT_GT(this->runtime().activity().changes, waiting.changes);
  this->settle();
}

TYPED_TEST(RuntimeContract, NamesTheEarliestTimerOfSleepersAndWaiters) {
  const auto start = this->runtime().steady_now();
  const auto event = this->runtime().make_event();
  this->runtime().spawn("sleeper", [this] { this->runtime().sleep_for(7s); });
  this->runtime().spawn("waiter", [&] { event->wait_until(start + 4s); });
  this->settle();
  EXPECT_EQ(this->runtime().activity().next_timer, start + 4s);
  event->notify();
  this->settle();
  EXPECT_EQ(this->runtime().activity().next_timer, start + 7s);
  this->advance(7s);
  this->settle();
  EXPECT_EQ(this->runtime().activity().next_timer, std::nullopt);
}

TYPED_TEST(RuntimeContract, CountsABusyScopeButNotWhileItsTaskSleeps) {
  {
    const BusyScope outside{this->runtime()};
    EXPECT_EQ(this->runtime().activity().busy, 1u);
  }
  EXPECT_EQ(this->runtime().activity().busy, 0u);
  this->runtime().spawn("sleeper", [this] {
    const BusyScope inside{this->runtime()};
    this->runtime().sleep_for(1s);
    this->note(std::to_string(this->runtime().activity().busy));
  });
  this->settle();
  this->advance(1s);
  this->settle();
  EXPECT_THAT(this->notes(), ElementsAre("2"));
  EXPECT_EQ(this->runtime().activity().busy, 0u);
}

TYPED_TEST(RuntimeContract, RunsTasksThatTasksSpawn) {
  this->runtime().spawn("parent", [this] {
    for (int child = 0; child < 20; ++child) {
      this->runtime().spawn("child", [this] {
        this->runtime().sleep_for(1s);
        this->note("child");
      });
    }
  });
  this->run_out();
  EXPECT_EQ(this->notes().size(), 20u);
}

TYPED_TEST(RuntimeContract, KeepsExceptionsApartWhenTasksSleepInsideTheirHandlers) {
  for (const int number : {1, 2, 3}) {
    this->runtime().spawn("thrower", [this, number] {
      try {
        throw std::runtime_error("exception " + std::to_string(number));
      } catch (const std::runtime_error&) {
        this->runtime().sleep_for(number * 1s);
        try {
          throw;  // the exception being handled here, not that of another task
        } catch (const std::runtime_error& again) {
          this->note(again.what());
        }
      }
      EXPECT_EQ(std::current_exception(), nullptr);
    });
  }
  this->run_out();
  EXPECT_THAT(this->notes(), ElementsAre("exception 1", "exception 2", "exception 3"));
}

TYPED_TEST(RuntimeContract, UnwindsSleepersAndWaitersWhenItStops) {
  const auto event = this->runtime().make_event();
  this->runtime().spawn("sleeper", [this] {
    const auto end = this->noted_at_end("sleeper unwound");
    this->runtime().sleep_for(1h);
    this->note("never");
  });
  this->runtime().spawn("waiter", [&] {
    const auto end = this->noted_at_end("waiter unwound");
    event->wait();
    this->note("never");
  });
  this->runtime().spawn("timed waiter", [&] {
    const auto end = this->noted_at_end("timed waiter unwound");
    event->wait_until(this->runtime().steady_now() + 1h);
    this->note("never");
  });
  this->settle();
  this->stop();
  EXPECT_THAT(this->notes(), UnorderedElementsAre("sleeper unwound", "waiter unwound", "timed waiter unwound"));
  EXPECT_EQ(this->runtime().activity().busy, 0u);
  EXPECT_EQ(this->runtime().activity().next_timer, std::nullopt);
}

TYPED_TEST(RuntimeContract, DestroysWhatATaskHoldsBeforeStopReturns) {
  const auto held = std::make_shared<int>(1);
  this->runtime().spawn("holder", [this, held] { this->runtime().sleep_for(1h); });
  this->settle();
  this->runtime().spawn("perhaps never started", [held] {});
  this->stop();
  EXPECT_EQ(held.use_count(), 1);
}

TYPED_TEST(RuntimeContract, IgnoresWhatIsSpawnedAfterTheStop) {
  this->stop();
  this->stop();
  this->runtime().spawn("late", [this] { this->note("never"); });
  EXPECT_EQ(this->runtime().activity().busy, 0u);
  EXPECT_THAT(this->notes(), ElementsAre());
}

}  // namespace
}  // namespace casewire
