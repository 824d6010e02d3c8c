#include "base/runtime/fiber_runtime.hpp"

#include <gmock/gmock.h>

#include <set>
#include <stdexcept>

namespace casewire {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr WallTime kFiberStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5} + 9h;

using Notes = std::vector<std::string>;

/// Notes when it is destroyed.
class AtEnd {
 public:
  AtEnd(Notes& notes, std::string what) : notes_(notes), what_(std::move(what)) {}
  ~AtEnd() { notes_.push_back(what_); }
  AtEnd(const AtEnd&) = delete;
  AtEnd& operator=(const AtEnd&) = delete;

 private:
  Notes& notes_;
  std::string what_;
};

Notes order_of_ten(std::uint64_t seed) {
  FiberRuntime fibers{kFiberStart, seed};
  const auto process = fibers.make_process("p");
  Notes notes;
  for (int task = 0; task < 10; ++task) {
    process->spawn("t", [&, task] {
      for (int round = 0; round < 3; ++round) {
        notes.push_back(std::to_string(task));
        process->sleep_for(1s);
      }
    });
  }
  while (fibers.run_until_quiet() && fibers.next_timer()) fibers.advance_to(*fibers.next_timer());
  return notes;
}

TEST(FiberRuntime, RepeatsAnOrderWithItsSeed) {
  std::set<Notes> orders;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto order = order_of_ten(seed);
    EXPECT_EQ(order.size(), 30u);
    EXPECT_EQ(order, order_of_ten(seed));
    orders.insert(order);
  }
  EXPECT_EQ(orders.size(), 20u);
}

TEST(FiberRuntime, ReportsALiveLockAndWhoIsInIt) {
  FiberRuntime fibers{kFiberStart, 1};
  const auto process = fibers.make_process("bridge");
  const auto ping = process->make_event();
  const auto pong = process->make_event();
  process->spawn("ping", [&] {
    for (;; ping->wait()) pong->notify();
  });
  process->spawn("pong", [&] {
    for (;; pong->wait()) ping->notify();
  });
  EXPECT_FALSE(fibers.run_until_quiet(1000));
  EXPECT_THAT(fibers.runnable(), testing::Contains(testing::StartsWith("bridge/p")));
}

TEST(FiberRuntime, KnowsTheEarliestTimerOfAllProcesses) {
  FiberRuntime fibers{kFiberStart, 1};
  const auto one = fibers.make_process("one");
  const auto two = fibers.make_process("two");
  EXPECT_EQ(fibers.next_timer(), std::nullopt);
  one->spawn("t", [&] { one->sleep_for(5s); });
  two->spawn("t", [&] { two->sleep_for(3s); });
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_EQ(fibers.next_timer(), kFiberStart + 3s);
  EXPECT_EQ(one->activity().next_timer, one->steady_now() + 5s);
  EXPECT_EQ(two->activity().next_timer, two->steady_now() + 3s);
}

TEST(FiberRuntime, CountsActivityForEachProcessAlone) {
  FiberRuntime fibers{kFiberStart, 1};
  const auto one = fibers.make_process("one");
  const auto two = fibers.make_process("two");
  one->spawn("t", [] {});
  EXPECT_EQ(one->activity().busy, 1u);
  EXPECT_EQ(two->activity().busy, 0u);
  EXPECT_EQ(two->activity().changes, 0u);
}

TEST(FiberRuntime, CarriesNotificationsBetweenProcesses) {
  FiberRuntime fibers{kFiberStart, 1};
  const auto one = fibers.make_process("one");
  const auto two = fibers.make_process("two");
  const auto event = one->make_event();
  Notes notes;
  one->spawn("waiter", [&] {
    event->wait();
    notes.push_back("woken");
  });
  two->spawn("notifier", [&] {
    two->sleep_for(1s);
    event->notify();
    EXPECT_EQ(one->activity().busy, 1u);
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  fibers.advance_to(kFiberStart + 1s);
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_THAT(notes, ElementsAre("woken"));
}

TEST(FiberRuntime, SaysThatOnlyATaskCanSleep) {
  FiberRuntime fibers{kFiberStart, 1};
  const auto process = fibers.make_process("p");
  EXPECT_THROW(process->sleep_for(1s), std::logic_error);
}

TEST(FiberProcess, UnwindsTheCallerOfKillLast) {
  FiberRuntime fibers{kFiberStart, 7};
  const auto process = fibers.make_process("bridge");
  Notes notes;
  process->spawn("sleeper", [&] {
    const AtEnd end{notes, "sleeper"};
    process->sleep_for(1h);
  });
  process->spawn("killer", [&] {
    const AtEnd end{notes, "killer"};
    process->sleep_for(1s);
    process->spawn("never started", [&] { notes.push_back("never"); });
    process->kill();
    notes.push_back("never");
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  fibers.advance_to(kFiberStart + 1s);
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_THAT(notes, ElementsAre("sleeper", "killer"));
  EXPECT_TRUE(process->killed());
  EXPECT_EQ(process->activity().busy, 0u);
  EXPECT_EQ(fibers.next_timer(), std::nullopt);
}

TEST(FiberProcess, DiesByTheHandOfAnotherThatGoesOn) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto victim = fibers.make_process("bridge");
  const auto other = fibers.make_process("salesforce");
  Notes notes;
  const auto event = victim->make_event();
  victim->spawn("waiter", [&] {
    const AtEnd end{notes, "waiter"};
    event->wait();
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  other->spawn("killer", [&] {
    victim->kill();
    notes.push_back("killed");
    other->sleep_for(1s);
    notes.push_back("goes on");
  });
  while (fibers.run_until_quiet() && fibers.next_timer()) fibers.advance_to(*fibers.next_timer());
  EXPECT_THAT(notes, ElementsAre("waiter", "killed", "goes on"));
}

TEST(FiberProcess, UnwindsATaskThatIsAwakeButHasNotRunYet) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto process = fibers.make_process("bridge");
  Notes notes;
  process->spawn("sleeper", [&] {
    const AtEnd end{notes, "unwound"};
    process->sleep_for(1s);
    notes.push_back("never");
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  fibers.advance_to(kFiberStart + 1s);
  EXPECT_THAT(fibers.runnable(), ElementsAre("bridge/sleeper"));
  process->kill();
  EXPECT_THAT(notes, ElementsAre("unwound"));
  EXPECT_THAT(fibers.runnable(), ElementsAre());
}

TEST(FiberProcess, DiesWhollyThoughADestructorNotifiesAnotherOfItsTasks) {
  // The notified task was unwound and freed, and stayed in the list of those to be run.
  FiberRuntime fibers{kFiberStart, 3};
  const auto process = fibers.make_process("bridge");
  Notes notes;
  const auto event = process->make_event();
  process->spawn("owner", [&] {
    const std::shared_ptr<void> owned{nullptr, [&](void*) { event->notify(); }};
    process->sleep_for(1h);
  });
  process->spawn("waiter", [&] {
    const AtEnd end{notes, "waiter"};
    event->wait();
    notes.push_back("never");
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  process->kill();
  EXPECT_THAT(notes, ElementsAre("waiter"));
  EXPECT_EQ(process->activity().busy, 0u);
  ASSERT_THAT(fibers.runnable(), ElementsAre());
  EXPECT_TRUE(fibers.run_until_quiet());
}

TEST(FiberProcess, StopsAForeignTaskThatEntersItOnceItIsDead) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto dead = fibers.make_process("bridge");
  const auto other = fibers.make_process("salesforce");
  dead->kill();
  Notes notes;
  other->spawn("caller", [&] {
    const AtEnd end{notes, "stopped"};
    dead->sleep_for(1s);
    notes.push_back("never");
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_THAT(notes, ElementsAre("stopped"));
}

TEST(FiberProcess, IsReplacedByAFreshOneAfterACrash) {
  FiberRuntime fibers{kFiberStart, 3};
  int starts = 0;
  for (int life = 0; life < 50; ++life) {
    const auto process = fibers.make_process("bridge");
    for (int task = 0; task < 5; ++task) {
      process->spawn("t", [&] {
        ++starts;
        process->sleep_for(1h);
      });
    }
    EXPECT_TRUE(fibers.run_until_quiet());
  }
  EXPECT_EQ(starts, 250);
  EXPECT_EQ(fibers.next_timer(), std::nullopt);
}

TEST(FiberProcess, TakesOtherProcessesWithItWhenADestructorKillsThem) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto parent = fibers.make_process("parent");
  const auto child = fibers.make_process("child");
  Notes notes;
  child->spawn("sleeper", [&] {
    const AtEnd end{notes, "child"};
    child->sleep_for(1h);
  });
  parent->spawn("owner", [&] {
    const std::shared_ptr<void> owned{nullptr, [&](void*) { child->kill(); }};
    const AtEnd end{notes, "parent"};
    parent->sleep_for(1h);
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  parent->kill();
  EXPECT_THAT(notes, ElementsAre("parent", "child"));
}

TEST(FiberProcess, DoomsACallerThatIsKilledFromWithinItsOwnKill) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto one = fibers.make_process("one");
  const auto two = fibers.make_process("two");
  Notes notes;
  two->spawn("victim", [&] {
    const std::shared_ptr<void> revenge{nullptr, [&](void*) { one->kill(); }};
    two->sleep_for(1h);
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  one->spawn("killer", [&] {
    const AtEnd end{notes, "killer unwound"};
    two->kill();
    notes.push_back("back");
    one->sleep_for(1s);
    notes.push_back("never");
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_THAT(notes, ElementsAre("back", "killer unwound"));
}

TEST(FiberEvent, MayVanishUnderAForeignWaiter) {
  FiberRuntime fibers{kFiberStart, 3};
  const auto owner = fibers.make_process("owner");
  const auto other = fibers.make_process("other");
  Notes notes;
  auto event = owner->make_event();
  other->spawn("waiter", [&] { notes.push_back(event->wait_until(other->steady_now() + 1s) ? "notified" : "timed out"); });
  EXPECT_TRUE(fibers.run_until_quiet());
  event.reset();
  fibers.advance_to(kFiberStart + 1s);
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_THAT(notes, ElementsAre("timed out"));
}

TEST(FiberRuntimeDeathTest, EndsTheProgramWithTheNameOfATaskThatThrows) {
  EXPECT_DEATH(
      {
        FiberRuntime fibers(kFiberStart, 1);
        const auto process = fibers.make_process("p");
        process->spawn("delivery", [] { throw std::runtime_error("a secret"); });
        fibers.run_until_quiet();
      },
      "the task \"delivery\" let an exception escape: St13runtime_error");
}

}  // namespace
}  // namespace casewire
