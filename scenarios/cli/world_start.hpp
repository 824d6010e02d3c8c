#pragma once
// When every world begins, in both rings.

#include "base/text/time.hpp"

namespace casewire::scenarios {

/// Monday, 09:00 UTC.
inline const WallTime kWorldStart = *parse_iso8601("2026-01-05T09:00:00.000Z");

}  // namespace casewire::scenarios
