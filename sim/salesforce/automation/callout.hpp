#pragma once
// One callout of an asynchronous job: a POST to the Named Credential's URL, 10 s, never repeated.
// Source: Apex Developer Guide, "Callouts" and "Queueable Apex", Summer '26; headers as captured (docs/salesforce.md, "Callouts").

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// Runs the job and journals its outcome (kind "job"). Call it from a task of the runtime, without any lock.
void run_callout(const CalloutJob& job, const std::string& webhook_url, Surroundings surroundings);

}  // namespace casewire::sim::salesforce
