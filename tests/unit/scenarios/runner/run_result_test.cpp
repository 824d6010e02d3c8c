#include "scenarios/runner/run_result.hpp"

#include <gtest/gtest.h>

namespace casewire::scenarios {
namespace {

int code_of(std::initializer_list<Verdict> verdicts) {
  RunResult result;
  for (const Verdict verdict : verdicts) {
    ScenarioResult scenario;
    scenario.verdict = verdict;
    result.scenarios.push_back(scenario);
  }
  return exit_code(result);
}

TEST(ExitCode, IsZeroOnlyWhenEverythingPassed) {
  EXPECT_EQ(code_of({Verdict::passed, Verdict::passed}), 0);
  EXPECT_EQ(code_of({Verdict::passed, Verdict::failed}), 1);
  EXPECT_EQ(code_of({Verdict::passed, Verdict::not_exercised}), 4);
}

TEST(ExitCode, IsNeverGreenWithoutAScenario) { EXPECT_EQ(code_of({}), 4); }

TEST(ExitCode, BlamesTheHarnessBeforeTheBridge) { EXPECT_EQ(code_of({Verdict::failed, Verdict::unknown}), 3); }

}  // namespace
}  // namespace casewire::scenarios
