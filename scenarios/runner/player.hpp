#pragma once
// Plays scenarios, each in a private world, several at once.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/ring.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct PlayOptions {
  std::function<std::unique_ptr<Ring>()> make_ring;  ///< any thread
  std::uint64_t seed = 1;
  unsigned jobs = 2;           ///< scenarios at once
  std::string har_folder{};    ///< empty: no recordings are written
  std::string rerun_prefix{};  ///< "casewire run --seed 41": what a failure's rerun line begins with
};

/// Never throws: what goes wrong in the harness is the verdict `unknown`.
ScenarioResult play(const Scenario& scenario, const Fixtures& fixtures, const PlayOptions& options);

/// Results in the order of `scenarios`. `on_finished` is called from one thread at a time, as they finish.
std::vector<ScenarioResult> play_all(const std::vector<Scenario>& scenarios, const Fixtures& fixtures, const PlayOptions& options,
                                     const std::function<void(const ScenarioResult&)>& on_finished);

}  // namespace casewire::scenarios
