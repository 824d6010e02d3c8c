#pragma once
// The settings of our own bridge as scenarios change them: by their keys, and as the file that it reads.

#include <string>
#include <string_view>

#include "base/text/result.hpp"
#include "scenarios/runner/bridge_environment.hpp"

namespace casewire::scenarios {

/// The variable of a setting that a script may choose: none that names the world, a place or a secret. The error says what was expected
/// instead of the key, or of the value.
Result<std::string, std::string> setting_of_a_script(std::string_view key, const std::string& value);

/// As YAML, those of `by_variable` that are settings of the bridge.
std::string settings_file(const EnvironmentVariables& by_variable);

}  // namespace casewire::scenarios
