#pragma once
// The callouts of an asynchronous job: POSTs to the Named Credential's URL one after another, 10 s each, never repeated.
// Source: Apex Developer Guide, "Callouts" and "Queueable Apex", Summer '26; headers as captured (docs/salesforce.md, "Modelled").

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// Runs the job and journals the outcome of each notice (kind "job"). Call it from a task of the runtime, without any lock.
void run_job(const CalloutJob& job, const std::string& webhook_url, Surroundings surroundings);

}  // namespace casewire::sim::salesforce
