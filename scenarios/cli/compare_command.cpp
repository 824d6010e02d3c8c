#include "scenarios/cli/compare_command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/strings.hpp"
#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/shell_word.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/compare/drift.hpp"
#include "scenarios/language/fixtures.hpp"
#include "scenarios/tape/exchanges.hpp"

namespace casewire::scenarios {
namespace {

/// 1240 -> "1,240"
std::string grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string how_many(const Compared& compared, const Drift& drift) {
  const auto all = compared.answers.find(drift.operation);
  return grouped(drift.count) + " of " + grouped(all == compared.answers.end() ? drift.count : all->second);
}

/// As a run, so that every report that shows runs shows this one too: an operation is a scenario, a cause one of its checks.
RunResult as_run(const Compared& compared, const CompareCommandOptions& options) {
  RunResult run;
  run.ring = "simulated";
  run.bridge = std::string("the models of casewire ") + kVersion + ", org " + options.org;
  run.seed = options.seed;
  run.started_at = ThreadRuntime().now();
  run.command = "casewire compare " + shell_word(options.tape) + " --org " + shell_word(options.org);
  for (const auto& [host, system] : options.hosts.named())
    run.command += " --" + (system == "nobody" ? "ignore" : system) + "-host " + shell_word(host);
  std::size_t number = 0;
  for (const auto& [operation, count] : compared.answers) {
    ScenarioResult scenario;
    scenario.feature = "The models answer as " + options.tape + " does";
    scenario.name = operation;
    scenario.where = {options.tape, {++number, 1}};
    scenario.seed = options.seed;
    scenario.file_stem = "compare-" + std::to_string(number);
    scenario.rerun = run.command;
    std::size_t differing = 0;
    for (const Drift& drift : compared.drifts) {
      if (drift.operation != operation) continue;
      ++differing;
      StepResult step;
      step.keyword = "Then";
      step.text = how_many(compared, drift) + (drift.is_known ? " differ, which is known: " : " differ: ") + drift.cause +
                  " (first in entry " + std::to_string(drift.entry) + ")";
      step.where = scenario.where;
      step.reached = true;
      step.expected = drift.recorded;
      step.found = drift.modelled;
      if (!drift.is_known) step.verdict = scenario.verdict = Verdict::failed;
      scenario.steps.push_back(std::move(step));
    }
    if (differing == 0) {
      StepResult step;
      step.keyword = "Then";
      step.text = "0 of " + grouped(count) + " differ";
      step.where = scenario.where;
      step.reached = true;
      scenario.steps.push_back(std::move(step));
    }
    run.scenarios.push_back(std::move(scenario));
  }
  return run;
}

void print_drift(const Compared& compared) {
  std::size_t all = 0;
  for (const auto& [operation, count] : compared.answers) {
    all += count;
    const auto is_of_it = [&, name = operation](const Drift& drift) { return drift.operation == name; };
    if (std::none_of(compared.drifts.begin(), compared.drifts.end(), is_of_it))
      std::cout << operation << ": 0 of " << grouped(count) << " differ\n";
  }
  for (const Drift& drift : compared.drifts) {
    std::cout << drift.operation << ": " << how_many(compared, drift) << " differ: " << drift.cause
              << (drift.is_known ? " (known)" : "") << "\n";
    if (!drift.is_known) {
      std::cout << "  entry " << drift.entry << "\n  expected  " << drift.recorded << "   (the tape)\n  found     "
                << drift.modelled << "   (the model)\n";
    }
  }
  for (const auto& [place, count] : compared.noise)
    std::cout << "noise, which differs between two models too: " << place << " (" << grouped(count) << ")\n";
  for (const std::string& trouble : compared.troubles) std::cout << "note: " << trouble << "\n";
  for (const auto& [operation, cause] : compared.gone)
    std::cout << "no longer so, and still in the baseline: " << operation << ": " << cause << "\n";
  if (compared.passed_over != 0)
    std::cout << grouped(compared.passed_over) << " requests got no answer that a model could give (none, 429, 5xx)\n";
  const auto known =
      std::count_if(compared.drifts.begin(), compared.drifts.end(), [](const Drift& drift) { return drift.is_known; });
  std::cout << grouped(all) << " answers compared, " << compared.drifts.size() << " kinds of drift, " << known
            << " of them known\n";
}

}  // namespace

int compare_recording(const CompareCommandOptions& options) {
  const std::string root = options.fixtures.empty() ? default_fixtures() : options.fixtures;
  if (root.empty()) return complain("compare", "there is no folder fixtures here or above; name it with --fixtures");
  const Fixtures fixtures(root, built_in_fixtures());
  const std::string org_file = fixtures.path("orgs", options.org + "/org.json");
  const auto org = fixtures.read("orgs", options.org + "/org.json");
  if (!org) {
    const auto known = fixtures.names("orgs");
    const std::string near = nearest(options.org, known);
    return complain("compare", "cannot read " + org_file + (near.empty() ? "" : "; did you mean --org " + near + "?"));
  }
  auto tape = TapeReader::of_file(options.tape, options.hosts.named());
  if (!tape) {
    std::cerr << render(tape.error());
    return 2;
  }
  Baseline baseline;
  std::error_code error;
  if (!options.baseline.empty() && (!options.update_baseline || std::filesystem::exists(options.baseline, error))) {
    const auto known = whole_file(options.baseline);
    if (!known) return complain("compare", "cannot read " + options.baseline + "; --update-baseline makes it");
    auto read = read_baseline(*known, options.baseline);
    if (!read) {
      std::cerr << render(read.error(), *known);
      return 2;
    }
    baseline = *std::move(read);
  }
  if (const std::string problems = report_problems(options.reports); !problems.empty()) {
    std::cerr << problems;
    return 2;
  }

  const bool is_redacted = tape->head().is_redacted;
  const Exchanges exchanges(*std::move(tape), Exchanges::Bodies::plain);
  auto compared =
      compare_with_models(exchanges, {.org_json = *org, .org_file = org_file, .seed = options.seed, .is_redacted = is_redacted});
  if (!compared) return complain("compare", compared.error());
  if (options.update_baseline) {
    std::ofstream out(options.baseline, std::ios::binary);
    out << write_baseline(*compared);
    if (!out.flush()) return complain("compare", "cannot write " + options.baseline);
    baseline.clear();
    for (const Drift& drift : compared->drifts) baseline.emplace(drift.operation, drift.cause);
  }
  mark_known(*compared, baseline);
  print_drift(*compared);
  const WrittenReports reports = write_reports(as_run(*compared, options), options.reports);
  for (const std::string& file : reports.files) std::cout << "report: " << file << "\n";
  std::cerr << reports.problems;
  if (!reports.problems.empty()) return 3;
  if (compared->answers.empty()) return 4;
  return compared->has_news() ? 1 : 0;
}

}  // namespace casewire::scenarios
