#include "bridge/orgs/org_runtime.hpp"

#include <gtest/gtest.h>

#include <future>

#include "base/runtime/thread_runtime.hpp"

namespace casewire::bridge {
namespace {

// Under a harness a bridge that was told to end slept for its tasks' last steps, by a clock that nobody moved any more.
TEST(OrgRuntime, WaitsForItsTasksThoughNobodyMovesTheClock) {
  ThreadRuntime threads;
  threads.drive(WallTime{});
  OrgRuntime org(threads, "acme");
  std::promise<void> may_end;
  org.spawn("work", [end = may_end.get_future().share()] { end.wait(); });
  auto waiting = std::async(std::launch::async, [&] { org.wait_for_tasks(); });
  EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(20)), std::future_status::timeout);
  may_end.set_value();
  EXPECT_EQ(waiting.wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

TEST(OrgRuntime, DoesNotWaitWhereNothingIsUnderWay) {
  ThreadRuntime threads;
  OrgRuntime org(threads, {});
  org.wait_for_tasks();
  org.spawn("work", [] {});
  org.wait_for_tasks();
  org.wait_for_tasks();
}

}  // namespace
}  // namespace casewire::bridge
