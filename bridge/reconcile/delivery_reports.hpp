#pragma once
// What a mail server sent back is told on the Case of the customer whom it did not reach (F52).

#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {

/// Of a session that a mail server opened: a note on the newest open Case of each contact of ours whom a report names. The session is not
/// linked: no reply may go to a mail server.
Stopped tell_of_undelivered(const SessionRun& run);

}  // namespace casewire::bridge
