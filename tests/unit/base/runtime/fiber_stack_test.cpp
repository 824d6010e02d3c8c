// The stacks under the fibers: deep calls, exceptions, many at once, and an overflow that is caught.

#include <gtest/gtest.h>

#include <stdexcept>

#include "base/runtime/fiber_runtime.hpp"
#include "base/text/json.hpp"

namespace casewire {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kStackStart{};

TEST(FiberStack, HoldsJsonOfTheLargestDepthAllowed) {
  FiberRuntime fibers{kStackStart, 1};
  const auto process = fibers.make_process("p");
  std::string back;
  const std::string text = std::string(256, '[') + "1" + std::string(256, ']');
  process->spawn("json", [&] {
    const auto value = parse_json(text, {}, {.depth_max = 256});
    ASSERT_TRUE(value);
    const auto copy = *value;
    process->sleep_for(1s);
    back = dump_json(copy);
  });
  EXPECT_TRUE(fibers.run_until_quiet());
  fibers.advance_to(kStackStart + 1s);
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_EQ(back, text);
}

TEST(FiberStack, CarriesExceptionsThroughManyFrames) {
  FiberRuntime fibers{kStackStart, 1};
  const auto process = fibers.make_process("p");
  int caught = 0;
  const std::function<void(int)> dive = [&](int depth) {
    const std::string held(100, 'x');  // something to destroy in each frame
    if (depth == 0) throw std::out_of_range(held);
    dive(depth - 1);
  };
  for (int task = 0; task < 20; ++task) {
    process->spawn("thrower", [&] {
      for (int round = 0; round < 5; ++round) {
        try {
          dive(50);
        } catch (const std::out_of_range&) {
          ++caught;
        }
        process->sleep_for(1s);
      }
    });
  }
  while (fibers.run_until_quiet() && fibers.next_timer()) fibers.advance_to(*fibers.next_timer());
  EXPECT_EQ(caught, 100);
}

TEST(FiberStack, IsThereForThousandsOfTasksAtOnce) {
  FiberRuntime fibers{kStackStart, 1};
  const auto process = fibers.make_process("p");
  int awake = 0;
  for (int task = 0; task < 2000; ++task) {
    process->spawn("sleeper", [&] {
      process->sleep_for(1s);
      ++awake;
    });
  }
  EXPECT_TRUE(fibers.run_until_quiet());
  fibers.advance_to(kStackStart + 1s);
  EXPECT_TRUE(fibers.run_until_quiet());
  EXPECT_EQ(awake, 2000);
}

TEST(FiberStack, RefusesTasksWithoutEnd) {
  FiberRuntime fibers{kStackStart, 1};
  const auto process = fibers.make_process("p");
  for (int task = 0; task < 20'000; ++task) process->spawn("t", [] {});
  EXPECT_THROW(process->spawn("one too many", [] {}), std::length_error);
}

int overflow(int depth) {
  volatile char frame[1024];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? 0 : overflow(depth - 1) + frame[0];
}

TEST(FiberStackDeathTest, MeetsAGuardPageWhenItOverflows) {
  EXPECT_DEATH(
      {
        FiberRuntime fibers(kStackStart, 1);
        const auto process = fibers.make_process("p");
        process->spawn("diver", [] { overflow(10'000); });
        fibers.run_until_quiet();
      },
      "");
}

}  // namespace
}  // namespace casewire
