#include "scenarios/cli/places.hpp"

#include <filesystem>
#include <initializer_list>
#include <system_error>

#include "scenarios/runner/child_process.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

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

std::string fixtures_above(const std::string& path) {
  std::error_code error;
  for (fs::path at = fs::absolute(path, error); !error && at != at.parent_path(); at = at.parent_path()) {
    if (fs::is_directory(at / "fixtures", error)) return (at / "fixtures").lexically_normal().string();
    error.clear();
  }
  return {};
}

std::string default_suite() {
  return first_existing({fs::path("scenarios/suite"), program_folder() / "../share/casewire/suite"});
}

std::string default_fixtures() {
  if (std::string near = fixtures_above("."); !near.empty()) return near;
  return built_in_fixtures();
}

std::string built_in_fixtures() {
  const fs::path folder = program_folder();
  const std::string orgs = first_existing({folder / "../share/casewire/fixtures/orgs", folder / "../../../../fixtures/orgs"});
  return orgs.empty() ? orgs : fs::path(orgs).parent_path().string();
}

std::string built_bridge() {
  // Installed side by side, or in the rooms of one build folder.
  return first_existing({program_folder() / "casewire-bridge", program_folder() / "../../bridge/casewire-bridge"});
}

std::vector<std::string> words_from_folder(const std::string& command_line, const std::string& folder) {
  std::vector<std::string> words = command_words(command_line);
  // Without a slash it is looked up in PATH.
  if (words.empty() || words.front().find('/') == std::string::npos) return words;
  words.front() = (fs::path(folder) / words.front()).string();
  return words;
}

}  // namespace casewire::scenarios
