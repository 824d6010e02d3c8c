// Which share of the scenarios this machine has, as the command line or its CI server says.

#include "scenarios/cli/narrowing.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <map>
#include <ostream>
#include <set>

namespace casewire::scenarios {
namespace {

struct ShareCase {
  const char* name;
  const char* text;
  std::map<std::string, std::string> variables;
  std::size_t index, count;  ///< 0: refused
};
void PrintTo(const ShareCase& row, std::ostream* out) { *out << row.name; }

class Share : public testing::TestWithParam<ShareCase> {
 protected:
  /// Those of the machine on which this test runs say nothing here.
  void SetUp() override {
    for (const char* name : {"CI_NODE_INDEX", "CI_NODE_TOTAL", "CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", "BUILDKITE_PARALLEL_JOB",
                             "BUILDKITE_PARALLEL_JOB_COUNT", "GITHUB_ACTIONS"}) {
      ::unsetenv(name);
    }
    for (const auto& [name, value] : GetParam().variables) ::setenv(name.c_str(), value.c_str(), 1);
  }
  void TearDown() override {
    for (const auto& [name, value] : GetParam().variables) ::unsetenv(name.c_str());
  }
};

TEST_P(Share, IsReadAsTheServerMeansIt) {
  const auto shard = read_shard(GetParam().text);
  ASSERT_EQ(bool(shard), GetParam().count != 0) << (shard ? std::to_string(shard->index) : shard.error());
  if (!shard) {
    EXPECT_NE(shard.error().find("--shard"), std::string::npos) << shard.error();
    return;
  }
  EXPECT_EQ(shard->index, GetParam().index);
  EXPECT_EQ(shard->count, GetParam().count);
}

INSTANTIATE_TEST_SUITE_P(
    , Share,
    testing::ValuesIn(std::vector<ShareCase>{
        {"Said", "2/5", {}, 2, 5},
        {"AllOfIt", "1/1", {}, 1, 1},
        {"FromZero", "0/5", {}, 0, 0},
        {"BeyondTheLast", "6/5", {}, 0, 0},
        {"OfNone", "1/0", {}, 0, 0},
        {"Negative", "-1/5", {}, 0, 0},
        {"TooMany", "1/1001", {}, 0, 0},
        {"NoNumber", "a/b", {}, 0, 0},
        {"GitLabCountsFromOne", "ci", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "2"}}, 1, 2},
        {"GitLabOfAJobThatIsNotShared", "ci", {{"CI_NODE_TOTAL", "1"}}, 1, 1},
        {"GitLabWithoutItsIndex", "ci", {{"CI_NODE_TOTAL", "2"}}, 0, 0},
        {"CircleCountsFromZero", "ci", {{"CIRCLE_NODE_INDEX", "1"}, {"CIRCLE_NODE_TOTAL", "2"}}, 2, 2},
        {"BuildkiteCountsFromZero", "ci", {{"BUILDKITE_PARALLEL_JOB", "0"}, {"BUILDKITE_PARALLEL_JOB_COUNT", "4"}}, 1, 4},
        {"SetToNothing",
         "ci",
         {{"CI_NODE_INDEX", ""}, {"CI_NODE_TOTAL", ""}, {"CIRCLE_NODE_INDEX", "0"}, {"CIRCLE_NODE_TOTAL", "3"}},
         1,
         3},
        {"GitHubSetsNone", "ci", {{"GITHUB_ACTIONS", "true"}}, 0, 0},
        {"NoServer", "ci", {}, 0, 0},
        {"OutOfRange", "ci", {{"CI_NODE_INDEX", "3"}, {"CI_NODE_TOTAL", "2"}}, 0, 0},
    }),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Shares, AreAllOfItTogetherAndNothingTwice) {
  std::vector<Scenario> all(23);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].name = "scenario " + std::to_string(i);
  std::set<std::string> seen;
  for (std::size_t index = 1; index <= 4; ++index) {
    for (const Scenario& scenario : share_of(all, {index, 4}, LastRun{}))
      EXPECT_TRUE(seen.insert(scenario.name).second) << scenario.name;
  }
  EXPECT_EQ(seen.size(), all.size());
}

TEST(Shares, AreEvenByTheTimesOfTheLastRun) {
  RunResult run;
  std::vector<Scenario> all(9);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].name = "scenario " + std::to_string(i);
    ScenarioResult played;
    played.name = all[i].name;
    played.real_time = milliseconds{i == 0 ? 800 : 100};  // one takes as long as all others
    run.scenarios.push_back(std::move(played));
  }
  LastRun last;
  last.learn(run, LastRun::Times::learn);
  EXPECT_EQ(share_of(all, {1, 2}, last).size(), 1u);
  EXPECT_EQ(share_of(all, {2, 2}, last).size(), 8u);
}

// Two rules of a feature had a scenario of one name; the green one was taken for both, and --last-failed said that everything was green.
TEST(LastRun, KnowsApartWhatTwoRulesCallTheSame) {
  RunResult run;
  std::vector<Scenario> all(2);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].name = "Same";
    all[i].rule = i == 0 ? "one" : "two";
    ScenarioResult played;
    played.name = all[i].name;
    played.rule = all[i].rule;
    played.verdict = i == 0 ? Verdict::failed : Verdict::passed;
    run.scenarios.push_back(std::move(played));
  }
  LastRun last;
  last.learn(run, LastRun::Times::learn);
  const auto left = not_green(all, last);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left.front().rule, "one");
}

}  // namespace
}  // namespace casewire::scenarios
