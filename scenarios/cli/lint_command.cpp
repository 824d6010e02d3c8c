#include "scenarios/cli/lint_command.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <set>

#include "base/runtime/thread_runtime.hpp"
#include "base/text/utf8.hpp"
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

}  // namespace

int lint_files(const LintOptions& options) {
  std::error_code error;
  std::vector<std::string> places = options.paths;
  if (places.empty()) {
    if (const std::string suite = default_suite(); !suite.empty()) places.push_back(suite);
    if (const std::string fixtures = default_fixtures(); !fixtures.empty()) places.push_back(fixtures);
  }
  if (places.empty()) return complain("lint", "there is nothing to look at; name files or folders");
  std::set<std::string> files;
  std::string fixtures, features;
  for (const std::string& place : places) {
    if (!fs::exists(place, error)) return complain("lint", "there is no " + place);
    if (fs::is_directory(fs::path(place) / "orgs", error)) fixtures = fs::path(place).lexically_normal().string();
    for (const fs::path& file : files_below(place)) files.insert(file.lexically_normal().string());
  }

  std::string policy_file = options.policy_file;
  if (policy_file.empty() && !fixtures.empty() && fs::exists(fs::path(fixtures) / "lint.json", error)) {
    policy_file = (fs::path(fixtures) / "lint.json").string();
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
    if (text && !is_valid_utf8(*text)) continue;  // pictures and the like
    ++looked_at;
    if (text) show(lint_text(*text, file, policy));
    if (file.ends_with(".feature")) show(lint_feature(*text, file, fixtures));
    const auto open = [&]() -> std::unique_ptr<std::istream> {
      auto in = std::make_unique<std::ifstream>(file, std::ios::binary);
      return in->is_open() ? std::move(in) : nullptr;
    };
    if (is_recording) show(lint_recording(open, file, policy, today));
  }
  // Fixtures are unused only if all that may name them was read.
  if (!fixtures.empty() && !features.empty()) show(lint_fixtures(fixtures, features, policy));
  std::cout << (found == 0 ? "nothing found in " : std::to_string(found) + " found in ") << looked_at << " files\n";
  return found == 0 ? 0 : 1;
}

}  // namespace casewire::scenarios
