#pragma once
// GET /metrics.

#include "bridge/operation/exposition.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// Labels are vendors, results and states: no id, no address, no vendor's words.
void write_metrics(Exposition& out, const Insight& insight);

/// Of an org whose store cannot be opened: there is no more to tell.
void write_not_open(Exposition& out);

/// Of happenings, as they were counted.
void write_counters(Exposition& out, const std::vector<Events::Count>& counts);

}  // namespace casewire::bridge
