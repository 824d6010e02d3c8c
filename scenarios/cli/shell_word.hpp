#pragma once
// Words of commands that are shown to people, who paste them.

#include <string>

namespace casewire::scenarios {

/// As a POSIX shell reads it back.
std::string shell_word(const std::string& word);

}  // namespace casewire::scenarios
