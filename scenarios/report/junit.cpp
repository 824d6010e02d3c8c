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
    skipped += scenario.verdict == Verdict::not_exercised || scenario.verdict == Verdict::pending ? 1 : 0;
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
         attribute("errors", std::to_string(counts.errors));
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
  const bool is_skipped = scenario.verdict == Verdict::not_exercised || scenario.verdict == Verdict::pending;
  if (is_skipped) return "      <skipped" + message + "/>\n";
  const std::string name = scenario.verdict == Verdict::unknown ? "error" : "failure";
  const std::string type = scenario.verdict == Verdict::unknown ? "harness" : "scenario";
  return "      <" + name + message + attribute("type", type) + ">" + markup_text(failure_text(scenario)) + "</" + name + ">\n";
}

/// Two features of one title are two classes: the path tells them apart. "scenarios/suite/replies/thread.feature" is
/// "scenarios.suite.replies.thread".
std::string class_name(const std::string& file) {
  std::string name = file.ends_with(".feature") ? file.substr(0, file.size() - std::string_view(".feature").size()) : file;
  while (name.starts_with("./")) name.erase(0, 2);
  while (name.starts_with('/')) name.erase(0, 1);
  for (char& c : name) c = c == '/' ? '.' : c;
  return name;
}

std::string property(std::string_view name, const std::string& value) {
  return value.empty() ? std::string() : "<property" + attribute("name", name) + attribute("value", value) + "/>";
}

/// The schema knows seconds and no zone; it is UTC.
std::string when_and_where(const RunResult& result) {
  std::string out;
  if (result.started_at != WallTime{}) out += attribute("timestamp", iso8601(result.started_at).substr(0, 19));
  if (!result.host.empty()) out += attribute("hostname", result.host);
  return out;
}

enum class Place { said, left_out };

std::string testcase(const ScenarioResult& scenario, Place place) {
  std::string out = "    <testcase" + attribute("classname", class_name(scenario.where.file)) +
                    attribute("name", name_with_rule(scenario)) + attribute("time", seconds(scenario.real_time));
  if (place == Place::said)
    out += attribute("file", scenario.where.file) + attribute("line", std::to_string(scenario.where.position.line));
  out += ">\n";
  out += problem(scenario);
  // Of what passed nobody reads it, and some readers keep all of it.
  if (scenario.verdict != Verdict::passed) out += "      <system-out>" + markup_text(journal_text(scenario)) + "</system-out>\n";
  return out + "    </testcase>\n";
}

std::string junit_with(Place place, const RunResult& result) {
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
      cases += testcase(result.scenarios[at], place);
    }
    suites += "  <testsuite" + attribute("name", first.feature + " (" + result.ring + " ring)") +
              attribute("file", first.where.file) + attributes(counts) + attribute("skipped", std::to_string(counts.skipped)) +
              attribute("time", seconds(counts.time)) + when_and_where(result) + ">\n";
    suites += "    <properties>" + property("ring", result.ring) + property("seed", std::to_string(result.seed)) +
              property("shard", result.shard) + property("bridge", result.bridge) +
              property("bridge_environment", environment_line(result)) + property("judging", result.judging) +
              property("left_out", left_out_line(result.left_out)) + property("command", result.command) +
              property("commit", result.commit) + "</properties>\n";
    suites += cases + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "casewire") + attributes(all) +
         attribute("time", seconds(result.real_time)) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace

std::string junit(const RunResult& result) { return junit_with(Place::said, result); }

std::string junit_for_xunit(const RunResult& result) { return junit_with(Place::left_out, result); }

}  // namespace casewire::scenarios
