#pragma once
// The configuration of this process: a file, and the environment that it was started with. What is wrong is said on standard error, and never with
// the text of the file, for it holds secrets.

#include <optional>
#include <string>

#include "bridge/config.hpp"

namespace casewire::bridge {

/// Complete or not. `file`: empty: the environment only.
std::optional<Configuration> read_settings(const std::string& file);
/// Prints every problem at once.
std::optional<Configuration> read_complete_settings(const std::string& file);

}  // namespace casewire::bridge
