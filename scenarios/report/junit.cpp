#include "scenarios/report/junit.hpp"

#include <array>
#include <cstdio>

#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/markup.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

constexpr std::size_t kJournalLinesMax = 400;

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  milliseconds time{0};

  void add(const ScenarioResult& scenario) {
    ++tests;
    failures += scenario.verdict == Verdict::failed ? 1 : 0;
    errors += scenario.verdict == Verdict::unknown ? 1 : 0;
    skipped += scenario.verdict == Verdict::not_exercised ? 1 : 0;
    time += scenario.real_time;
  }
};

std::string seconds(milliseconds time) {
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%lld.%03d", static_cast<long long>(time.count() / 1000),
                static_cast<int>(time.count() % 1000));
  return out.data();
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + markup_attribute(value) + "\"";
}

std::string attributes(const Counts& counts) {
  return attribute("tests", std::to_string(counts.tests)) + attribute("failures", std::to_string(counts.failures)) +
         attribute("errors", std::to_string(counts.errors)) + attribute("skipped", std::to_string(counts.skipped));
}

std::string journal_text(const ScenarioResult& scenario) {
  std::string text;
  if (!scenario.tags.empty()) {
    for (const std::string& tag : scenario.tags) text += tag + " ";
    text.back() = '\n';
  }
  if (!scenario.note.empty()) text += "note: " + scenario.note + "\n";
  std::size_t lines = 0;
  for (const sim::Entry& entry : scenario.journal) {
    if (++lines > kJournalLinesMax) {
      text += "... " + std::to_string(scenario.journal.size() - kJournalLinesMax) + " more entries in the HTML report\n";
      break;
    }
    text +=
        std::to_string(entry.sequence) + "  " + time_since(scenario.journal.front().at, entry.at) + "  " + brief(entry) + "\n";
  }
  return text;
}

std::string problem(const ScenarioResult& scenario) {
  if (scenario.verdict == Verdict::passed) return {};
  // Readers list the messages: what was found belongs there, and of a skipped one they show nothing else.
  std::string reason = failure_headline(scenario);
  if (const StepResult* step = first_bad_step(scenario); step != nullptr && !step->found.empty()) {
    reason += "; found: " + one_line(step->found, 200);
  }
  const std::string message = attribute("message", reason);
  if (scenario.verdict == Verdict::not_exercised) return "      <skipped" + message + "/>\n";
  const std::string name = scenario.verdict == Verdict::unknown ? "error" : "failure";
  const std::string type = scenario.verdict == Verdict::unknown ? "harness" : "scenario";
  return "      <" + name + message + attribute("type", type) + ">" + markup_text(failure_text(scenario)) + "</" + name + ">\n";
}

std::string testcase(const ScenarioResult& scenario) {
  const std::string name = scenario.rule.empty() ? scenario.name : scenario.rule + ": " + scenario.name;
  std::string out = "    <testcase" + attribute("classname", scenario.feature) + attribute("name", name) +
                    attribute("time", seconds(scenario.real_time)) + attribute("file", scenario.where.file) +
                    attribute("line", std::to_string(scenario.where.position.line)) + ">\n";
  out += problem(scenario);
  out += "      <system-out>" + markup_text(journal_text(scenario)) + "</system-out>\n";
  return out + "    </testcase>\n";
}

}  // namespace

std::string junit(const RunResult& result) {
  Counts all;
  std::string suites;
  for (std::size_t at = 0; at < result.scenarios.size();) {
    // Scenarios of one feature stand together; a feature is its file and its name.
    const ScenarioResult& first = result.scenarios[at];
    Counts counts;
    std::string cases;
    for (; at < result.scenarios.size() && result.scenarios[at].feature == first.feature &&
           result.scenarios[at].where.file == first.where.file;
         ++at) {
      counts.add(result.scenarios[at]);
      all.add(result.scenarios[at]);
      cases += testcase(result.scenarios[at]);
    }
    suites += "  <testsuite" + attribute("name", first.feature) + attribute("file", first.where.file) + attributes(counts) +
              attribute("time", seconds(counts.time)) + ">\n";
    suites += "    <properties><property" + attribute("name", "ring") + attribute("value", result.ring) + "/><property" +
              attribute("name", "seed") + attribute("value", std::to_string(result.seed)) + "/><property" +
              attribute("name", "bridge") + attribute("value", result.bridge) + "/></properties>\n";
    suites += cases + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "casewire") + attributes(all) +
         attribute("time", seconds(result.real_time)) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace casewire::scenarios
