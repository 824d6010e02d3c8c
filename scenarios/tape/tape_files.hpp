#pragma once
// A tape on disk: the HAR file, and beside it the bodies that nobody reads in one piece, in the folder `NAME.bodies`, each named by its
// digest. For its owner alone from the first byte on.

#include <cstddef>
#include <functional>
#include <string>

#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// `file`: its path. What stands in its folder of bodies and is not of this tape goes.
bool save_tape(const std::string& file, const Tape& tape, std::size_t dropped = 0);

inline constexpr std::size_t kHarBytesMax = 128u << 20;
/// For people; empty: it is not. Asked before a file is read, for it may be larger than the memory.
std::string too_large(const std::string& file);

/// Each of a tidied tape (base/recording/tape_file.hpp) alone, for the whole may be larger than the memory. False: it cannot be read.
bool for_each_exchange(const std::string& file, const std::function<void(Exchange)>& what);

/// What stands beside that file. Names that leave its folder are not there.
BesideTape beside_tape(const std::string& file);

}  // namespace casewire::scenarios
