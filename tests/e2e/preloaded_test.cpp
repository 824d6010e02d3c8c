// A bridge that knows nothing of us lives in the world's time by a preloaded clock: days pass for it, unmodified.

#include <gmock/gmock.h>

#include <string>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::HasSubstr;

class PreloadedClock : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's runtime stands in front of the same functions";
#endif
  }
};

TEST_F(PreloadedClock, LetsDaysPassForOurBridgeAsAStranger) {
  const Ran ran = casewire(
      "run --bridge \"$BRIDGE\" scenarios/suite/re-engagement/open-case.feature:13 scenarios/suite/replies/thread.feature:10 "
      "scenarios/suite/takeover/ai-stays-silent.feature:26");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr(", 0 failed"), HasSubstr("in virtual time by a preloaded clock")));
}

// Whoever cannot be asked about its queue comes to rest: 84 scenarios were "not exercised" for that sentence alone.
TEST_F(PreloadedClock, LetsAStrangerHaveNothingLeftToDo) {
  const Ran ran = casewire("run --bridge \"$BRIDGE\" scenarios/suite/handoff/case-create.feature:13");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
}

// It may do without the operation that a fault stands at.
TEST_F(PreloadedClock, AccusesNoStrangerOfAFaultThatFoundNoOccasion) {
  const ScratchFolder folder;
  folder.write("idle.feature",
               "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n"
               "    And Salesforce answers the next Case create with status 500\n"
               "    When Dana emails help@acme.test about \"Hours\": \"When are you open?\"\n    Then Dana has 0 cases\n");
  const std::string feature = folder.path() + "/idle.feature";
  const Ran stranger = casewire("run --bridge \"$BRIDGE\" " + feature);
  EXPECT_EQ(stranger.exit_code, 4) << stranger.output;
  EXPECT_THAT(stranger.output, HasSubstr("this fault never fired"));
  EXPECT_EQ(casewire("run " + feature).exit_code, 1);
}

TEST_F(PreloadedClock, LetsDaysPassForABridgeInNode) {
  if (shell("command -v node").exit_code != 0) GTEST_SKIP() << "there is no node; ./dev test installs it";
  const Ran ran = casewire(
      "run --bridge 'node tests/e2e/second_bridge/bridge.mjs' scenarios/suite/re-engagement/open-case.feature:13 "
      "scenarios/suite/replies/thread.feature:10");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("2 passed, 0 failed"), HasSubstr("in their worlds 2 days")));
}

/// Programs of several runtimes, none of which knows of us, with waits of each runtime's own kinds (tests/strangers/probes).
struct Probe {
  const char* runtime;
  const char* needs;  ///< a command that fails where a part of the runtime is missing
  const char* file;
};
class PreloadedMonth : public PreloadedClock, public testing::WithParamInterface<Probe> {};

TEST_P(PreloadedMonth, Passes) {
  const auto [runtime, needs, file] = GetParam();
  if (shell(std::string(needs) + " 2>/dev/null").exit_code != 0) GTEST_SKIP() << runtime << " is not here, or not whole";
  const ScratchFolder folder;
  const Ran ran = casewire(std::string("run --bridge '") + runtime + " tests/strangers/probes/" + file +
                           "' tests/strangers/probes/month.feature --journal " + folder.path() + "/journal");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("1 passed, 0 failed"), HasSubstr("in their worlds 30 days 1 h passed")));
  // A day by the hour; the idle rest of the month in larger steps (docs/decisions/0013-idle-time.md).
  const std::string asked = shell("cat " + folder.path() + "/journal/*.jsonl | grep -c '\"session list\"'").output;
  EXPECT_GT(std::stoi(asked), 30);
}

INSTANTIATE_TEST_SUITE_P(Runtimes, PreloadedMonth,
                         testing::Values(Probe{"perl", "perl -MHTTP::Tiny -MTime::HiRes -e 1", "month.pl"},
                                         Probe{"ruby", "ruby -rnet/http -e 1", "month.rb"},
                                         Probe{"python3", "python3 -c 'import http.server, urllib.request'", "month.py"},
                                         Probe{"node", "node -e 'fetch'", "month.mjs"}),
                         [](const auto& probe) { return std::string(probe.param.runtime); });

TEST_F(PreloadedClock, NeverPassesABridgeThatHasEndedByItself) {
  if (shell("command -v node").exit_code != 0) GTEST_SKIP() << "there is no node; ./dev test installs it";
  const ScratchFolder folder;
  folder.write("ends.mjs",
               "import {createServer} from 'node:http';\n"
               "const [host, port] = process.env.CASEWIRE_LISTEN.split(':');\n"
               "createServer((request, answer) => answer.end()).listen(port, host);\n"
               "setTimeout(() => process.exit(1), 2 * 3600 * 1000);\n");
  folder.write("hours.feature",
               "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n    When 5 hours pass\n"
               "    Then Dana has 0 cases\n");
  // Its end was noticed a little after the clock had gone on without it, in one of six runs.
  for (int run = 0; run < 8; ++run) {
    const Ran ran = casewire("run --bridge 'node " + folder.path() + "/ends.mjs' " + folder.path() + "/hours.feature");
    EXPECT_EQ(ran.exit_code, 1) << ran.output;
    EXPECT_THAT(ran.output, HasSubstr("the bridge ended by itself: it exited with 1"));
  }
}

TEST_F(PreloadedClock, IsMissedInAProcessThatDidNotGetIt) {
  const Ran ran = casewire("run --bridge \"sh -c 'env -u LD_PRELOAD $BRIDGE & wait'\" scenarios/suite/replies/thread.feature:10");
  EXPECT_EQ(ran.exit_code, 3) << ran.output;
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("(casewire-bridge) lives in real time"), HasSubstr("--real-time waits for such a bridge")));
}

TEST_F(PreloadedClock, IsLeftOutByAWish) {
  const Ran ran = casewire("run --bridge \"$BRIDGE\" --real-time scenarios/suite/replies/thread.feature:10");
  EXPECT_THAT(ran.exit_code, AnyOf(0, 4)) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("waited for in real time"));
}

}  // namespace
}  // namespace casewire::tests
