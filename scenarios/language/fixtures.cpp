#include "scenarios/language/fixtures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "base/text/strings.hpp"
#include "scenarios/language/mistakes.hpp"

namespace casewire::scenarios {

namespace {

/// `a.pdf` and `org/org.json` stay in their folder; `../a`, `/a` and `a/../../b` do not.
bool stays_inside(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos ||
      name.find('\\') != std::string_view::npos) {
    return false;
  }
  const auto parts = split(name, '/');
  return std::none_of(parts.begin(), parts.end(),
                      [](std::string_view part) { return part.empty() || part == "." || part == ".."; });
}

}  // namespace

Fixtures::Fixtures(std::string own, const std::string& built_in) : roots_{std::move(own)} {
  std::error_code error;
  if (!built_in.empty() && !std::filesystem::equivalent(roots_.front(), built_in, error)) roots_.push_back(built_in);
}

Result<std::string, std::string> Fixtures::read(std::string_view folder, std::string_view name) const {
  const auto found = file(folder, name);
  if (!found) return found;
  std::ifstream in(*found, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<std::string, std::string> Fixtures::file(std::string_view folder, std::string_view name) const {
  if (!stays_inside(name)) {
    return fail(in_quotes(name) + " is no name of a fixture");
  }
  std::error_code error;
  std::string found = path(folder, name);
  if (!std::filesystem::is_regular_file(found, error) || !std::ifstream(found, std::ios::binary).is_open()) {
    const std::string near = nearest(name, names(folder));
    std::string problem = "there is no " + std::string(folder) + "/" + std::string(name);
    if (roots_.size() > 1) problem += " in " + roots_.front() + " nor in " + roots_.back();
    return fail(problem + (near.empty() ? "" : ", " + did_you_mean(near)));
  }
  return found;
}

std::string Fixtures::path(std::string_view folder, std::string_view name) const {
  std::error_code error;
  for (const std::string& root : roots_) {
    const std::filesystem::path path = std::filesystem::path(root) / folder / name;
    if (std::filesystem::exists(path, error)) return path.string();
  }
  return (std::filesystem::path(roots_.front()) / folder / name).string();
}

std::vector<std::string> Fixtures::names(std::string_view folder) const {
  std::set<std::string> all;
  for (const std::string& root : roots_) {
    std::error_code error;
    for (std::filesystem::directory_iterator entry(std::filesystem::path(root) / folder, error), end; !error && entry != end;
         entry.increment(error)) {
      std::string name = entry->path().filename().string();
      if (!name.starts_with('.')) {
        all.insert(std::move(name));
      }
    }
  }
  return {all.begin(), all.end()};
}

}  // namespace casewire::scenarios
