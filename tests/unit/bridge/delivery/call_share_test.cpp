// Bridges that share what a vendor allows: never more together within any minute, and nearly as much as that in the long run.

#include "bridge/delivery/call_share.hpp"

#include <gtest/gtest.h>

#include <deque>

#include "base/runtime/fiber_runtime.hpp"
#include "bridge/store/memory_store.hpp"
#include "bridge/store/store_around.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge {
namespace {

using namespace std::chrono_literals;

class Shared final : public MemoryStore {
 public:
  bool is_shared() const override { return true; }
};

class CallShareTest : public testing::Test {
 protected:
  ~CallShareTest() override { process_->kill(); }
  /// Each bridge calls whenever it may; the answer is the calls of each second.
  std::vector<int> calls_of_each_second(Store& store, int bridges, int seconds, int calls_a_minute) {
    std::vector<std::unique_ptr<CallShare>> shares;
    for (int i = 0; i < bridges; ++i) shares.push_back(std::make_unique<CallShare>(store, *process_, "opencx", calls_a_minute));
    std::vector<int> calls;
    for (int second = 0; second < seconds; ++second) {
      int made = 0;
      for (const auto& share : shares) {
        while (made < kManyCalls && !share->wait_of_call()) ++made;
      }
      calls.push_back(made);
      fibers_.advance_to(fibers_.now() + 1s);
    }
    return calls;
  }
  static constexpr int kManyCalls = 1'000;
  FiberRuntime fibers_{kNine, 7};
  std::unique_ptr<FiberProcess> process_ = fibers_.make_process("bridges");
};

TEST_F(CallShareTest, KeepsAFleetWithinTheVendorsMinute) {
  Shared store;
  constexpr int kMinutes = 10, kAllowed = 100;
  const auto calls = calls_of_each_second(store, 3, 60 * kMinutes, kAllowed);
  int in_a_minute = 0, all = 0;
  for (std::size_t second = 0; second < calls.size(); ++second) {
    in_a_minute += calls[second] - (second >= 60 ? calls[second - 60] : 0);
    all += calls[second];
    ASSERT_LE(in_a_minute, kAllowed) << "at second " << second;
  }
  EXPECT_GE(all, kMinutes * kAllowed * 7 / 10);
}

TEST_F(CallShareTest, CountsNothingOfABridgeAloneNorWhereNothingIsToBeCounted) {
  MemoryStore alone;
  EXPECT_EQ(calls_of_each_second(alone, 1, 1, 100).front(), kManyCalls);
  Shared shared;
  EXPECT_EQ(calls_of_each_second(shared, 1, 1, 0).front(), kManyCalls);
}

TEST_F(CallShareTest, HoldsNoSliceBackForAWorseMoment) {
  Shared store;
  CallShare share(store, *process_, "opencx", 100);
  EXPECT_FALSE(share.wait_of_call());
  fibers_.advance_to(fibers_.now() + 1h);
  int saved = 0;
  while (!share.wait_of_call()) ++saved;
  EXPECT_EQ(saved, 25) << "what the allowance holds, and none of the slice of an hour ago";
}

/// A database that is down.
class Down final : public StoreAround {
 public:
  using StoreAround::StoreAround;
  bool is_shared() const override { return true; }
  bool spend(std::string_view, WallTime, milliseconds, milliseconds) override { throw StoreFailure("down"); }
};

TEST_F(CallShareTest, StopsNobodyWhileTheStoreIsDown) {
  MemoryStore inner;
  Down store(inner);
  EXPECT_EQ(calls_of_each_second(store, 1, 1, 100).front(), kManyCalls);
}

}  // namespace
}  // namespace casewire::bridge
