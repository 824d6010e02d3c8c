#pragma once
// Ctrl-C during a run: what was played is reported, what was not is not.

namespace casewire::scenarios {

/// From now on the first two of SIGINT and SIGTERM only make interrupted() true, for one wish may come as two; what comes then ends the
/// program as ever.
void keep_interrupts();
bool interrupted();
/// What was asked so far was one wish: the next signal ends the program.
void end_on_next_interrupt();

}  // namespace casewire::scenarios
