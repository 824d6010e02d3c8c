#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <thread>

#include "base/runtime/stopwatch.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "bridge/config/units.hpp"
#include "scenarios/cli/artifacts.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/narrowing.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/report_files.hpp"
#include "scenarios/cli/selection.hpp"
#include "scenarios/cli/shell_word.hpp"
#include "scenarios/cli/sign_of_life.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/cli/world_start.hpp"
#include "scenarios/report/console.hpp"
#include "scenarios/runner/dynamic_program.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/runner/temporary_folder.hpp"
#include "scenarios/runner/waiting.hpp"

namespace casewire::scenarios {
namespace {

/// Whether the command line said it; what casewire.yaml says is found there again.
bool said(const RunOptions& options, const char* option) { return !options.project.options.contains(option); }

/// What stands in every command that plays the same again.
std::string world_options(const RunOptions& options) {
  std::string command;
  if (!options.project.named_file.empty()) command += " --config " + shell_word(options.project.named_file);
  if (options.project.is_unwanted) command += " --no-config";
  if (options.simulated) command += " --simulated";
  if (!options.bridge.empty() && said(options, "--bridge")) command += " --bridge " + shell_word(options.bridge);
  if (options.bridge_has_control && said(options, "--bridge-control")) command += " --bridge-control";
  if (options.real_time && said(options, "--real-time")) command += " --real-time";
  if (!options.patience.empty() && said(options, "--patience")) command += " --patience " + shell_word(options.patience);
  if (said(options, "--bridge-env")) {
    for (const std::string& variable : options.bridge_environment) command += " --bridge-env " + shell_word(variable);
  }
  return command;
}

std::string rerun_command(const RunOptions& options, const Scenario& scenario) {
  std::string command = "casewire run" + world_options(options);
  if (!options.fixtures.empty() && said(options, "--fixtures")) command += " --fixtures " + shell_word(options.fixtures);
  return command + " --seed " + std::to_string(options.seed) + " " +
         shell_word(scenario.where.file + ":" + std::to_string(scenario.where.position.line));
}

std::vector<std::string> bridge_command(const RunOptions& options) {
  if (!options.bridge.empty()) return words_from_folder(options.bridge, options.project.bridge_folder);
  const std::string built = built_bridge();
  return built.empty() ? std::vector<std::string>{} : std::vector{built};
}

/// By whom the bridge learns what time it is.
enum class Time { control, preloaded, real };

Time time_of_bridge(const RunOptions& options) {
  if (options.bridge.empty() || options.bridge_has_control) return Time::control;
  const auto command = bridge_command(options);
  const auto program = program_named(command.empty() ? options.bridge : command.front());
  return options.real_time || (program && !is_dynamic_program(*program)) ? Time::real : Time::preloaded;
}

std::string bridge_problem(const std::vector<std::string>& command) {
  if (command.empty()) {
    return "casewire: there is no casewire-bridge beside this program; name the bridge with --bridge \"COMMAND\"\n";
  }
  const auto program = program_named(command.front());
  return program ? std::string() : "casewire: the bridge cannot be started: " + program.error() + "\n";
}

/// A bridge that is waited for costs no processor meanwhile, so many may be; but each that works needs its turn.
unsigned jobs_at_once(const RunOptions& options) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  if (options.simulated) return options.jobs != 0 ? options.jobs : cores;
  const bool is_waited_for = time_of_bridge(options) == Time::real;
  const unsigned most = (is_waited_for ? 48 : 4) * cores;
  const unsigned wanted = options.jobs != 0 ? options.jobs : (is_waited_for ? 24 : 2) * cores;
  if (wanted > most) {
    std::cerr << "casewire: " << cores << " processors take no more than " << most << " of these bridges at once; -j is " << most
              << "\n";
  }
  return std::min(wanted, most);
}

Result<Patience, std::string> read_patience(const RunOptions& options) {
  Patience patience;
  if (options.patience.empty()) return patience;
  if (options.bridge_has_control) return fail("--patience is for a bridge without a control connection");
  if (!options.real_time && time_of_bridge(options) != Time::real) {
    return fail("--patience is for a bridge that lives in real time; say --real-time too");
  }
  const auto given = bridge::parse_duration(options.patience);
  if (!given || *given < milliseconds{1'000} || *given > std::chrono::hours{24}) {
    return fail("--patience: expected 1s to 24h, such as 90s or 15min, found \"" + options.patience + "\"");
  }
  patience.for_a_promise = *given;
  return patience;
}

/// How it is judged that something has not happened.
std::string judging(const RunOptions& options, milliseconds patience) {
  if (time_of_bridge(options) != Time::real) {
    return "what must not happen, when nothing has changed for " + human_duration(Quiescence::kHorizon) + " of its world's time";
  }
  return "what must happen, up to " + human_duration(patience) + " of real time; what must not, after " +
         human_duration(Patience{}.stillness) + " without a sign of life";
}

std::string bridge_name(const RunOptions& options) {
  if (options.bridge.empty()) return std::string("casewire-bridge ") + kVersion;
  switch (time_of_bridge(options)) {
    case Time::control: return options.bridge;
    case Time::preloaded: return options.bridge + " (in virtual time by a preloaded clock)";
    case Time::real:
      return options.bridge + (options.real_time ? " (waited for in real time)" : " (a static program: waited for in real time)");
  }
  return options.bridge;
}

/// The first of these variables that says something.
std::string said_by_ci(std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  }
  return {};
}

/// Where the code under test stands, as the CI server says.
std::string commit_under_test() {
  return said_by_ci({"GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT", "BUILDKITE_COMMIT", "CIRCLE_SHA1"});
}

std::string page_of_ci_run() {
  const std::string run = said_by_ci({"GITHUB_RUN_ID"});
  if (run.empty()) return said_by_ci({"CI_JOB_URL", "BUILDKITE_BUILD_URL", "CIRCLE_BUILD_URL", "BUILD_URL"});
  return said_by_ci({"GITHUB_SERVER_URL"}) + "/" + said_by_ci({"GITHUB_REPOSITORY"}) + "/actions/runs/" + run;
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

/// The command for the whole run, for whoever reads a report.
std::string whole_command(const RunOptions& options) {
  std::string command = "casewire run" + world_options(options);
  if (said(options, "--tag")) {
    for (const std::string& tag : options.tags) command += " --tag " + shell_word(tag);
  }
  for (const std::string& name : options.names) command += " --name " + shell_word(name);
  if (!options.fixtures.empty() && said(options, "--fixtures")) command += " --fixtures " + shell_word(options.fixtures);
  command += " --seed " + std::to_string(options.seed);
  if (said(options, "paths")) {
    for (const std::string& path : options.paths) command += " " + shell_word(path);
  }
  return command;
}

int list_scenarios(const std::vector<Scenario>& scenarios, bool as_json) {
  Json all = Json::array();
  for (const Scenario& scenario : scenarios) {
    const std::string place = scenario.where.file + ":" + std::to_string(scenario.where.position.line);
    if (!as_json) {
      std::cout << place << "  " << (scenario.rule.empty() ? "" : scenario.rule + ": ") << scenario.name;
      for (const std::string& tag : scenario.tags) std::cout << " " << tag;
      std::cout << "\n";
      continue;
    }
    all.push_back({{"file", scenario.where.file},
                   {"line", scenario.where.position.line},
                   {"feature", scenario.feature},
                   {"rule", scenario.rule},
                   {"name", scenario.name},
                   {"tags", scenario.tags}});
  }
  if (as_json) std::cout << dump_json(all) << "\n";
  return scenarios.empty() ? 4 : 0;
}

/// Why no more scenarios begin; empty while they do.
class Ending {
 public:
  Ending(const RunOptions& options, const RealStopwatch& watch) : options_(options), watch_(watch) {}
  void finished(const ScenarioResult& scenario) {
    if (scenario.verdict == Verdict::failed || scenario.verdict == Verdict::unknown) ++bad_;
  }
  std::string reason() const {
    if (interrupted()) return "the run was interrupted before this scenario began";
    if (options_.fail_fast != 0 && bad_ >= options_.fail_fast) return "--fail-fast: enough scenarios were not green";
    if (options_.max_time.count() != 0 && watch_.elapsed() >= options_.max_time)
      return "--max-time was over before this scenario began";
    return {};
  }

 private:
  const RunOptions& options_;
  const RealStopwatch& watch_;
  std::atomic<unsigned> bad_ = 0;
};

/// Takes away what only our own bridge is asked for, and counts it by its tag.
std::map<std::string, std::size_t> leave_out_house_rules(std::vector<Scenario>& scenarios) {
  std::map<std::string, std::size_t> left_out;
  std::erase_if(scenarios, [&](const Scenario& scenario) {
    const auto is_tagged = [&](std::string_view tag) {
      return std::find(scenario.tags.begin(), scenario.tags.end(), tag) != scenario.tags.end();
    };
    const bool is_house = is_tagged("@house") || std::any_of(scenario.steps.begin(), scenario.steps.end(),
                                                             [](const Step& step) { return step.action.traits().house; });
    for (const auto& [tag, is_so] : {std::pair{"@house", is_house}, std::pair{"@recording", is_tagged("@recording")}}) {
      if (!is_so) continue;
      ++left_out[tag];
      return true;
    }
    return false;
  });
  return left_out;
}

/// Why there is nothing to play, and what there would be.
std::string nothing_to_play(const Selection& selection, const std::map<std::string, std::size_t>& left_out,
                            const RunOptions& options) {
  if (!left_out.empty()) {
    return "casewire: what matches is asked of our own bridge only, for it asks for more than the vendors' pages (" +
           left_out_line(left_out) + "); nothing was exercised\n";
  }
  if (options.last_failed) return "casewire: everything was green the last time; nothing was exercised\n";
  std::string text = "casewire: no scenario matches; nothing was exercised\n";
  if (options.tags.empty() || selection.tags.empty()) return text;
  const std::vector<std::string> known(selection.tags.begin(), selection.tags.end());
  for (const std::string& asked : options.tags) {
    const std::string near = nearest(asked, known);
    if (!near.empty() && near != asked) text += "did you mean \"" + near + "\"?\n";
  }
  constexpr std::size_t kLine = 120;
  std::string line = "known tags:";
  for (const std::string& tag : known) {
    if (line.size() + 1 + tag.size() > kLine) {
      text += line + "\n";
      line = " ";
    }
    line += " " + tag;
  }
  return text + line + "\n";
}

/// What all shards together play.
struct Whole {
  std::map<std::pair<std::string, std::size_t>, std::size_t> numbers;  ///< of each scenario, from 1, by its file and line
  std::optional<Shard> part;                                           ///< what is played here
  void number(std::vector<ScenarioResult>& played, std::size_t round) const {
    for (ScenarioResult& scenario : played) {
      const auto known = numbers.find({scenario.where.file, scenario.where.position.line});
      if (known != numbers.end()) scenario.number = round * numbers.size() + known->second;
    }
  }
};

/// Narrows what was read to what is played; what is wrong with the wish is complete text for standard error.
std::string narrow(std::vector<Scenario>& scenarios, const RunOptions& options, const LastRun& last, Whole& whole) {
  scenarios = named(std::move(scenarios), options.names);
  if (options.last_failed) {
    if (last.is_empty()) return "casewire: --last-failed: nothing was played from this folder yet\n";
    scenarios = not_green(std::move(scenarios), last);
  }
  for (const Scenario& scenario : scenarios)
    whole.numbers.emplace(std::pair(scenario.where.file, scenario.where.position.line), whole.numbers.size() + 1);
  if (!options.shard.empty()) {
    const auto shard = read_shard(options.shard);
    if (!shard) return "casewire: " + shard.error() + "\n";
    scenarios = share_of(std::move(scenarios), *shard, last);
    whole.part = *shard;
  }
  return {};
}

}  // namespace

int run_scenarios(const RunOptions& options) {
  const RealStopwatch watch;
  Selection selection = select_scenarios(options);
  LastRun last = LastRun::read();
  const bool lists = options.list || options.as_json;
  const std::vector<std::string> command = bridge_command(options);
  const auto patience = read_patience(options);
  const auto environment = read_bridge_environment(options.bridge_environment);
  if (!options.project.file.empty()) std::cerr << "casewire: with the settings of " << options.project.file << "\n";
  std::cerr << selection.warnings;
  std::string problems = selection.problems;
  Whole whole;
  if (problems.empty()) problems = narrow(selection.scenarios, options, last, whole);
  if (!lists) problems += report_problems(options.reports) + (options.simulated ? std::string() : bridge_problem(command));
  if (!patience) problems += "casewire: " + patience.error() + "\n";
  if (!environment) problems += "casewire: --bridge-env: " + environment.error() + "\n";
  if (!problems.empty()) {
    std::cerr << problems;
    return 2;
  }
  std::map<std::string, std::size_t> left_out;
  if (!options.bridge.empty()) left_out = leave_out_house_rules(selection.scenarios);
  if (!options.record_file.empty() && selection.scenarios.size() != 1) {
    std::cerr << "casewire: --record takes one scenario, and these are " << selection.scenarios.size() << "\n";
    return 2;
  }
  if (selection.scenarios.empty()) std::cerr << nothing_to_play(selection, left_out, options);
  if (lists) return list_scenarios(selection.scenarios, options.as_json);
  if (selection.scenarios.empty()) return 4;

  ProcessHost host;
  const ProcessRingOptions process{.bridge_command = command,
                                   .bridge_environment = *environment,
                                   .bridge_folder = options.project.bridge_folder,
                                   .bridge_is_ours = options.bridge.empty()};
  PlayOptions play;
  Ending ending(options, watch);
  play.har_folder = options.reports.har_folder;
  play.record_file = options.record_file;
  play.artifacts_folder = options.reports.artifacts_folder;
  play.stop_reason = [&] { return ending.reason(); };
  play.is_our_bridge = options.bridge.empty();
  play.jobs = jobs_at_once(options);

  RunResult result;
  result.ring = options.simulated ? "simulated" : "process";
  result.bridge = bridge_name(options);
  result.bridge_environment = *environment;
  result.left_out = std::move(left_out);
  result.judging = judging(options, patience->for_a_promise);
  result.seed = options.seed;
  if (whole.part) result.shard = whole.part->text();
  result.started_at = ThreadRuntime().now();
  result.host = host_name();
  result.command = whole_command(options);
  result.commit = commit_under_test();
  result.ci_url = page_of_ci_run();
  ConsoleOptions shown = console_options(1);
  shown.verbose = options.verbose;
  Console console(std::cout, shown);
  console.begin(result, selection.scenarios.size() * options.repeat);
  keep_interrupts();
  if (!options.simulated) sweep_temporary_folders(kBridgeFolder);
  play.on_begun = [&](const ScenarioResult& scenario) { console.began(scenario); };
  play.on_time = [&](const ScenarioResult& scenario, milliseconds passed) { console.time_passed(scenario, passed); };
  Artifacts artifacts(options.reports.artifacts_folder, selection.fixtures.root());
  auto alive = std::make_unique<SignOfLife>(console);
  for (unsigned round = 0; round < options.repeat; ++round) {
    RunOptions of_round = options;
    of_round.seed = play.seed = options.seed + round;
    play.rerun = [&](const Scenario& scenario) { return rerun_command(of_round, scenario); };
    play.make_ring = [&]() -> std::unique_ptr<Ring> {
      if (options.simulated) return make_simulated_ring(kWorldStart, of_round.seed);
      switch (time_of_bridge(options)) {
        case Time::preloaded: return make_preloaded_ring(process, kWorldStart, host);
        case Time::real: return make_stranger_ring(process, *patience, host);
        case Time::control: break;
      }
      return make_driven_ring(process, kWorldStart, host);
    };
    std::vector<Scenario> scenarios = selection.scenarios;
    if (options.repeat > 1) {
      for (Scenario& scenario : scenarios) scenario.name += " (seed " + std::to_string(of_round.seed) + ")";
    }
    auto played = play_all(scenarios, selection.fixtures, play, [&](const ScenarioResult& scenario) {
      ending.finished(scenario);
      if (!options.reports.artifacts_folder.empty()) artifacts.keep(result, scenario);
      console.finished(scenario);
    });
    whole.number(played, round);
    for (ScenarioResult& scenario : played) result.scenarios.push_back(std::move(scenario));
  }
  alive.reset();
  result.real_time = watch.elapsed();
  if (interrupted()) std::cerr << "casewire: interrupted; what was not played counts as skipped\n";
  if (options.repeat == 1) {
    last.learn(result, options.shard.empty() ? LastRun::Times::learn : LastRun::Times::keep);
    static_cast<void>(last.write());
  }

  WrittenReports reports = write_reports(result, options.reports);
  if (artifacts.kept() != 0) reports.files.push_back(options.reports.artifacts_folder);
  reports.problems += artifacts.problems();
  console.end(result, options.reports.are_named ? reports.files : std::vector<std::string>{});
  std::cerr << reports.problems;
  return reports.problems.empty() ? exit_code(result) : 3;
}

}  // namespace casewire::scenarios
