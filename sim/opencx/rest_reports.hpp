#pragma once
// Sessions by filter (docs.open.cx api-reference/chat-sessions/filter) and handoffs as analytics tell them
// (api-reference/handoff-analytics/events). What the filters are called is assumed; what they ask for is on the page.

#include "sim/opencx/rest.hpp"

namespace casewire::sim::opencx {

http::Response filter_sessions(Desk& desk, const Call& call);
http::Response list_handoff_events(Desk& desk, const Call& call);

}  // namespace casewire::sim::opencx
