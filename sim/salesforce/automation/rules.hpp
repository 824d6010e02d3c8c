#pragma once
// The org's callout rules: which committed changes tell the subscriber, and how a transaction's changes come together. Stands for
// the triggers and the queueable of fixtures/orgs/*/sfdx: one job for each transaction and event, one notice in it for each Case.
// The package hands over to a further job before the limits of 100 callouts and 120 s, which nobody outside can see.

#include <vector>

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// Adds to `jobs`, which holds the transaction's jobs so far. `entry`: the journal entry of the change.
void queue_callouts(const std::vector<CalloutRule>& rules, const Change& change, std::uint64_t entry,
                    std::vector<CalloutJob>& jobs);

}  // namespace casewire::sim::salesforce
