#include "bridge/program/org_meant.hpp"

#include <iostream>

namespace casewire::bridge {

const Config* org_meant(const Configuration& configuration, const std::string& name, const std::string& command) {
  std::string names;
  for (const auto& config : configuration.orgs) {
    if (config.org == name) return &config;
    names += (names.empty() ? "" : ", ") + config.org;
  }
  if (!configuration.has_names()) {
    std::cerr << "error: the settings are of one org, and it has no name: leave \"" << name << "\" out\n";
  } else if (name.empty()) {
    std::cerr << "error: which org is meant is not said: casewire-bridge " << command << " ORG. The orgs are: " << names << "\n";
  } else {
    std::cerr << "error: there is no org \"" << name << "\". The orgs are: " << names << "\n";
  }
  return nullptr;
}

const Config* org_with_place(const Configuration& configuration, const std::string& name, const std::string& command) {
  const auto* config = org_meant(configuration, name, command);
  if (config != nullptr && config->state_dir.empty()) {
    std::cerr << render({.where = {"state_dir", {}}, .problem = "is not set (CASEWIRE_STATE_DIR)"});
    return nullptr;
  }
  return config;
}

}  // namespace casewire::bridge
