#pragma once

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// How the bridge is: `casewire-bridge status`. A store that fails is an answer.
Json status_json(const Insight& insight);

}  // namespace casewire::bridge
