#pragma once
// What a bridge is called among those that share a store.

#include <string>

#include "base/text/result.hpp"
#include "base/text/rng.hpp"

namespace casewire::bridge {

/// Kept in `bridge.id` of the state directory, and made when there is none: a bridge that starts again takes back the leases of that name. So two
/// bridges must not have a copy of one directory.
Result<std::string> bridge_name(const std::string& state_dir, Rng& rng);

}  // namespace casewire::bridge
