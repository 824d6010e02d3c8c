#pragma once
// The preflight: is everything that the bridge needs of both vendors there? `casewire-bridge check`, and a timer (preflight.hpp).

#include "base/text/json.hpp"
#include "bridge/operation/insight.hpp"

namespace casewire::bridge {

/// What to do when a vendor cannot be reached at all.
inline constexpr std::string_view kNotReached =
    "on this machine: is the address of the settings right, and does a proxy or firewall let the bridge reach it?";

/// The vendor does not answer at this moment: says nothing of what was asked for.
bool is_silence(const Failure& failure);

/// `[{"check", "verdict", "found", "do"}]` with the verdicts ok, wrong, unknown (nothing has told yet) and look (no API tells).
/// Asks both vendors, and writes nothing there. May throw StoreFailure.
Json check_json(const Insight& insight);

}  // namespace casewire::bridge
