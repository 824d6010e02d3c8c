#pragma once
// How far back the ledger remembers for sure. What was done is forgotten when it is as old as the setting `ledger_kept`; so whatever is older than
// that is past: nobody can tell any more whether it was done, and it is not done.

#include "bridge/config.hpp"

namespace casewire::bridge {

/// What is younger stands in the ledger, if it was done. The epoch when nothing is ever forgotten.
WallTime ledger_reach(const Config& config, WallTime now);

/// What is older may be forgotten; nullopt: nothing is.
std::optional<WallTime> forgotten_before(const Config& config, WallTime now);

}  // namespace casewire::bridge
