#pragma once
// A diagram of a hundred thousand rows helps nobody: what is drawn is bounded, and what is missing is said where it is
// missing.

#include <cstddef>
#include <vector>

#include "scenarios/report/storyline.hpp"

namespace casewire::scenarios::report {

/// Keeps the beginning, the end, every step and what surrounds something wrong; each hole becomes a gap row that says
/// how much is missing. Returns how many journal entries were left out.
std::size_t cap_rows(std::vector<Row>& rows, std::size_t rows_max);

}  // namespace casewire::scenarios::report
