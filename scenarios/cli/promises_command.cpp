#include <iostream>
#include <thread>

#include "base/text/counted.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/selection.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/cli/world_start.hpp"
#include "scenarios/report/promises.hpp"
#include "scenarios/report/run_json.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/simulated_ring.hpp"

namespace casewire::scenarios {
namespace {

/// What a run has left, or what comes of the suite in the simulated ring. The error is complete text for standard error.
Result<RunResult, std::string> run_to_show(const PromisesOptions& options) {
  if (!options.from.empty()) {
    const auto text = whole_file(options.from);
    if (!text) return fail("casewire: cannot read " + options.from + "\n");
    auto run = read_run_json(*text, options.from);
    if (!run) return fail(render(run.error()) + "\n");
    return std::move(*run);
  }
  const Selection selection = select_scenarios(options.run);
  if (!selection.problems.empty()) return fail(selection.problems);
  PlayOptions play;
  play.jobs = std::max(1u, std::thread::hardware_concurrency());
  play.make_ring = [&] { return make_simulated_ring(kWorldStart, play.seed); };
  RunResult result;
  result.scenarios = play_all(selection.scenarios, selection.fixtures, play, [](const ScenarioResult&) {});
  return result;
}

}  // namespace

int show_promises(const PromisesOptions& options) {
  const auto result = run_to_show(options);
  if (!result) {
    std::cerr << result.error();
    return 2;
  }
  const Matrix matrix = matrix_of(*result);
  std::cout << matrix.text;
  for (const std::string& hole : matrix.holes) std::cout << "hole: " << hole << "\n";
  std::cout << promises().size() << " promises and " << failure_modes().size() << " failure modes, "
            << counted(matrix.holes.size(), "hole") << "\n";
  const int of_the_run = exit_code(*result);
  return of_the_run == 0 && !matrix.holes.empty() ? 1 : of_the_run;
}

}  // namespace casewire::scenarios
