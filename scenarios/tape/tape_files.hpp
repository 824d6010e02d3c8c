#pragma once
// A tape on disk: the HAR file, and beside it the bodies that nobody reads in one piece, in the folder `NAME.bodies`, each named by its
// digest. For its owner alone from the first byte on.

#include <cstddef>
#include <string>

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// `file`: its path. What stands in its folder of bodies and is not of this tape goes.
bool save_tape(const std::string& file, const Tape& tape, std::size_t dropped = 0);

/// What stands beside that file. Names that leave its folder are not there.
BesideTape beside_tape(const std::string& file);

}  // namespace casewire::scenarios
