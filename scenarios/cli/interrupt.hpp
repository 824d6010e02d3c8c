#pragma once
// Ctrl-C during a run: what was played is reported, what was not is not.

namespace casewire::scenarios {

/// From now on the first SIGINT or SIGTERM only makes interrupted() true; the second one ends the program as ever.
void keep_interrupts();
bool interrupted();

}  // namespace casewire::scenarios
