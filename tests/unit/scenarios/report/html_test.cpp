#include "scenarios/report/html.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++count;
  return count;
}

class Html : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    page_ = html(tests::sample_run());
    // For looking at it: KEEP_REPORT=/some/where/report.html
    if (const char* path = std::getenv("KEEP_REPORT")) std::ofstream(path, std::ios::binary) << page_;
  }
  static void TearDownTestSuite() { page_.clear(); }
  static inline std::string page_;
};

TEST_F(Html, LeavesNoMessageTextAsMarkup) {
  EXPECT_THAT(page_, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page_, HasSubstr("&lt;script&gt;alert(&#39;me&#39;)"));
  EXPECT_THAT(page_, HasSubstr("\\u003cscript>alert('me')\\u003c/script>"));
}

TEST_F(Html, ClosesEveryScriptBlockItOpens) {
  EXPECT_EQ(count_of(page_, "<script"), count_of(page_, "</script>"));
  EXPECT_EQ(count_of(page_, "<script"), 5u + 1u) << "one journal a scenario, and the page's own script";
}

TEST_F(Html, FetchesNothing) {
  for (const char* way : {"src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", "https://"}) {
    EXPECT_THAT(page_, Not(HasSubstr(way)));
  }
}

TEST_F(Html, DrawsADiagramForEachScenario) {
  EXPECT_EQ(count_of(page_, "<svg class=\"diagram\""), 5u);
  EXPECT_EQ(count_of(page_, "<details class=\"scenario"), 5u);
}

TEST_F(Html, ListsWhatIsNotGreenBeforeAnythingElse) {
  const auto list = page_.find("<nav class=\"wrong-list\"");
  ASSERT_NE(list, std::string::npos);
  EXPECT_LT(list, page_.find("<details class=\"scenario"));
  const std::string lines = page_.substr(list, page_.find("</nav>", list) - list);
  EXPECT_EQ(count_of(lines, "<li>"), 3u);
  EXPECT_LT(lines.find("href=\"#s2\""), lines.find("href=\"#s4\"")) << "failed before not exercised";
  EXPECT_THAT(lines, HasSubstr("Then Dana has 1 open case"));
}

TEST_F(Html, SaysWithoutJavaScriptWhatIsMissing) { EXPECT_THAT(page_, HasSubstr("<noscript>")); }

TEST_F(Html, OpensTheFirstFailure) {
  EXPECT_THAT(page_, HasSubstr("id=\"s2\" data-verdict=\"failed\" data-tags=\"@promise:no-doubles @fault\" open>"));
  EXPECT_EQ(count_of(page_, "\" open>"), 1u);
}

TEST_F(Html, HasDetailsForEveryRowThatOpens) {
  const ScenarioResult scenario = tests::handoff_that_doubles_the_case();
  const auto begin = page_.find("id=\"s2-journal\"");
  ASSERT_NE(begin, std::string::npos);
  const std::string block = page_.substr(begin, page_.find("</script>", begin) - begin);
  const auto json = parse_json(block.substr(block.find('[')));
  ASSERT_TRUE(json) << json.error().problem;
  std::size_t exchanges = 0;
  for (const Json& entry : *json) exchanges += entry["kind"] == "http" ? 1 : 0;
  std::size_t wanted = 0;
  for (const sim::Entry& entry : scenario.journal) wanted += entry.as<sim::HttpExchange>() ? 1 : 0;
  EXPECT_EQ(exchanges, wanted);
}

TEST_F(Html, MarksWhereTheBridgeWasDown) { EXPECT_THAT(page_, HasSubstr("class=\"lifeline down\"")); }

TEST_F(Html, CutsALongBodyAndSaysSo) {
  RunResult run = tests::sample_run();
  for (sim::Entry& entry : run.scenarios[0].journal) {
    if (auto* exchange = std::get_if<sim::HttpExchange>(&entry.event)) exchange->response = std::string(60'000, 'x');
  }
  const std::string page = html(run);
  EXPECT_THAT(page, HasSubstr("\"cut_bytes\":43616"));
  EXPECT_THAT(page, Not(HasSubstr(std::string(20'000, 'x'))));
}

TEST_F(Html, KeepsWholeBodiesOfFailuresInALargeRun) {
  RunResult run = tests::sample_run();
  const auto lengthen = [](ScenarioResult& scenario, char letter) {
    for (sim::Entry& entry : scenario.journal) {
      if (auto* exchange = std::get_if<sim::HttpExchange>(&entry.event)) exchange->response = std::string(12'000, letter);
    }
  };
  lengthen(run.scenarios[0], 'p');
  lengthen(run.scenarios[1], 'f');
  lengthen(run.scenarios[2], 'p');  // hundreds of sweeps: what makes the run a large one
  run.scenarios.push_back(run.scenarios[2]);
  run.scenarios.push_back(run.scenarios[2]);
  const std::string page = html(run);
  EXPECT_THAT(page, HasSubstr(std::string(12'000, 'f')));
  EXPECT_THAT(page, Not(HasSubstr(std::string(1'025, 'p'))));
  EXPECT_THAT(page, HasSubstr("The journals are large"));
}

TEST_F(Html, SaysThatNothingWasPlayed) { EXPECT_THAT(html(RunResult{}), HasSubstr("Nothing was played")); }

}  // namespace
}  // namespace casewire::scenarios
