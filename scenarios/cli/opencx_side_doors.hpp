#pragma once
// What customers, the AI and the people in the Inbox do at a lone fake OpenCX, which has no API there.

#include <functional>
#include <vector>

#include "scenarios/cli/lone_fake.hpp"
#include "sim/mail/exchange.hpp"
#include "sim/opencx/platform.hpp"

namespace casewire::scenarios {

/// `session` (id or ticket number) names the session, the one in which a contact wrote last without it. `platform` and `exchange` outlive
/// the deeds; `now` dates the mails of customers.
std::vector<LoneDeed> opencx_deeds(sim::opencx::Platform& platform, sim::mail::Exchange& exchange, std::string support_address,
                                   std::function<WallTime()> now);

/// Its sessions with their histories.
Json opencx_state(const sim::opencx::Platform& platform);

}  // namespace casewire::scenarios
