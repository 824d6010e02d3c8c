#include "scenarios/cli/lint_command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

#include "base/runtime/thread_runtime.hpp"
#include "scenarios/cli/complaint.hpp"
#include "scenarios/cli/places.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/lint.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

/// In the order of their names; hidden ones are not looked at.
std::vector<fs::path> files_below(const fs::path& place) {
  std::error_code error;
  std::vector<fs::path> files;
  if (!fs::is_directory(place, error)) return {place};
  for (fs::recursive_directory_iterator at(place, error), end; !error && at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with('.')) {
      if (at->is_directory(error)) at.disable_recursion_pending();
    } else if (at->is_regular_file(error)) {
      files.push_back(at->path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// A folder that holds what fixtures do, or that is called so and is not empty.
bool holds_fixtures(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder / "orgs", error)) return true;
  return folder.filename() == "fixtures" && fs::is_directory(folder / "recordings", error);
}

/// The folder itself, or those below it.
void find_fixtures(const fs::path& place, std::set<std::string>& found) {
  std::error_code error;
  if (!fs::is_directory(place, error)) return;
  const fs::path folder = (place / "").lexically_normal().parent_path();
  if (holds_fixtures(folder)) {
    found.insert(folder.string());
    return;
  }
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_directory(error) && !at->path().filename().string().starts_with('.')) find_fixtures(at->path(), found);
  }
}

/// Of several the one that a file stands nearest to; empty: there is none.
std::string fixtures_of(const std::string& file, const std::set<std::string>& all) {
  std::string nearest;
  std::ptrdiff_t most = -1;
  for (const std::string& one : all) {
    const auto common = std::mismatch(one.begin(), one.end(), file.begin(), file.end()).first - one.begin();
    if (common > most) nearest = one;
    most = std::max(most, common);
  }
  return nearest;
}

}  // namespace

int lint_files(const LintOptions& options) {
  std::error_code error;
  std::vector<std::string> places = options.paths;
  if (places.empty()) {
    if (const std::string suite = default_suite(); !suite.empty()) places.push_back(suite);
    if (const std::string fixtures = default_fixtures(); !fixtures.empty()) places.push_back(fixtures);
  }
  if (places.empty()) return complain("lint", "there is nothing to look at; name files or folders");
  std::set<std::string> files, all_fixtures;
  std::string features;
  for (const std::string& place : places) {
    if (!fs::exists(place, error)) return complain("lint", "there is no " + place);
    find_fixtures(place, all_fixtures);
    for (const fs::path& file : files_below(place)) files.insert(file.lexically_normal().string());
  }

  std::string policy_file = options.policy_file;
  for (const std::string& fixtures : all_fixtures) {
    const fs::path beside = fs::path(fixtures) / "lint.json";
    if (policy_file.empty() && fs::exists(beside, error)) policy_file = beside.string();
  }
  LintPolicy policy;
  if (!policy_file.empty()) {
    const auto text = whole_file(policy_file);
    if (!text) return complain("lint", "cannot read " + policy_file);
    auto read = read_lint_policy(*text, policy_file);
    if (!read) {
      std::cerr << render(read.error(), *text);
      return 2;
    }
    policy = *std::move(read);
  }

  std::size_t found = 0, looked_at = 0;
  const auto show = [&](const std::vector<Diagnostic>& diagnostics) {
    // Without the line itself: it may hold what should not be shown.
    for (const Diagnostic& diagnostic : diagnostics) std::cout << render(diagnostic);
    found += diagnostics.size();
  };
  const WallTime today = ThreadRuntime().now();
  for (const std::string& file : files) {
    const bool is_recording = file.ends_with(".har");
    const auto text = is_recording ? std::nullopt : whole_file(file);
    if (!is_recording && !text) return complain("lint", "cannot read " + file);
    if (file.ends_with(".feature")) features += *text + "\n";
    if (text) {
      const LintedBytes linted = lint_bytes(*text, file, policy, today);
      show(linted.found);
      const bool is_named = std::any_of(options.paths.begin(), options.paths.end(), [&](const std::string& path) {
        return fs::path(path).lexically_normal() == fs::path(file);
      });
      for (const std::string& unread : linted.unread) std::cout << unread << ": not looked at, for it is no text\n";
      // Who names a file wants to know of it.
      if (is_named) found += linted.unread.size();
      if (!linted.unread.empty() && linted.unread.front() == file) continue;
    }
    ++looked_at;
    if (file.ends_with(".feature")) show(lint_feature(*text, file, fixtures_of(file, all_fixtures)));
    const auto open = [&]() -> std::unique_ptr<std::istream> {
      auto in = std::make_unique<std::ifstream>(file, std::ios::binary);
      return in->is_open() ? std::move(in) : nullptr;
    };
    if (is_recording) show(lint_recording(open, file, policy, today));
  }
  // Fixtures are unused only if all that may name them was read.
  for (const std::string& fixtures : all_fixtures) {
    if (!features.empty()) show(lint_fixtures(fixtures, features, policy));
  }
  std::cout << (found == 0 ? "nothing found in " : std::to_string(found) + " found in ") << looked_at << " files\n";
  return found == 0 ? 0 : 1;
}

}  // namespace casewire::scenarios
