#pragma once
// A server that runs until somebody presses Ctrl-C.

namespace casewire::scenarios {

/// Blocks SIGINT and SIGTERM for the calling thread and all that it starts later. Call first.
void block_stop_signals();
/// Returns when one of them arrives.
void wait_for_stop_signal();

}  // namespace casewire::scenarios
