#include <algorithm>
#include <cctype>
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

std::string rerun_prefix(const RunOptions& options) {
  std::string command = "casewire run";
  if (options.simulated) command += " --simulated";
  if (!options.bridge.empty()) command += " --bridge " + shell_word(options.bridge);
  if (options.bridge_has_control) command += " --bridge-control";
  if (!options.fixtures.empty()) command += " --fixtures " + shell_word(options.fixtures);
  return command + " --seed " + std::to_string(options.seed);
}

bool write_journals(const RunResult& result, const std::string& folder) {
  if (!make_folder(folder)) return false;
  for (const ScenarioResult& scenario : result.scenarios) {
    std::string lines;
    for (const sim::Entry& entry : scenario.journal) lines += sim::to_line(entry) + "\n";
    if (!write_file(folder + "/" + scenario.file_stem + ".jsonl", lines)) return false;
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
  if (!options.simulated && !process.controlled) result.bridge += " (no control connection: judged after quiet periods)";

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
  const auto keep = [&](const std::string& path, bool good) {
    if (good) files.push_back(path);
    written &= good;
  };
  if (!options.junit_file.empty()) keep(options.junit_file, write_file(options.junit_file, junit(result)));
  if (!options.html_file.empty()) keep(options.html_file, write_file(options.html_file, html(result)));
  if (!options.journal_folder.empty()) keep(options.journal_folder, write_journals(result, options.journal_folder));
  console.end(result, files);
  return written ? exit_code(result) : 3;
}

}  // namespace casewire::scenarios
