#pragma once
// A HAR as it is written to be reviewed, piece by piece: members by their names, one in a line, the entries one after the other. Joined the pieces
// are what sorted_text() would write of the whole.

#include <string>

#include "base/text/json.hpp"

namespace casewire::recording {

/// Up to the first entry. `log` is without its entries and version; no member of it stands behind "entries".
std::string har_head(const Json& log);
/// With what stands between it and the one before it.
std::string har_piece(const Json& entry, bool is_first);
std::string har_foot(bool is_empty);

}  // namespace casewire::recording
