#include "scenarios/cli/selection.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

struct Asked {
  fs::path path;
  std::optional<std::size_t> line;
};

/// "a.feature:12" asks for one scenario; a path that exists as it stands is taken as it stands.
Asked asked_for(const std::string& argument) {
  std::error_code ignored;
  const auto colon = argument.rfind(':');
  if (colon == std::string::npos || fs::exists(argument, ignored)) return {argument, std::nullopt};
  std::size_t line = 0;
  const char* begin = argument.data() + colon + 1;
  const char* end = argument.data() + argument.size();
  const auto [stop, error] = std::from_chars(begin, end, line);
  if (error != std::errc{} || stop != end || line == 0) return {argument, std::nullopt};
  return {argument.substr(0, colon), line};
}

std::vector<fs::path> feature_files(const fs::path& path) {
  std::vector<fs::path> files;
  std::error_code error;
  if (!fs::is_directory(path, error)) return {path};
  for (auto it = fs::recursive_directory_iterator(path, error); !error && it != fs::recursive_directory_iterator();
       it.increment(error)) {
    if (it->is_regular_file() && it->path().extension() == ".feature") files.push_back(it->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// The nearest folder "fixtures" at or above the path.
std::string fixtures_above(const fs::path& path) {
  std::error_code error;
  for (fs::path at = fs::absolute(path, error); !error && at != at.parent_path(); at = at.parent_path()) {
    if (fs::is_directory(at / "fixtures", error)) return (at / "fixtures").lexically_normal().string();
    error.clear();
  }
  return {};
}

std::optional<std::string> file_content(const fs::path& file) {
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, error)) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

bool wanted(const Scenario& scenario, const std::vector<std::string>& tags) {
  return std::all_of(tags.begin(), tags.end(), [&](const std::string& tag) {
    const bool excluded = tag.starts_with("~");
    const std::string name = (tag.find('@') == std::string::npos ? "@" : "") + tag.substr(excluded ? 1 : 0);
    const bool has = std::find(scenario.tags.begin(), scenario.tags.end(), name) != scenario.tags.end();
    return has != excluded;
  });
}

/// The scenario that a line belongs to: the last one that begins at or before it.
void keep_line(std::vector<Scenario>& scenarios, std::size_t line) {
  std::optional<std::size_t> begins;
  for (const Scenario& scenario : scenarios) {
    if (scenario.where.position.line <= line) begins = scenario.where.position.line;
  }
  std::erase_if(scenarios, [&](const Scenario& scenario) { return !begins || scenario.where.position.line != *begins; });
}

fs::path program_folder() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path{} : self.parent_path();
}

std::string first_existing(std::initializer_list<fs::path> candidates) {
  std::error_code ignored;
  for (const fs::path& candidate : candidates) {
    if (fs::exists(candidate, ignored)) return candidate.lexically_normal().string();
  }
  return {};
}

}  // namespace

std::string default_suite() {
  return first_existing({fs::path("scenarios/suite"), program_folder() / "../share/casewire/suite"});
}

std::string default_fixtures() {
  if (std::string near = fixtures_above("."); !near.empty()) return near;
  return first_existing({program_folder() / "../share/casewire/fixtures"});
}

std::string built_bridge() {
  // Installed side by side, or in the rooms of one build folder.
  return first_existing({program_folder() / "casewire-bridge", program_folder() / "../../bridge/casewire-bridge"});
}

Selection select_scenarios(const RunOptions& options) {
  Selection selection;
  std::vector<std::string> paths = options.paths;
  if (paths.empty()) {
    if (const std::string suite = default_suite(); !suite.empty()) paths.push_back(suite);
  }
  if (paths.empty()) {
    selection.problems = "casewire: there is no scenarios/suite here; name the feature files to play\n";
    return selection;
  }
  std::string root = options.fixtures;
  if (root.empty()) root = fixtures_above(asked_for(paths.front()).path);
  if (root.empty()) root = default_fixtures();
  std::error_code ignored;
  if (root.empty() || !fs::is_directory(root, ignored)) {
    selection.problems = root.empty()
                             ? "casewire: there is no folder fixtures here or above the scenarios; name it with --fixtures\n"
                             : "casewire: there is no folder " + root + "\n";
    return selection;
  }
  selection.fixtures = Fixtures(root);

  std::set<std::pair<std::string, std::size_t>> seen;
  for (const std::string& argument : paths) {
    const Asked asked = asked_for(argument);
    for (const fs::path& file : feature_files(asked.path)) {
      const auto text = file_content(file);
      if (!text) {
        selection.problems += "casewire: cannot read " + file.string() + "\n";
        continue;
      }
      auto feature = read_feature(file.string(), *text, selection.fixtures);
      if (!feature) {
        for (const Diagnostic& problem : feature.error()) selection.problems += render(problem, *text) + "\n";
        continue;
      }
      if (asked.line) keep_line(feature->scenarios, *asked.line);
      for (Scenario& scenario : feature->scenarios) {
        // A scenario that two arguments ask for is played once.
        const std::string key = file.string() + "#" + scenario.name;
        if (wanted(scenario, options.tags) && seen.emplace(key, scenario.where.position.line).second) {
          selection.scenarios.push_back(std::move(scenario));
        }
      }
    }
  }
  return selection;
}

}  // namespace casewire::scenarios
