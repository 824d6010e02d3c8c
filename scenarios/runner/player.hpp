#pragma once
// Plays scenarios, each in a private world, several at once.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/scenario.hpp"
#include "scenarios/runner/ring.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct PlayOptions {
  std::function<std::unique_ptr<Ring>()> make_ring;  ///< any thread
  std::uint64_t seed = 1;
  unsigned jobs = 2;                                        ///< scenarios at once
  std::size_t journal_bytes_max = sim::Journal::kBytesMax;  ///< of one scenario; one that needs more cannot be green
  std::string har_folder{};                                 ///< empty: no recordings are written
  /// Where the recording of the one scenario goes that proxies make over sockets; one that tells the same stays as it is.
  std::string record_file{};
  /// Of a scenario that fails, its recording (tape.har) and the bridge's state (state/) go into a folder in here that is named by its
  /// stem; empty: they are dropped.
  std::string artifacts_folder{};
  bool is_our_bridge = true;  ///< a scenario with `@pending` that passes is then a failure: its tag is no longer true
  /// Asked before each scenario, from any thread. Not empty: why the rest is not exercised.
  std::function<std::string()> stop_reason{};
  /// Told of each scenario before it is played, from any thread.
  std::function<void(const ScenarioResult&)> on_begun{};
  /// Told now and then how much time has passed in its world, from any thread.
  std::function<void(const ScenarioResult&, milliseconds)> on_time{};
  /// The command that plays this scenario alone.
  std::function<std::string(const Scenario&)> rerun{};
};

/// The data table or doc string under a step, as the author wrote it.
std::string below(const Step& step);

/// Whether it needs somebody's attention: it failed, or nobody knows.
bool is_worth_keeping(const ScenarioResult& scenario);

/// Results in the order of `scenarios`, each with a file stem of its own. `on_finished` is called from one thread at a time, as
/// they finish. Never throws: what goes wrong in the harness is the verdict `unknown`.
std::vector<ScenarioResult> play_all(const std::vector<Scenario>& scenarios, const Fixtures& fixtures, const PlayOptions& options,
                                     const std::function<void(const ScenarioResult&)>& on_finished);

}  // namespace casewire::scenarios
