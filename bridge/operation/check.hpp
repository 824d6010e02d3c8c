#pragma once
// The preflight: is everything that the bridge needs of both vendors there? `casewire-bridge check`.

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// `{"checks": [{"check", "verdict", "found", "do"}]}` with the verdicts ok, wrong, unknown (nothing has told yet) and look (no API tells).
/// Asks both vendors, and writes nothing there. May throw StoreFailure.
Json check_json(const Insight& insight);

}  // namespace casewire::bridge
