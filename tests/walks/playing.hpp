#pragma once
// Plays stories in the simulated ring with our own bridge, judged by the invariants and by what each says at its end.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/runner/run_result.hpp"
#include "scenarios/runner/simulated_ring.hpp"

namespace casewire::walks {

struct Story {
  std::string name;          ///< one line; tells it from all others
  std::string steps;         ///< Gherkin, one step to a line
  scenarios::Fleet fleet{};  ///< who is between the customer and the reps: one bridge, if nothing is said
};

/// What happened in a world.
struct Happened {
  std::size_t conversations = 0;
  std::size_t messages = 0;  ///< of customers
  std::size_t replies = 0;   ///< of people in Salesforce, as OpenCX shows them
  std::size_t kills = 0;     ///< of the bridge: by the script, or by a fault at a call, a commit or a timer
  std::size_t hindered = 0;  ///< of several bridges: one stood still or was cut off from the store, or that was down
  std::size_t faults = 0;    ///< that struck; such kills are among them
  std::size_t calls = 0;     ///< of the bridge
  std::size_t violations = 0;
  Happened& operator+=(const Happened& other);
};

struct Ended {
  std::string why_not_green;  ///< empty: it is
  bool has_unfired_fault = false;
  Happened happened{};
};

/// One result for each story, in their order. A fault that never found its occasion is no reason against a story. What is not green is
/// told with the whole scenario, so that it can be played alone.
std::vector<Ended> play(const std::vector<Story>& stories, std::uint64_t seed);

/// "3rd"
std::string ordinal(int number);

}  // namespace casewire::walks
