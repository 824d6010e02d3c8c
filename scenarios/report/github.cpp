#include "scenarios/report/github.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/tally.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::size_t kAnnotationsOfAKind = 10;
constexpr std::size_t kFailuresInTheSummary = 50;
constexpr std::size_t kSlowestInTheSummary = 5;

/// In a message % and line ends are escaped; in a property also what separates properties.
std::string escaped(std::string_view text, bool in_property) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '%': out += "%25"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      case ':': out += in_property ? "%3A" : ":"; break;
      case ',': out += in_property ? "%2C" : ","; break;
      default: out += c;
    }
  }
  return out;
}

std::string annotation(std::string_view kind, const ScenarioResult& scenario) {
  const StepResult* bad = report::first_bad_step(scenario);
  const Where& where = bad != nullptr ? bad->where : scenario.where;
  return "::" + std::string(kind) + " file=" + escaped(where.file, true) + ",line=" + std::to_string(where.position.line) +
         ",title=" + escaped(scenario.feature + ": " + report::name_with_rule(scenario), true) +
         "::" + escaped(trimmed(report::failure_text(scenario)), false) + "\n";
}

/// In a cell a bar would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '\\' || c == '`' || c == '*' || c == '_') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

}  // namespace

std::string github_annotations(const RunResult& result) {
  std::string out;
  for (const auto& [kind, is_one] : {std::pair{"error", +[](Verdict v) { return v == Verdict::failed || v == Verdict::unknown; }},
                                     std::pair{"warning", +[](Verdict v) { return v == Verdict::not_exercised; }},
                                     std::pair{"notice", +[](Verdict v) { return v == Verdict::pending; }}}) {
    std::size_t shown = 0, left = 0;
    for (const ScenarioResult& scenario : result.scenarios) {
      if (!is_one(scenario.verdict)) continue;
      if (shown < kAnnotationsOfAKind) {
        out += annotation(kind, scenario);
        ++shown;
      } else {
        ++left;
      }
    }
    if (left != 0) out += "::notice::and " + std::to_string(left) + " more; the summary and the report name them\n";
  }
  return out;
}

std::string github_summary(const RunResult& result) {
  const report::Tally count = report::tally(result);
  std::string out = "## Casewire: " + report::tally_line(count) + "\n\n" + std::to_string(result.scenarios.size()) +
                    " scenarios in the " + result.ring + " ring, seed " + std::to_string(result.seed) + ", against " +
                    cell(result.bridge) + "\n";
  std::size_t listed = 0;
  for (const ScenarioResult& scenario : result.scenarios) {
    if (scenario.verdict == Verdict::passed) continue;
    if (listed++ == 0) out += "\n| | Scenario | Why |\n|---|---|---|\n";
    if (listed > kFailuresInTheSummary) continue;
    out += "| " + std::string(name_of(scenario.verdict)) + " | " +
           cell(scenario.feature + ": " + report::name_with_rule(scenario)) + "<br>`" + place_of(scenario) + "` | " +
           cell(prefix_of_characters(report::failure_headline(scenario), 300)) + " |\n";
  }
  if (listed > kFailuresInTheSummary) out += "\nand " + std::to_string(listed - kFailuresInTheSummary) + " more\n";
  std::vector<const ScenarioResult*> slowest;
  for (const ScenarioResult& scenario : result.scenarios) slowest.push_back(&scenario);
  std::stable_sort(slowest.begin(), slowest.end(), [](const auto* a, const auto* b) { return a->real_time > b->real_time; });
  out += "\n<details><summary>Slowest</summary>\n\n";
  for (std::size_t i = 0; i < std::min(slowest.size(), kSlowestInTheSummary); ++i) {
    out += "- " + std::to_string(slowest[i]->real_time.count()) + " ms `" + place_of(*slowest[i]) + "`\n";
  }
  return out + "\n</details>\n";
}

}  // namespace casewire::scenarios
