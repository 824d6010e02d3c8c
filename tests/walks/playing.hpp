#pragma once
// Plays stories in the simulated ring with our own bridge, judged by the invariants and by what each says at its end.

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::walks {

struct Story {
  std::string name;   ///< one line; tells it from all others
  std::string steps;  ///< Gherkin, one step to a line
};

struct Ended {
  std::string why_not_green;  ///< empty: it is
  bool has_unfired_fault = false;
};

/// One result for each story, in their order. A fault that never found its occasion is no reason against a story. What is not green is
/// told with the whole scenario, so that it can be played alone.
std::vector<Ended> play(const std::vector<Story>& stories, std::uint64_t seed);

/// "3rd"
std::string ordinal(int number);

}  // namespace casewire::walks
