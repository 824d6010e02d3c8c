#include <algorithm>
#include <cctype>
#include <iostream>
#include <thread>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/report_files.hpp"
#include "scenarios/cli/selection.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/report/console.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/simulated_ring.hpp"

namespace casewire::scenarios {
namespace {

/// Monday, 09:00 UTC: every world begins here, in both rings.
const WallTime kWorldStart = *parse_iso8601("2026-01-05T09:00:00.000Z");

/// As a POSIX shell reads it back.
std::string shell_word(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("_./:=@%+,-").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string rerun_command(const RunOptions& options, const Scenario& scenario) {
  std::string command = "casewire run";
  if (options.simulated) command += " --simulated";
  if (!options.bridge.empty()) command += " --bridge " + shell_word(options.bridge);
  if (options.bridge_has_control) command += " --bridge-control";
  if (!options.fixtures.empty()) command += " --fixtures " + shell_word(options.fixtures);
  return command + " --seed " + std::to_string(options.seed) + " " +
         shell_word(scenario.where.file + ":" + std::to_string(scenario.where.position.line));
}

bool is_controlled(const RunOptions& options) { return options.bridge.empty() || options.bridge_has_control; }

std::vector<std::string> bridge_command(const RunOptions& options) {
  if (!options.bridge.empty()) return command_words(options.bridge);
  const std::string built = built_bridge();
  return built.empty() ? std::vector<std::string>{} : std::vector{built};
}

std::string bridge_problem(const std::vector<std::string>& command) {
  if (command.empty()) {
    return "casewire: there is no casewire-bridge beside this program; name the bridge with --bridge \"COMMAND\"\n";
  }
  const auto program = program_named(command.front());
  return program ? std::string() : "casewire: the bridge cannot be started: " + program.error() + "\n";
}

std::string bridge_name(const RunOptions& options) {
  if (options.bridge.empty()) return std::string("casewire-bridge ") + kVersion;
  return options.bridge + (is_controlled(options) ? "" : " (no control connection: judged after quiet periods)");
}

}  // namespace

int check_scenarios(const RunOptions& options) {
  const Selection selection = select_scenarios(options);
  std::cerr << selection.problems;
  if (!selection.problems.empty()) return 2;
  std::cout << selection.scenarios.size() << " scenario" << (selection.scenarios.size() == 1 ? "" : "s") << " can be played\n";
  return selection.scenarios.empty() ? 4 : 0;
}

int run_scenarios(const RunOptions& options) {
  const RealStopwatch watch;
  const Selection selection = select_scenarios(options);
  const std::vector<std::string> command = bridge_command(options);
  const std::string problems =
      selection.problems + report_problems(options) + (options.simulated ? std::string() : bridge_problem(command));
  if (!problems.empty()) {
    std::cerr << problems;
    return 2;
  }
  if (selection.scenarios.empty()) {
    std::cerr << "casewire: no scenario matches; nothing was exercised\n";
    return 4;
  }

  ProcessHost host;
  const ProcessRingOptions process{.bridge_command = command, .controlled = is_controlled(options), .start = kWorldStart};
  PlayOptions play;
  play.seed = options.seed;
  play.har_folder = options.har_folder;
  play.rerun = [&](const Scenario& scenario) { return rerun_command(options, scenario); };
  play.stop_asked = interrupted;
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  if (options.simulated) {
    play.jobs = options.jobs != 0 ? options.jobs : cores;
    play.make_ring = [&] { return make_simulated_ring(kWorldStart, options.seed); };
  } else {
    play.jobs = options.jobs != 0 ? options.jobs : 2 * cores;
    play.make_ring = [&] { return make_process_ring(process, host); };
  }

  RunResult result;
  result.ring = options.simulated ? "simulated" : "process";
  result.bridge = bridge_name(options);
  result.seed = options.seed;
  Console console(std::cout, console_options(1));
  console.begin(result, selection.scenarios.size());
  keep_interrupts();
  result.scenarios = play_all(selection.scenarios, selection.fixtures, play,
                              [&](const ScenarioResult& scenario) { console.finished(scenario); });
  result.real_time = watch.elapsed();
  if (interrupted()) std::cerr << "casewire: interrupted; what was not played counts as skipped\n";

  const WrittenReports reports = write_reports(result, options);
  console.end(result, reports.files);
  std::cerr << reports.problems;
  return reports.problems.empty() ? exit_code(result) : 3;
}

}  // namespace casewire::scenarios
