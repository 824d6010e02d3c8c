#pragma once
// GET /metrics.

#include <string>

#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// All of it in the text format of Prometheus. Labels are vendors, results and states: no id, no address, no vendor's words.
std::string metrics_text(const Insight& insight);

}  // namespace casewire::bridge
