#pragma once
// What the bridge and the two systems have asked of each other, read from the journal.

#include <cstddef>
#include <string>

#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

/// "Salesforce" -> "salesforce", as the journal calls it.
std::string actor_named(const std::string& system);
/// Calls of the bridge to `system` (empty: to both) that were one of `operation` (empty: any), whatever came of them. A composite
/// counts once for each of its parts.
std::size_t calls_of_the_bridge(Stage& stage, const std::string& system, const std::string& operation);
/// Webhooks from `system` that reached the bridge.
std::size_t webhooks_from(Stage& stage, const std::string& system);
/// What the last of them said; empty: none came.
std::string last_webhook_from(Stage& stage, const std::string& system);
/// Of those the ones that it answered with a refusal (4xx): it neither believed nor kept them.
std::size_t webhooks_refused(Stage& stage, const std::string& system);

}  // namespace casewire::scenarios
