// A bridge that keeps its own clock, as any but ours does, gets a fair trial: what it does in its own time is waited for, what it fails to
// do is its failure, and what the machine or the clock is to blame for is not.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kAStranger = R"(run --bridge "$BRIDGE" --real-time )";

// An honest bridge was convicted of 27 scenarios of 64: 300 ms without traffic counted as "never".
TEST(Stranger, IsConvictedOfNothingWhenItIsOurOwn) {
  const Ran ran = casewire(kAStranger + std::string("--patience 30s scenarios/suite/handoff/case-create.feature "
                                                    "scenarios/suite/replies/thread.feature scenarios/suite/security "
                                                    "scenarios/suite/re-engagement/open-case.feature "
                                                    "scenarios/suite/lifecycle/close.feature "
                                                    "scenarios/suite/resilience/lost-answers.feature"));
  EXPECT_THAT(ran.exit_code, testing::AnyOf(0, 4)) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr(", 0 failed"), HasSubstr("judged: what must happen, up to 30 s of real time")));
}

/// Our own bridge as a stranger, for whom Dana's mail has come; `steps` before it and after it, each with its line's end.
Ran play_mail(const std::string& before, const std::string& after, const std::string& options = {}) {
  const ScratchFolder folder;
  folder.write("mail.feature", "Feature: x\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n" + before +
                                   "    When Dana emails help@acme.test about \"a\": \"b\"\n" + after);
  return casewire(kAStranger + options + " " + folder.path() + "/mail.feature --fixtures fixtures");
}

TEST(Stranger, IsNotExercisedWhereItsClockWouldHaveToBeMoved) {
  const Ran ran = play_mail("", "    And 2 days pass\n    Then Dana has 0 cases\n");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("2 days is more than a patience of 1 min 30 s"));
}

// What the AI takes five minutes for is no bridge's failure, and no proof that nothing comes.
TEST(Stranger, IsNotJudgedByWhatTheWorldItselfDoesLater) {
  const Ran ran =
      play_mail("", "    And the AI starts an answer that takes 5 minutes: \"Let me look.\"\n    Then Dana receives nothing\n",
                "--patience 2s");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("lies beyond a patience of 2 s"));
}

// Whose clock is wrong is heard by the next sweep only.
TEST(Stranger, IsNotJudgedSoonWhileAClockIsWrong) {
  const Ran ran = play_mail("    And Salesforce's clock is 8 minutes fast\n", "    Then Dana has 1 case\n", "--patience 2s");
  EXPECT_EQ(ran.exit_code, 4) << ran.output;
  EXPECT_THAT(
      ran.output,
      HasSubstr("a bridge may need longer to get over this than a patience of 2 s: Salesforce's clock is 8 minutes fast"));
}

TEST(Stranger, FailsWhenAReplyIsStillLackingAfterItsPatience) {
  const Ran ran = casewire(
      "run --bridge \"$WRONG_BRIDGE drop-reply\" --real-time --patience 3s tests/e2e/wrong_bridges/drops-a-reply.feature");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output, HasSubstr("failed: Then Dana receives \"Looking into it.\""));
}

TEST(Stranger, IsNotBlamedForWhatTheMachineDoes) {
  const Ran killed = casewire("run --bridge \"sh -c 'kill -9 \\$\\$'\" tests/e2e/wrong_bridges/drops-a-reply.feature");
  EXPECT_EQ(killed.exit_code, 3) << killed.output;
  EXPECT_THAT(killed.output, AllOf(HasSubstr("killed by signal 9"), Not(HasSubstr("1 failed: "))));
}

TEST(Stranger, IsNotAskedForWhatOnlyOurBridgePromises) {
  const Ran ran = casewire(kAStranger + std::string("--list scenarios/suite/handoff"));
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(Not(HasSubstr("@house")), Not(HasSubstr("@recording"))));
}

constexpr const char* kPending = R"(Feature: What is not there yet

  @pending(cases-are-not-opened-by-themselves)
  Scenario: A Case by itself
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    Then Dana has %NUMBER% cases

  Scenario: A handoff
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx
)";

Ran play_pending(const ScratchFolder& folder, const std::string& number, const std::string& options) {
  std::string text = kPending;
  text.replace(text.find("%NUMBER%"), 8, number);
  folder.write("pending.feature", text);
  return casewire("run --simulated " + folder.path() + "/pending.feature --fixtures fixtures " + options);
}

TEST(Pending, IsCountedAndShownAndMakesNoRunRed) {
  const ScratchFolder folder;
  const Ran ran = play_pending(folder, "3",
                               "--junit " + folder.path() + "/j.xml --html " + folder.path() + "/r.html --json " + folder.path() +
                                   "/r.json --tap " + folder.path() + "/r.tap --ctrf " + folder.path() + "/r.ctrf");
  EXPECT_EQ(ran.exit_code, 0) << ran.output;
  EXPECT_THAT(ran.output, AllOf(HasSubstr("1 passed, 0 failed, 1 pending"),
                                HasSubstr("A Case by itself: cases are not opened by themselves")));
  EXPECT_THAT(folder.read("j.xml"), HasSubstr("<skipped message=\"pending: cases are not opened by themselves"));
  EXPECT_THAT(folder.read("r.html"), HasSubstr("pending"));
  EXPECT_THAT(folder.read("r.json"), HasSubstr(R"("verdict":"pending")"));
  EXPECT_THAT(folder.read("r.tap"), HasSubstr("not ok 1 - What is not there yet / A Case by itself # TO"
                                              "DO cases are not opened"));
  EXPECT_THAT(folder.read("r.ctrf"), HasSubstr(R"("pending":1)"));
}

TEST(Pending, FailsWhenItPasses) {
  const ScratchFolder folder;
  const Ran ran = play_pending(folder, "0", "");
  EXPECT_EQ(ran.exit_code, 1) << ran.output;
  EXPECT_THAT(ran.output,
              HasSubstr("it is tagged as pending (cases are not opened by themselves) and passes: take the tag away"));
}

TEST(Pending, SaysWhy) {
  const ScratchFolder folder;
  folder.write("bad.feature",
               "Feature: x\n  @pending\n  Scenario: y\n    Given the customer Dana writes from dana@example.test\n");
  const Ran ran = casewire("check " + folder.path() + "/bad.feature --fixtures fixtures");
  EXPECT_EQ(ran.exit_code, 2);
  EXPECT_THAT(ran.output, HasSubstr("bad.feature:2:3: error: expected a reason such as @pending(feed-posts-are-not-read)"));
}

TEST(Promises, FailOnAHole) {
  const Ran ran = casewire("promises scenarios/suite/replies");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("hole: @promise:by-hand: A person in the Inbox can hand over too\n"), HasSubstr("hole: @F5: ")));
}

}  // namespace
}  // namespace casewire::tests
