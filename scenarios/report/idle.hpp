#pragma once
// Finds what a reader should not have to read: the same sweeps over and over while time passes and nothing is new.

#include <cstddef>
#include <string>
#include <vector>

#include "sim/world/journal.hpp"

namespace casewire::scenarios::report {

/// Entries [first, last] (indices) repeat what the `rounds` rounds before them showed once already.
struct IdleRun {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t rounds = 0;  ///< how many repetitions are in it
  std::string what;        ///< "session list, query": the calls of one round
};

/// A round is a skip or a pause of virtual time and the healthy calls of the bridge that follow it, in any order and however
/// often each. Runs
/// of at least three equal rounds, or of equal cycles of up to kCycleMax rounds, keep the first one visible. Never
/// contains an entry that `keep` names.
std::vector<IdleRun> idle_runs(const std::vector<sim::Entry>& journal, const std::vector<std::uint64_t>& keep);

}  // namespace casewire::scenarios::report
