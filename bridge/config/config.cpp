#include "bridge/config.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "bridge/config/settings.hpp"

namespace casewire::bridge {

Result<void> read_environment(Config& config, const Environment& environment) {
  for (const auto& setting : all_settings()) {
    if (setting.variable.empty()) continue;
    const auto found = environment.find(setting.variable);
    if (found == environment.end() || found->second.empty()) continue;
    // During a rotation both secrets stand in one variable: "new,old".
    std::vector<std::string> values{found->second};
    if (setting.takes == Takes::several) {
      values.clear();
      for (const auto part : split(found->second, ',')) values.emplace_back(trimmed(part));
    }
    if (const auto expected = setting.set(config, values); !expected.empty()) {
      // Not the value itself: it may be a secret in the wrong variable.
      return fail(Diagnostic{.where = {"environment", {}}, .problem = setting.variable + ": expected " + expected});
    }
  }
  return {};
}

std::vector<std::string> problems_of(const Config& config) {
  std::vector<std::string> problems;
  for (const auto& setting : all_settings()) {
    if (setting.need == Need::required && setting.values(config).empty()) {
      problems.push_back(setting.variable + " is not set (in the file: " + setting.key + ")");
    }
  }
  for (const auto& mine : config.salesforce.webhook_secrets) {
    for (const auto& other : config.opencx.webhook_secrets) {
      if (mine == other) {
        problems.emplace_back("SALESFORCE_WEBHOOK_SECRET and OPENCX_WEBHOOK_SECRET are equal; each sender needs its own");
        return problems;
      }
    }
  }
  return problems;
}

SettingsChanged changed_settings(const Config& before, const Config& after) {
  constexpr std::array<std::string_view, 6> kAtOnce{"salesforce.webhook_secret",
                                                    "opencx.webhook_secret",
                                                    "opencx.require_signature",
                                                    "opencx.api_key",
                                                    "give_up_after",
                                                    "log.level"};
  SettingsChanged changed;
  for (const auto& setting : all_settings()) {
    if (setting.values(before) == setting.values(after)) continue;
    const bool is_live = std::find(kAtOnce.begin(), kAtOnce.end(), setting.key) != kAtOnce.end();
    (is_live ? changed.at_once : changed.at_restart).push_back(setting.key);
  }
  return changed;
}

std::string shown_store(const Config& config) {
  if (config.store.empty()) return "sqlite";
  const auto host = config.store.find("://") + 3;
  const auto end = std::min(config.store.find_first_of("/?", host), config.store.size());
  const auto at = config.store.rfind('@', end);
  const auto colon = config.store.find(':', host);
  if (at == std::string::npos || at < host || colon > at) return config.store;
  return config.store.substr(0, colon) + ":(set)" + config.store.substr(at);
}

std::string without_secrets(const Config& config) {
  std::string yaml;
  std::string section;
  for (const auto& setting : all_settings()) {
    const auto dot = setting.key.find('.');
    const auto in = dot == std::string::npos ? std::string{} : setting.key.substr(0, dot);
    if (in != section && !in.empty()) yaml += in + ":\n";
    section = in;
    const auto values = setting.values(config);
    std::string shown = values.empty() ? "(not set)" : values.front();
    if (setting.shown == Shown::as_secret && !values.empty()) {
      shown = values.size() == 1 ? "(set)" : "(" + std::to_string(values.size()) + " set)";
    }
    if (setting.shown == Shown::without_password) shown = shown_store(config);
    yaml += (in.empty() ? "" : "  ") + setting.key.substr(in.empty() ? 0 : dot + 1) + ": " + shown + "\n";
  }
  return yaml;
}

}  // namespace casewire::bridge
