#pragma once
// casewire.yaml: what a project always says on the command line, said once. Each setting is an option of a command by another name, and
// is judged by that option; what the command line says itself wins. docs/casewire-yaml.md lists the settings.

#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

inline constexpr const char* kProjectFile = "casewire.yaml";

struct ProjectSetting {
  std::string key;     ///< "bridge.command", as the file has it
  std::string option;  ///< "--bridge"; "paths" for what stands without an option
  std::vector<std::string> values;
  Where where;  ///< of the value
};

struct ProjectFile {
  std::string path;    ///< as the user can open it
  std::string folder;  ///< in which its paths, and its bridge, are at home; empty: the working folder
  std::vector<ProjectSetting> settings;
};

/// The nearest casewire.yaml in the working folder or above it, but not above the top of a repository (.git); empty: there is none.
std::string nearest_project_file();

/// Unknown and repeated settings, values of the wrong kind, and settings of a bridge that is not named are errors with their place.
/// Paths come out as the working folder sees them.
Result<ProjectFile> read_project_file(std::string_view text, const std::string& path);

/// Every setting there is: key, the option it stands for, and what it takes. For the documentation's test.
struct ProjectKey {
  std::string key, option, takes;
};
const std::vector<ProjectKey>& project_keys();

}  // namespace casewire::scenarios
