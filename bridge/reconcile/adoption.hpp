#pragma once
// The first step of a session's run that decides anything: see cases/adoption.hpp.

#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {

/// What a run asks the org for, by what links and ledger know.
CaseQuestion question_of(const SessionRun& run);

/// Takes what bears the bridge's marks into links and ledger, commits it, and looks anew at what is missing.
Stopped adopt(SessionRun& run, CaseReading& reading);

}  // namespace casewire::bridge
