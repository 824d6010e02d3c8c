#pragma once
// The desk's answers as people read them in a terminal. Pure.

#include <string>
#include <vector>

#include "base/text/json.hpp"

namespace casewire::bridge {

/// Ends with a line feed. What it does not know stands there as JSON.
std::string as_text(const std::vector<std::string>& words, const Json& answer);

}  // namespace casewire::bridge
