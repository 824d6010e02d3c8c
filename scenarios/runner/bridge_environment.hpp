#pragma once
// What a bridge under test finds in its environment (docs/bridge.md, "Starting a bridge"): the settings that name its world, what
// the caller gives it by `--bridge-env`, and of the harness's own environment whatever is not meant for a bridge. So a developer's
// real OPENCX_API_KEY, or a tuned CASEWIRE_SWEEP_EVERY, changes no verdict.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"

namespace casewire::scenarios {

struct Credentials;
struct Urls;

using EnvironmentVariables = std::map<std::string, std::string>;  ///< name -> value

/// The world, as a bridge is told it. `listen`: host:port.
EnvironmentVariables bridge_settings(const Urls& urls, const std::string& listen, const std::string& state_dir,
                                     const Credentials& credentials);

/// Whether a bridge would take the variable for a setting: such ones of the caller's do not reach it by themselves.
bool is_meant_for_a_bridge(std::string_view name);

/// Reads NAME=VALUE texts. The error says which one cannot be given, and why: what names the world is Casewire's to say.
Result<EnvironmentVariables, std::string> read_bridge_environment(const std::vector<std::string>& texts);

}  // namespace casewire::scenarios
