#pragma once
// Conversations that were looked at and left to the AI. A Case may open for their contact a while after she was promised a person, because
// a vendor was down: what she wrote meanwhile in another conversation is the Case's too (F72), and nothing else would ever tell of it again.

#include <vector>

#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {

/// The mark that remembers the run's session, for as long as versions are remembered; empty name: nobody knows whose it is.
/// May throw StoreFailure.
Mark left_to_the_ai(const SessionRun& run);
/// Hints for the other sessions of the run's contact that were left and have changed since her matter was people's.
std::vector<Hint> left_meanwhile(const SessionRun& run);

}  // namespace casewire::bridge
