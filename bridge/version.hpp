#pragma once

#include <string_view>

namespace casewire::bridge {

/// "0.1.0"
std::string_view version();

}  // namespace casewire::bridge
