#pragma once
// The preflight: is everything that the bridge needs of both vendors there? `casewire-bridge check`, and a timer (preflight.hpp).

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// The vendor does not answer at this moment: says nothing of what was asked for.
bool is_silence(const Failure& failure);

/// `[{"check", "verdict", "found", "do"}]` with the verdicts ok, wrong, unknown (nothing has told yet) and look (no API tells).
/// Asks both vendors, and writes nothing there. May throw StoreFailure.
Json check_json(const Insight& insight);

/// Of a person, who wants to know now and may have put right what was wrong: a vendor that rests is asked too, and if it answers the work goes
/// on. May throw StoreFailure.
Json check_by_hand(const Insight& insight);

}  // namespace casewire::bridge
