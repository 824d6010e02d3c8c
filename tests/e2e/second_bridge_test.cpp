// An honest bridge of another style, written from docs/ alone: what it may do otherwise than ours, no scenario holds against it.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::HasSubstr;

class SecondBridge : public testing::Test {
 protected:
  void SetUp() override {
    if (shell("command -v node").exit_code != 0) GTEST_SKIP() << "there is no node; ./dev test installs it";
  }
  static Ran play(const std::string& manners, const std::string& scenarios) {
    return casewire("run --bridge 'node tests/e2e/second_bridge/bridge.mjs" + manners + "' --bridge-control " + scenarios);
  }
};

TEST_F(SecondBridge, PlaysInVirtualTime) {
  const Ran ran = play("",
                       "scenarios/suite/handoff/case-create.feature:13 scenarios/suite/handoff/case-create.feature:44 "
                       "scenarios/suite/replies/thread.feature:10 scenarios/suite/attachments/both-ways.feature:10 "
                       "scenarios/suite/re-engagement/open-case.feature:13");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("5 passed, 0 failed"));
}

TEST_F(SecondBridge, IsConvictedWhenItDropsAReply) {
  const Ran ran = play(" --defect drop-reply", "scenarios/suite/replies/thread.feature:10");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("I1")) << ran.output;
}

}  // namespace
}  // namespace casewire::tests
