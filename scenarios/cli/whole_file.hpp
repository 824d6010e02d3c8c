#pragma once
// A file as a command reads it: whole.

#include <optional>
#include <string>

namespace casewire::scenarios {

/// Its bytes; nullopt when it cannot be read.
std::optional<std::string> whole_file(const std::string& file);

}  // namespace casewire::scenarios
