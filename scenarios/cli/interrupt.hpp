#pragma once
// Ctrl-C during a run: what was played is reported, what was not is not.

namespace casewire::scenarios {

/// From now on the first two of SIGINT and SIGTERM only make interrupted() true; the third one ends the program as ever.
void keep_interrupts();
bool interrupted();

}  // namespace casewire::scenarios
