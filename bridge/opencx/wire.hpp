#pragma once
// OpenCX's JSON into the bridge's values. Tolerant: what is absent stays empty.

#include "base/text/json.hpp"
#include "bridge/opencx/session.hpp"

namespace casewire::bridge::opencx {

Session session_from(const Json& json);
HistoryItem history_item_from(const Json& json);
HandoffEvent handoff_event_from(const Json& json);
Json request_of(const AgentMessage& message);

}  // namespace casewire::bridge::opencx
