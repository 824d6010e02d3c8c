#pragma once
// The blocklist's operations. Source: docs.open.cx api-reference/blocklist.

#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

http::Response perform_on_blocklist(Desk& desk, const Call& call);

}  // namespace casewire::sim::opencx
