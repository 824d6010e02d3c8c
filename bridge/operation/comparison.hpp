#pragma once
// `reconcile`: a slice of the comparison of both sides, as the operator's program asks for one after the other (program/reconcile.hpp).

#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// `since`: an instant, ISO 8601. `at`: empty, or what the slice before gave as `next`. Answers `compared`, `differences`, `under_way`, `opencx_calls`
/// and `next`; or `failed` with `retry_after_ms` when a vendor does not answer at this moment. The error: what no repetition mends.
Result<Json, std::string> comparison_json(const Insight& insight, const std::string& since, const std::string& at);

}  // namespace casewire::bridge
