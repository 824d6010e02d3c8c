#pragma once
// Files that may hold what only their owner may read.

#include <string>
#include <string_view>

namespace casewire::recording {

/// Readable by its owner alone from the first byte on; whoever reads `file` meanwhile finds the old one or the new one, whole.
bool write_private(const std::string& file, std::string_view text);

}  // namespace casewire::recording
