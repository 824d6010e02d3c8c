#pragma once
// The org's callout rules: which committed changes tell the subscriber, and how a transaction's changes come together. Stands for
// the triggers and the queueable of fixtures/orgs/*/sfdx. One job per transaction, Case and event (COUNT per transaction below the
// platform's limit of 50 queueables: a collection of 200 rows on more than 50 Cases would fail in a real org).

#include <vector>

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// Adds to `jobs`, which holds the transaction's jobs so far. `entry`: the journal entry of the change.
void queue_callouts(const std::vector<CalloutRule>& rules, const Change& change, std::uint64_t entry,
                    std::vector<CalloutJob>& jobs);

}  // namespace casewire::sim::salesforce
