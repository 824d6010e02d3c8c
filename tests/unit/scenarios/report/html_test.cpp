#include "scenarios/report/html.hpp"

#include <gmock/gmock.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>

#include "base/text/encoding.hpp"
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

/// What a packed block of the page holds, as the browser reads it.
std::string unpacked(const std::string& page, const std::string& id) {
  const std::string begin = "<script type=\"text/plain\" id=\"" + id + "\">";
  const auto at = page.find(begin);
  if (at == std::string::npos) return {};
  const auto bytes = decode_base64(page.substr(at + begin.size(), page.find("</script>", at) - at - begin.size())).value();
  std::string text(64u << 20, '\0');
  uLongf size = text.size();
  if (uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()) !=
      Z_OK)
    return {};
  text.resize(size);
  return text;
}

/// Puts the texts of a pack where the references to them stand.
void revive(Json& value, const Json& texts) {
  if (value.is_structured()) {
    for (Json& part : value) revive(part, texts);
  } else if (value.is_string() && value.get_ref<const std::string&>().starts_with('\x02')) {
    value = texts[std::stoul(value.get_ref<const std::string&>().substr(1))];
  }
}

Json scenario_in(const std::string& page, std::size_t number) {
  const Json index = parse_json(unpacked(page, "pack-index")).value();
  const Json& place = index[number - 1];
  Json pack = parse_json(unpacked(page, "pack-" + std::to_string(place["pack"].get<std::size_t>())), {},
                         {.bytes_max = 1u << 30, .depth_max = 64})
                  .value();
  Json scenario = pack["scenarios"][place["at"].get<std::size_t>()];
  revive(scenario, pack["texts"]);
  return scenario;
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
  EXPECT_THAT(unpacked(page_, "pack-0"), HasSubstr("<script>alert('me')")) << "it is in the page, as nothing that a parser reads";
}

TEST_F(Html, ClosesEveryScriptBlockItOpens) {
  EXPECT_EQ(count_of(page_, "<script"), count_of(page_, "</script>"));
  EXPECT_EQ(count_of(page_, "<script"), 3u) << "a pack of five scenarios, the index, and the page's own script";
}

TEST_F(Html, FetchesNothing) {
  for (const char* way : {"src=", "<link", "@import", "url(", "fetch(", "XMLHttpRequest", "https://"}) {
    EXPECT_THAT(page_, Not(HasSubstr(way)));
  }
}

TEST_F(Html, HasADiagramForEachScenario) {
  EXPECT_EQ(count_of(page_, "<details class=\"scenario"), 5u);
  for (std::size_t number = 1; number <= 5; ++number) EXPECT_FALSE(scenario_in(page_, number)["rows"].empty()) << number;
}

TEST_F(Html, SaysWhereAndWhenItWasMade) {
  RunResult run = tests::sample_run();
  run.started_at = *parse_iso8601("2026-03-01T10:20:30Z");
  run.commit = "2aa8d10";
  run.host = "runner-7";
  run.command = "casewire run --seed 41";
  const std::string page = html(run);
  for (const char* fact : {"2026-03-01 10:20 UTC", "2aa8d10", "runner-7", "casewire run --seed 41"})
    EXPECT_THAT(page, HasSubstr(fact));
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
  EXPECT_THAT(
      page_,
      HasSubstr(
          "id=\"s2\" data-verdict=\"failed\" data-tags=\"@promise:no-doubles @fault\" data-place=\"scenarios/suite/resilience/retry.feature:20\" open>"));
  EXPECT_EQ(count_of(page_, "\" open>"), 1u);
}

TEST_F(Html, HasDetailsForEveryRowThatOpens) {
  const ScenarioResult scenario = tests::handoff_that_doubles_the_case();
  std::size_t exchanges = 0;
  const Json data = scenario_in(page_, 2);
  for (const Json& entry : data["entries"]) exchanges += entry["kind"] == "http" ? 1 : 0;
  std::size_t wanted = 0;
  for (const sim::Entry& entry : scenario.journal) wanted += entry.as<sim::HttpExchange>() ? 1 : 0;
  EXPECT_EQ(exchanges, wanted);
}

TEST_F(Html, MarksWhereTheBridgeWasDown) {
  std::size_t rows = 0;
  const Json data = scenario_in(page_, 2);
  for (const Json& row : data["rows"]) rows += row.contains("down") ? 1 : 0;
  EXPECT_GE(rows, 1u);
}

TEST_F(Html, CutsALongBodyAndSaysSo) {
  RunResult run = tests::sample_run();
  for (sim::Entry& entry : run.scenarios[0].journal) {
    if (auto* exchange = std::get_if<sim::HttpExchange>(&entry.event)) exchange->response = std::string(60'000, 'x');
  }
  std::size_t cut = 0;
  const Json data = scenario_in(html(run), 1);
  for (const Json& entry : data["entries"]) {
    if (entry["kind"] == "http") {
      EXPECT_EQ(entry["data"]["response"].get<std::string>().size(), 16u << 10);
    }
    cut += entry.contains("cut_bytes") ? 1 : 0;
  }
  EXPECT_GE(cut, 1u);
}

TEST_F(Html, KeepsEqualBodiesOnce) {
  RunResult run = tests::sample_run();
  const std::string body = std::string(12'000, 'b') + "unmistakable";
  for (ScenarioResult& scenario : run.scenarios) {
    for (sim::Entry& entry : scenario.journal) {
      if (auto* exchange = std::get_if<sim::HttpExchange>(&entry.event)) exchange->response = body;
    }
  }
  EXPECT_EQ(count_of(unpacked(html(run), "pack-0"), "unmistakable"), 1u);
}

TEST_F(Html, SaysThatNothingWasPlayed) { EXPECT_THAT(html(RunResult{}), HasSubstr("Nothing was played")); }

}  // namespace
}  // namespace casewire::scenarios
