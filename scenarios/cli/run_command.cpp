#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <thread>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/selection.hpp"
#include "scenarios/cli/version.hpp"
#include "scenarios/report/console.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/junit.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/process_ring.hpp"
#include "scenarios/runner/simulated_ring.hpp"

namespace casewire::scenarios {
namespace {

/// Monday, 09:00 UTC: every world begins here, in both rings.
const WallTime kWorldStart = *parse_iso8601("2026-01-05T09:00:00.000Z");

bool write_file(const std::string& path, const std::string& content) {
  const std::filesystem::path file(path);
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out << content;
  if (out.flush()) return true;
  std::cerr << "casewire: cannot write " << path << "\n";
  return false;
}

bool make_folder(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error) return true;
  std::cerr << "casewire: cannot make the folder " << path << ": " << error.message() << "\n";
  return false;
}

std::string quoted_if_needed(const std::string& word) {
  return word.find(' ') == std::string::npos ? word : "\"" + word + "\"";
}

std::string rerun_prefix(const RunOptions& options) {
  std::string command = "casewire run";
  if (options.simulated) command += " --simulated";
  if (!options.bridge.empty()) command += " --bridge " + quoted_if_needed(options.bridge);
  if (options.bridge_has_control) command += " --bridge-control";
  return command + " --seed " + std::to_string(options.seed);
}

bool write_journals(const RunResult& result, const std::string& folder) {
  if (!make_folder(folder)) return false;
  for (std::size_t i = 0; i < result.scenarios.size(); ++i) {
    char name[32];
    std::snprintf(name, sizeof name, "%04zu.jsonl", i + 1);
    std::string lines;
    for (const sim::Entry& entry : result.scenarios[i].journal) lines += sim::to_line(entry) + "\n";
    if (!write_file(folder + "/" + name, lines)) return false;
  }
  return true;
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
  if (!selection.problems.empty()) {
    std::cerr << selection.problems;
    return 2;
  }
  if (selection.scenarios.empty()) {
    std::cerr << "casewire: no scenario matches; nothing was exercised\n";
    return 4;
  }
  if (!options.har_folder.empty() && !make_folder(options.har_folder)) return 2;

  RunResult result;
  result.seed = options.seed;
  result.ring = options.simulated ? "simulated" : "process";
  ProcessRingOptions process{.bridge_command = command_words(options.bridge), .start = kWorldStart};
  process.controlled = options.bridge.empty() || options.bridge_has_control;
  if (options.bridge.empty()) process.bridge_command = {built_bridge()};
  if (!options.simulated && (process.bridge_command.empty() || process.bridge_command.front().empty())) {
    std::cerr << "casewire: there is no casewire-bridge beside this program; name the bridge with --bridge \"COMMAND\"\n";
    return 2;
  }
  result.bridge = options.bridge.empty() ? std::string("casewire-bridge ") + kVersion : options.bridge;

  ProcessHost host;
  PlayOptions play;
  play.seed = options.seed;
  play.jobs = options.jobs != 0 ? options.jobs : 2 * std::max(1u, std::thread::hardware_concurrency());
  play.har_folder = options.har_folder;
  play.rerun_prefix = rerun_prefix(options);
  if (options.simulated) {
    play.jobs = options.jobs != 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
    play.make_ring = [&] { return make_simulated_ring(kWorldStart, options.seed); };
  } else {
    play.make_ring = [&] { return make_process_ring(process, host); };
  }

  Console console(std::cout, console_options(1));
  console.begin(result, selection.scenarios.size());
  result.scenarios = play_all(selection.scenarios, selection.fixtures, play,
                              [&](const ScenarioResult& scenario) { console.finished(scenario); });
  result.real_time = watch.elapsed();

  std::vector<std::string> files;
  bool written = true;
  if (!options.junit_file.empty()) {
    written &= write_file(options.junit_file, junit(result));
    files.push_back(options.junit_file);
  }
  if (!options.html_file.empty()) {
    written &= write_file(options.html_file, html(result));
    files.push_back(options.html_file);
  }
  if (!options.journal_folder.empty()) {
    written &= write_journals(result, options.journal_folder);
    files.push_back(options.journal_folder);
  }
  console.end(result, files);
  return written ? exit_code(result) : 3;
}

}  // namespace casewire::scenarios
