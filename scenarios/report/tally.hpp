#pragma once
// How many scenarios ended how, as every report counts them.

#include <cstddef>
#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

struct Tally {
  std::size_t passed = 0;
  std::size_t failed = 0;   ///< failed and unknown: neither may pass for green
  std::size_t skipped = 0;  ///< not exercised
  std::size_t pending = 0;
};

Tally tally(const RunResult& result);
/// "41 passed, 1 failed", and ", 2 skipped", ", 3 pending" when there are any. Programs read this line: its form is fixed.
std::string tally_line(const Tally& tally);

}  // namespace casewire::scenarios::report
