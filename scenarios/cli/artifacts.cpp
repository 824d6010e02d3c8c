#include "scenarios/cli/artifacts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/shell_word.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/evidence/archive.hpp"
#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/runner/bridge_log.hpp"
#include "scenarios/runner/player.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRunFile = "run.json";
constexpr std::uintmax_t kFixturesBytesMax = 64u << 20;
constexpr std::size_t kUnpackedBytesMax = std::size_t{1} << 30;

std::string journal_text(const ScenarioResult& scenario) {
  std::string text;
  for (const sim::Entry& entry : scenario.journal) text += sim::to_line(entry) + "\n";
  return text;
}

std::uintmax_t bytes_below(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

void write_artifact(const fs::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary);
  out << text;
  if (!out.flush()) throw fs::filesystem_error("cannot write", file, std::make_error_code(std::errc::io_error));
}

/// A name in a zip that somebody sent leads nowhere but into the folder.
bool stays_inside(const fs::path& name) {
  return name.is_relative() && std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".."; });
}

/// The folder into which a zip was unpacked, a new one; or what is wrong.
Result<std::string, std::string> unzip_here(const std::string& zip) {
  const auto files = unpacked(whole_file(zip).value_or(""), zip, kUnpackedBytesMax);
  if (!files) return fail(files.error().problem + ": " + zip);
  const fs::path folder = fs::path(zip).filename().stem();
  if (fs::exists(folder)) return fail("there is " + folder.string() + " already; show that, or take it away");
  for (const NamedBytes& file : *files) {
    if (!stays_inside(file.name)) return fail(zip + " holds a file that would lie outside: " + file.name);
  }
  try {
    for (const NamedBytes& file : *files) {
      fs::create_directories((folder / file.name).parent_path());
      write_artifact(folder / file.name, file.bytes);
    }
  } catch (const fs::filesystem_error& problem) {
    return fail(std::string(problem.what()));
  }
  return folder.string();
}

/// Folders with a run file, this one or those right below it.
std::vector<fs::path> artifact_folders(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / kRunFile, error)) return {folder};
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (fs::exists(entry.path() / kRunFile)) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

/// Where the feature lies in a folder: what is left of its path when as little as possible is taken from its beginning; empty: it is not there.
fs::path place_in(const fs::path& folder, const fs::path& feature) {
  std::error_code error;
  for (auto begin = feature.begin(); begin != feature.end(); ++begin) {
    fs::path rest;
    for (auto part = begin; part != feature.end(); ++part) rest /= *part;
    if (rest.is_relative() && stays_inside(rest) && fs::is_regular_file(folder / rest, error)) return folder / rest;
  }
  return {};
}

/// As it was played, with the feature file and the fixtures that lie in the folder, or beside it (casewire pack): what stands before the seed is kept.
std::string replay_command(fs::path folder, const ScenarioResult& scenario) {
  fs::path feature = place_in(folder, scenario.where.file);
  if (const auto beside = place_in(folder.parent_path(), scenario.where.file); feature.empty() && !beside.empty()) {
    feature = beside;
    folder = folder.parent_path();
  }
  if (feature.empty()) return scenario.rerun;
  std::string command = scenario.rerun.substr(0, scenario.rerun.rfind(" --seed "));
  if (fs::exists(folder / "fixtures")) command += " --fixtures " + shell_word((folder / "fixtures").string());
  return command + " --seed " + std::to_string(scenario.seed) + " " +
         shell_word(feature.string() + ":" + std::to_string(scenario.where.position.line));
}

}  // namespace

std::string log_text(const ScenarioResult& scenario) {
  std::string text;
  const WallTime start = scenario.journal.empty() ? WallTime{} : scenario.journal.front().at;
  const auto tell = [&](const LogLine& line) {
    text += report::time_since(start, line.at) + " #" + std::to_string(line.after) + " " + line.text + "\n";
  };
  if (scenario.whole_log) {
    scenario.whole_log->each_line(tell);
  } else {
    for (const LogLine& line : scenario.bridge_log) tell(line);
  }
  return text;
}

void Artifacts::keep(const RunResult& run, const ScenarioResult& scenario) {
  if (!is_worth_keeping(scenario)) return;
  const fs::path folder = fs::path(folder_) / scenario.file_stem;
  try {
    fs::create_directories(folder);
    RunResult one = run;
    one.scenarios = {scenario};
    write_artifact(folder / "report.html", html(one));
    write_artifact(folder / "failure.txt", report::failure_text(scenario));
    write_artifact(folder / "journal.jsonl", journal_text(scenario));
    write_artifact(folder / "bridge.log", log_text(scenario));
    constexpr auto kOverwrite = fs::copy_options::overwrite_existing;
    fs::copy_file(scenario.where.file, folder / fs::path(scenario.where.file).filename(), kOverwrite);
    if (fs::is_directory(fixtures_) && bytes_below(fixtures_) <= kFixturesBytesMax) {
      fs::copy(fixtures_, folder / "fixtures", kOverwrite | fs::copy_options::recursive);
    }
    write_artifact(folder / kRunFile, run_json(one));  // last: a folder that has it is whole
    ++kept_;
  } catch (const fs::filesystem_error& problem) {
    problems_ += "casewire: --artifacts: " + std::string(problem.what()) + "\n";
  }
}

bool holds_artifacts(const std::string& folder) { return !artifact_folders(folder).empty(); }

int show_artifacts(const ShowOptions& options) {
  std::string place = options.folder;
  std::error_code error;
  if (fs::is_regular_file(place, error)) {
    const auto unzipped = unzip_here(place);
    if (!unzipped) return complain("show", unzipped.error());
    place = *unzipped;
    std::cout << "unpacked into " << place << "\n\n";
  }
  const auto folders = artifact_folders(place);
  if (folders.empty()) {
    std::cerr << "casewire: there are no artifacts in " << place << "; casewire run --artifacts FOLDER makes them\n";
    return 2;
  }
  for (const fs::path& folder : folders) {
    const auto run = read_run_json(whole_file(folder / kRunFile).value_or(""), (folder / kRunFile).string());
    if (!run) {
      std::cerr << render(run.error()) << "\n";
      return 2;
    }
    for (const ScenarioResult& scenario : run->scenarios) {
      std::cout << scenario.name << "\n" << report::failure_text(scenario);
      std::cout << "bridge: " << run->bridge << ", " << run->ring << " ring\n";
      for (const char* file :
           {"report.html", "journal.jsonl", "journal", "bridge.log", "bridge-log", "tape.har", "har", "state"}) {
        if (fs::exists(folder / file)) std::cout << "  " << (folder / file).string() << "\n";
      }
      std::cout << "again from here: " << replay_command(folder, scenario) << "\n\n";
    }
  }
  return 0;
}

}  // namespace casewire::scenarios
