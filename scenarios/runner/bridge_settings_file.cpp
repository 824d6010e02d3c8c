#include "scenarios/runner/bridge_settings_file.hpp"

#include <algorithm>

#include "base/text/json.hpp"
#include "base/text/strings.hpp"
#include "bridge/config/settings.hpp"

namespace casewire::scenarios {
namespace {

bool may_be_chosen(const bridge::Setting& setting) {
  return setting.need == bridge::Need::optional && setting.shown == bridge::Shown::openly && !bridge::is_of_the_process(setting);
}

std::string yaml_of(const bridge::Setting& setting, const std::string& value) {
  if (setting.takes == bridge::Takes::one) return dump_json(Json(value));
  Json values = Json::array();
  for (const auto one : split(value, ',')) values.push_back(std::string(trimmed(one)));
  return dump_json(values);
}

}  // namespace

Result<std::string, std::string> setting_of_a_script(std::string_view key, const std::string& value) {
  std::string known;
  for (const auto& setting : bridge::all_settings()) {
    if (!may_be_chosen(setting)) continue;
    known += (known.empty() ? "" : ", ") + setting.key;
    if (setting.key != key) continue;
    bridge::Config tried;
    if (const auto expected = setting.set(tried, {value}); !expected.empty()) return fail(expected);
    return setting.variable;
  }
  return fail("one of the settings " + known);
}

std::string settings_file(const EnvironmentVariables& by_variable) {
  std::string yaml, section;
  for (const auto& setting : bridge::all_settings()) {
    const auto found = by_variable.find(setting.variable);
    if (found == by_variable.end()) continue;
    const auto dot = setting.key.find('.');
    const auto in = dot == std::string::npos ? std::string() : setting.key.substr(0, dot);
    if (in != section && !in.empty()) yaml += in + ":\n";
    section = in;
    yaml += (in.empty() ? setting.key : "  " + setting.key.substr(dot + 1)) + ": " + yaml_of(setting, found->second) + "\n";
  }
  return yaml;
}

}  // namespace casewire::scenarios
