#include "scenarios/report/formats.hpp"

#include <gmock/gmock.h>

#include <set>

#include "scenarios/report/cucumber.hpp"
#include "scenarios/report/github.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/junit.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/report/test_lists.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios {
namespace {

using testing::HasSubstr;
using testing::Not;

RunResult short_run() {
  RunResult run = tests::sample_run();
  run.started_at = WallTime{std::chrono::seconds{1'767'603'600}};
  run.host = "build-7";
  run.command = "casewire run --seed 41";
  run.commit = "0123abc";
  for (ScenarioResult& scenario : run.scenarios) {
    if (scenario.journal.size() > 20) scenario.journal.resize(20);
  }
  return run;
}

/// One file shows all renderers: a change of any of them is seen in review.
TEST(Formats, AreTheApprovedFiles) {
  const RunResult run = short_run();
  for (const report::Format& format : report::formats()) {
    if (format.option == "html" || format.option == "json") continue;  // the page has tests of its own; the other reads back
    casewire::tests::expect_golden("tests/unit/scenarios/report/formats/" + std::string(format.option) + ".expected.txt",
                                   format.render(run));
  }
}

TEST(Formats, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const report::Format& format : report::formats()) EXPECT_TRUE(names.insert(format.option).second) << format.option;
}

TEST(RunJson, ReadsBackWhatItWrote) {
  const RunResult run = short_run();
  const auto back = read_run_json(run_json(run), "run.json");
  ASSERT_TRUE(back.has_value()) << render(back.error());
  // The same reports, byte for byte.
  EXPECT_EQ(run_json(*back), run_json(run));
  for (const report::Format& format : report::formats()) EXPECT_EQ(format.render(*back), format.render(run)) << format.option;
}

TEST(RunJson, RefusesWhatIsNone) {
  EXPECT_THAT(render(read_run_json("{}", "a.json").error()), HasSubstr("a.json: error: this is no result of a run"));
  EXPECT_THAT(render(read_run_json(R"({"casewire_run":9})", "a.json").error()), HasSubstr("a run of format 9"));
  EXPECT_THAT(render(read_run_json("[", "a.json").error()), HasSubstr("a.json:1:"));
  EXPECT_THAT(render(read_run_json(R"({"casewire_run":3,"ring":7})", "a.json").error()), HasSubstr("\"ring\" is not a text"));
}

TEST(Github, TellsWhatIsNotGreenAtItsLine) {
  const std::string commands = github_annotations(short_run());
  EXPECT_THAT(commands, HasSubstr("::error file="));
  EXPECT_THAT(commands, HasSubstr("%0A"));
  EXPECT_THAT(commands, HasSubstr("::warning file="));
}

TEST(Github, ShowsTenOfAKindAndSaysHowManyAreLeft) {
  RunResult run;
  for (int i = 0; i < 13; ++i) {
    ScenarioResult scenario;
    scenario.feature = "F";
    scenario.name = "100% of a, b: c";
    scenario.where = {"a,b.feature", {7, 1}};
    scenario.verdict = Verdict::failed;
    scenario.complaints = {"it broke"};
    run.scenarios.push_back(scenario);
  }
  const std::string commands = github_annotations(run);
  EXPECT_THAT(commands, HasSubstr("file=a%2Cb.feature,line=7,title=F%3A 100%25 of a%2C b%3A c::"));
  EXPECT_THAT(commands, HasSubstr("::notice::and 3 more"));
}

TEST(Github, SummaryEscapesWhatMarkdownWouldRead) {
  RunResult run = short_run();
  run.scenarios.front().verdict = Verdict::failed;
  run.scenarios.front().name = "a | b <img>";
  EXPECT_THAT(github_summary(run), HasSubstr("a \\| b \\<img>"));
  EXPECT_THAT(github_summary(run), Not(HasSubstr("<img>` ")));
}

}  // namespace
}  // namespace casewire::scenarios
