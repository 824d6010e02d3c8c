#pragma once
// What the AI and the people in the Inbox do has no API; at a lone fake OpenCX these routes stand in for it, under /_casewire.

#include "base/http/router.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::scenarios {

/// POST with a JSON object; `session` (id or ticket number) names the session, the one in which a contact wrote last without it. 409
/// says why a deed cannot be done. `platform` outlives the router.
void add_side_doors(http::Router& router, sim::opencx::Platform& platform);

}  // namespace casewire::scenarios
