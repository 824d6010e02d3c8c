#include "scenarios/language/fixtures.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
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

Result<std::string, std::string> Fixtures::read(std::string_view folder, std::string_view name) const {
  if (!stays_inside(name)) {
    return fail(in_quotes(name) + " is no name of a fixture");
  }
  const std::filesystem::path path = std::filesystem::path(root_) / folder / name;
  std::error_code error;
  std::ifstream file;
  if (std::filesystem::is_regular_file(path, error)) {
    file.open(path, std::ios::binary);
  }
  if (!file.is_open()) {
    const std::string near = nearest(name, names(folder));
    return fail("there is no " + std::string(folder) + "/" + std::string(name) + (near.empty() ? "" : ", " + did_you_mean(near)));
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> Fixtures::names(std::string_view folder) const {
  std::vector<std::string> all;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(std::filesystem::path(root_) / folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string name = entry->path().filename().string();
    if (!name.starts_with('.')) {
      all.push_back(std::move(name));
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace casewire::scenarios
