#include "scenarios/report/console.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "scenarios/report/failure.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string shown(const RunResult& run, ConsoleOptions options) {
  std::ostringstream out;
  Console console(out, options);
  console.begin(run, run.scenarios.size());
  for (const ScenarioResult& scenario : run.scenarios) console.finished(scenario);
  console.end(run, {"out/report.html", "out/junit.xml"});
  return out.str();
}

TEST(Console, WritesAPlainLogWhenItIsNoTerminal) {
  casewire::tests::expect_golden("tests/unit/scenarios/report/console.expected.txt", shown(tests::sample_run(), {}));
}

TEST(Console, SaysRingAndSeedFirst) {
  EXPECT_THAT(shown(tests::sample_run(), {}),
              StartsWith("casewire: 5 scenarios in the process ring, seed 41, against casewire-bridge 0.1.0\n"));
}

TEST(Console, EndsWithTheTally) { EXPECT_THAT(shown(tests::sample_run(), {}), EndsWith("\n2 passed, 2 failed, 1 skipped\n")); }

TEST(Console, LeavesSkippedOutOfTheTallyWhenThereAreNone) {
  RunResult run = tests::sample_run();
  run.scenarios.resize(1);
  EXPECT_THAT(shown(run, {}), EndsWith("\n1 passed, 0 failed\n"));
}

TEST(Console, PaintsTheHeadlineOfAFailureButNeverTheTally) {
  const std::string text = shown(tests::sample_run(), {.colour = true, .terminal = true, .width = 80});
  EXPECT_THAT(text, HasSubstr("\x1b[31mscenarios/suite/resilience/retry.feature:"));
  EXPECT_THAT(text, EndsWith("\n2 passed, 2 failed, 1 skipped\n"));
}

TEST(Console, CountsOnOneLineOfATerminal) {
  const std::string text = shown(tests::sample_run(), {.colour = false, .terminal = true, .width = 80});
  EXPECT_THAT(text, HasSubstr("1/5  The rep's reply reaches the customer in the same thread\r\x1b[K"));
  EXPECT_THAT(text, HasSubstr("5/5, 3 not green"));
}

TEST(Console, GivesASignOfLifeWhenNothingEnds) {
  const RunResult run = tests::sample_run();
  std::ostringstream out;
  Console console(out);
  console.begin(run, 5);
  out.str({});
  console.tick(std::chrono::seconds{1});
  console.began(run.scenarios[0]);
  console.began(run.scenarios[1]);
  console.time_passed(run.scenarios[0], std::chrono::hours{49});
  console.tick(milliseconds{9'900});
  EXPECT_EQ(out.str(), "") << "not yet";
  console.tick(milliseconds{11'100});
  EXPECT_EQ(
      out.str(),
      "0 of 5 done after 11 s; playing: The rep's reply reaches the customer in the same thread (10 s, 2 days 1 h in its world); "
      "The answer to the create is lost (10 s, 0 ms in its world)\n");
  console.finished(run.scenarios[0]);
  out.str({});
  console.tick(milliseconds{21'000});
  EXPECT_EQ(out.str(), "") << "something was said since";
  console.tick(milliseconds{21'200});
  EXPECT_EQ(out.str(), "1 of 5 done after 21 s; playing: The answer to the create is lost (20 s, 0 ms in its world)\n");
}

TEST(Console, CountsAtOnceOnATerminalAndSaysWhatTakesLong) {
  const RunResult run = tests::sample_run();
  std::ostringstream out;
  Console console(out, {.terminal = true, .width = 80});
  console.begin(run, 5);
  EXPECT_THAT(out.str(), HasSubstr("\n0/5"));
  console.began(run.scenarios[1]);
  console.time_passed(run.scenarios[1], std::chrono::minutes{15});
  console.tick(std::chrono::seconds{3});
  EXPECT_THAT(out.str(), EndsWith("\r\x1b[K0/5  playing for 3 s, 15 min in its world: The answer to the create is lost"));
}

TEST(Console, SaysWhatItWaitsForWhenItIsAskedToEnd) {
  const RunResult run = tests::sample_run();
  std::ostringstream out;
  Console console(out);
  console.begin(run, 5);
  console.began(run.scenarios[1]);
  console.interrupted();
  EXPECT_THAT(out.str(), EndsWith("casewire: asked to end; waiting for what is being played: The answer to the create is lost. "
                                  "Once more drops it all, reports too.\n"));
}

TEST(Console, ShowsTheStepsWhenItIsAskedTo) {
  const std::string text = shown(tests::sample_run(), {.verbose = true});
  EXPECT_THAT(text, HasSubstr("\n    failed  Then Dana has 1 open case\n    not reached  When Ruiz replies"));
}

TEST(Console, LetsNoEscapeSequenceOfAMessageThrough) {
  RunResult run = tests::sample_run();
  run.scenarios[1].steps.back().reached = true;
  run.scenarios[1].name = "evil \x1b]0;title\x07";
  EXPECT_THAT(shown(run, {}), Not(HasSubstr("\x1b")));
}

TEST(FailureText, NamesTheFirstWrongEntryAndItsCauses) {
  const std::string text = failure_text(tests::handoff_that_doubles_the_case());
  EXPECT_THAT(text, HasSubstr("first wrong entry: journal "));
  EXPECT_THAT(text, HasSubstr("Case 500000000000002AAA insert by Integration User"));
  EXPECT_THAT(text, HasSubstr("opencx -> bridge  webhook session.handoff: 200"));
  EXPECT_THAT(text, EndsWith("rerun: casewire run scenarios/suite/resilience/retry.feature:20 --seed 41\n"));
}

TEST(FailureText, ListsTroubleOnTheWireWhenNoInvariantIsBroken) {
  ScenarioResult scenario = tests::handoff_that_doubles_the_case();
  scenario.violations.clear();
  const std::string text = failure_text(scenario);
  EXPECT_THAT(text, HasSubstr("Case create, CaseComment create: 200, but the answer was lost"));
  EXPECT_THAT(text, HasSubstr("503 SERVER_UNAVAILABLE"));
  EXPECT_THAT(text, HasSubstr("bridge crashed: killed after its 7th call"));
}

TEST(FailureText, IsEmptyForAPassedScenario) { EXPECT_EQ(failure_text(tests::handoff_that_passes()), ""); }

}  // namespace
}  // namespace casewire::scenarios
