#include "scenarios/cli/selection.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <system_error>

#include "scenarios/cli/places.hpp"
#include "scenarios/cli/tag_expression.hpp"
#include "scenarios/language/feature.hpp"
#include "scenarios/language/fixes.hpp"
#include "scenarios/language/gherkin.hpp"
#include "scenarios/runner/fixture_check.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

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
  if (error != std::errc{} || stop != end) return {argument, std::nullopt};
  return {argument.substr(0, colon), line};
}

/// The file itself, or the feature files below a folder. A folder that cannot be read is an error: what lies in it would be missed.
Result<std::vector<fs::path>, std::string> feature_files(const Asked& asked) {
  std::error_code error;
  if (!fs::exists(asked.path, error)) return fail("there is no file or folder " + asked.path.string());
  if (!fs::is_directory(asked.path, error)) return std::vector{asked.path};
  if (asked.line) return fail(asked.path.string() + " is a folder; a line is that of a file");
  std::vector<fs::path> files;
  auto at = fs::recursive_directory_iterator(asked.path, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code ignored;  // a link that leads nowhere is no file: editors lock with such
    if (at->path().extension() == ".feature" && at->is_regular_file(ignored)) files.push_back(at->path());
  }
  if (error) return fail("cannot read the folder " + asked.path.string() + ": " + error.message());
  if (files.empty()) return fail("no file below " + asked.path.string() + " is named *.feature");
  std::sort(files.begin(), files.end());
  return files;
}

/// Not more than shows that a file is too large, whatever it is: an endless device is a path too.
Result<std::string, std::string> file_content(const fs::path& file) {
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  std::string text(gherkin::kFileBytesMax + 1, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(text.size())) && !in.eof()) {
    return fail("cannot read " + file.string() + ": " + std::generic_category().message(errno));
  }
  text.resize(static_cast<std::size_t>(in.gcount()));
  return text;
}

bool wanted(const Scenario& scenario, const std::vector<TagExpression>& expressions) {
  return std::all_of(expressions.begin(), expressions.end(),
                     [&](const TagExpression& expression) { return expression.matches(scenario.tags); });
}

std::size_t line_count(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

/// The scenarios that a line belongs to: the one whose heading is the last at or before it; of an outline the row in that line,
/// or all rows when the line is none of them.
Result<std::vector<Scenario>, std::string> at_line(std::vector<Scenario> scenarios, std::size_t line, std::size_t lines) {
  if (line == 0 || line > lines)
    return fail("there is no line " + std::to_string(line) + ", the file has " + std::to_string(lines));
  std::size_t heading = 0;
  bool is_row = false;
  for (const Scenario& scenario : scenarios) {
    if (scenario.heading.line <= line) heading = scenario.heading.line;
    is_row = is_row || scenario.where.position.line == line;
  }
  if (heading == 0) {
    return fail("line " + std::to_string(line) + " belongs to no scenario; the first begins in line " +
                std::to_string(scenarios.front().heading.line));
  }
  std::erase_if(scenarios, [&](const Scenario& scenario) {
    return scenario.heading.line != heading || (is_row && scenario.where.position.line != line);
  });
  return scenarios;
}

std::string problem_line(const std::string& problem) { return "casewire: " + problem + "\n"; }

Result<std::string, std::string> fixtures_root(const RunOptions& options, const std::string& first_path) {
  std::string root = options.fixtures;
  if (root.empty()) root = fixtures_above(asked_for(first_path).path.string());
  if (root.empty()) root = default_fixtures();
  if (root.empty()) return fail("there is no folder fixtures here or above the scenarios; name it with --fixtures");
  std::error_code ignored;
  if (!fs::is_directory(root, ignored)) return fail("there is no folder " + root);
  return root;
}

/// Those of one file, or of one line of it; what is wrong goes to the selection's problems.
std::vector<Scenario> scenarios_in(const fs::path& file, std::optional<std::size_t> line, Selection& selection) {
  const auto text = file_content(file);
  if (!text) {
    selection.problems += problem_line(text.error());
    return {};
  }
  auto feature = read_feature(file.string(), *text, selection.fixtures, casewire_vocabulary());
  if (!feature) {
    for (const Diagnostic& problem : feature.error()) {
      selection.problems += render(problem, *text) + "\n";
      selection.findings.push_back({problem, false, fix_of(problem, *text)});
    }
    return {};
  }
  for (const Diagnostic& warning : feature->warnings) {
    selection.warnings += render_warning(warning, *text) + "\n";
    selection.findings.push_back({warning, true, std::nullopt});
  }
  if (!line) return std::move(feature->scenarios);
  auto chosen = at_line(std::move(feature->scenarios), *line, line_count(*text));
  if (chosen) return std::move(*chosen);
  selection.problems += problem_line(file.string() + ": " + chosen.error());
  return {};
}

}  // namespace

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
  if (auto root = fixtures_root(options, paths.front())) {
    selection.fixtures = Fixtures(*root, built_in_fixtures());
  } else {
    selection.problems = problem_line(root.error());
    return selection;
  }
  std::vector<TagExpression> tags;
  for (const std::string& text : options.tags) {
    auto expression = TagExpression::parse(text);
    if (expression) {
      tags.push_back(std::move(*expression));
    } else {
      selection.problems += problem_line(expression.error());
    }
  }
  std::set<std::pair<std::string, std::size_t>> seen;
  for (const std::string& argument : paths) {
    const Asked asked = asked_for(argument);
    const auto files = feature_files(asked);
    if (!files) {
      selection.problems += problem_line(files.error());
      continue;
    }
    for (const fs::path& file : *files) {
      for (Scenario& scenario : scenarios_in(file, asked.line, selection)) {
        selection.tags.insert(scenario.tags.begin(), scenario.tags.end());
        // A scenario that two arguments ask for is played once.
        const std::string key = file.lexically_normal().string() + "#" + scenario.name;
        if (wanted(scenario, tags) && seen.emplace(key, scenario.where.position.line).second) {
          selection.scenarios.push_back(std::move(scenario));
        }
      }
    }
  }
  selection.problems += fixture_problems(selection.scenarios, selection.fixtures);
  return selection;
}

}  // namespace casewire::scenarios
