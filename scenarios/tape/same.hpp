#pragma once
// Whether two tapes tell the same, though each was made in a run of its own: under other ids, tokens and times, and with another order
// of what happened at once. For recordings that are made again and again: only news is to be seen in their diff.

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// What changes something comes as often and is answered likewise. Reads may come more or less often and see more or less, but their answers have
/// the same members.
bool tell_the_same(const Tape& one, const Tape& other);

}  // namespace casewire::scenarios
