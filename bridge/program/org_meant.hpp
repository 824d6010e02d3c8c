#pragma once
// Which org a command of the operator's is about.

#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

/// nullptr: which one is meant is not said, or there is none of that name; standard error says so. `name` may be empty where there is one org.
const Config* org_meant(const Configuration& configuration, const std::string& name, const std::string& command);
/// The same for a command that works on the org's memory: nullptr also when the settings do not say where that is.
const Config* org_with_place(const Configuration& configuration, const std::string& name, const std::string& command);

}  // namespace casewire::bridge
