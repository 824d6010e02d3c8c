#include "scenarios/cli/project_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "scenarios/cli/project_file.hpp"
#include "scenarios/cli/whole_file.hpp"

namespace casewire::scenarios {
namespace {

bool is_given(const CLI::App& command, const std::string& option) {
  const CLI::Option* known = command.get_option_no_throw(option);
  return known != nullptr && known->count() != 0;
}

/// Which option of this command a setting stands for; null when it has none.
CLI::Option* option_of(CLI::App& command, const ProjectSetting& setting) {
  CLI::Option* option = command.get_option_no_throw(setting.option);
  // A command that looks at files, and not at fixtures as such, looks at theirs too.
  if (option == nullptr && setting.key == "fixtures") option = command.get_option_no_throw("paths");
  return option;
}

/// Of variables those that the command line does not set.
std::vector<std::string> not_said(const ProjectSetting& setting, const std::vector<std::string>& said) {
  std::vector<std::string> values;
  std::copy_if(setting.values.begin(), setting.values.end(), std::back_inserter(values), [&](const std::string& value) {
    const std::string name = value.substr(0, value.find('=') + 1);
    return std::none_of(said.begin(), said.end(), [&](const std::string& one) { return one.starts_with(name); });
  });
  return values;
}

Result<void, std::string> set(CLI::Option& option, const ProjectSetting& setting, std::string_view text) {
  std::vector<std::string> all = option.results();
  const bool adds = setting.option == "--bridge-env" || option.get_positional();
  std::vector<std::string> values = setting.option == "--bridge-env" ? not_said(setting, all) : setting.values;
  if (adds) values.insert(values.begin(), all.begin(), all.end());
  try {
    option.clear();
    for (const std::string& value : values) option.add_result(value);
    if (!values.empty()) option.run_callback();
  } catch (const CLI::Error& error) {
    // "--jobs: Value 0 not in range 1 to 256"; the name in the file is another.
    const std::string said = error.what();
    const auto colon = said.find(": ");
    return fail(render(
        {.where = setting.where, .problem = setting.key + ": " + (colon == std::string::npos ? said : said.substr(colon + 2))},
        text));
  }
  return {};
}

}  // namespace

void add_project_options(CLI::App& command, ProjectUse& use) {
  auto* config = command
                     .add_option("--config", use.named_file,
                                 "Settings for what this command line leaves out (default: casewire.yaml here or above)")
                     ->option_text("FILE");
  command.add_flag("--no-config", use.is_unwanted, "Without such a file")->excludes(config)->option_text(" ");
}

Result<void, std::string> take_project_settings(CLI::App& command, ProjectUse& use) {
  if (use.is_unwanted) return {};
  const std::string path = use.named_file.empty() ? nearest_project_file() : use.named_file;
  if (path.empty()) return {};
  const auto text = whole_file(path);
  if (!text) return fail("casewire: cannot read " + path + "\n");
  const auto file = read_project_file(*text, path);
  if (!file) return fail(render(file.error(), *text));
  std::set<const CLI::Option*> said;  // by the command line
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() != 0) said.insert(option);
  }
  // A bridge of the command line, or none, is not treated as the file's.
  const bool has_other_bridge = is_given(command, "--bridge") || is_given(command, "--simulated");
  for (const ProjectSetting& setting : file->settings) {
    if (has_other_bridge && setting.key.starts_with("bridge.")) continue;
    CLI::Option* option = option_of(command, setting);
    if (option == nullptr || (said.contains(option) && setting.option != "--bridge-env")) continue;
    if (auto done = set(*option, setting, *text); !done) return done;
    // Variables of both are said again by whoever repeats the command.
    if (!said.contains(option)) use.options.insert(setting.option);
  }
  if (use.options.contains("--bridge")) use.bridge_folder = file->folder;
  if (!use.options.empty()) use.file = path;
  return {};
}

}  // namespace casewire::scenarios
