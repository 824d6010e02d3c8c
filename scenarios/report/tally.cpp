#include "scenarios/report/tally.hpp"

namespace casewire::scenarios::report {

Tally tally(const RunResult& result) {
  Tally count;
  for (const ScenarioResult& scenario : result.scenarios) {
    switch (scenario.verdict) {
      case Verdict::passed: ++count.passed; break;
      case Verdict::not_exercised: ++count.skipped; break;
      case Verdict::pending: ++count.pending; break;
      case Verdict::failed:
      case Verdict::unknown: ++count.failed; break;
    }
  }
  return count;
}

std::string tally_line(const Tally& tally) {
  std::string line = std::to_string(tally.passed) + " passed, " + std::to_string(tally.failed) + " failed";
  if (tally.skipped != 0) line += ", " + std::to_string(tally.skipped) + " skipped";
  if (tally.pending != 0) line += ", " + std::to_string(tally.pending) + " pending";
  return line;
}

}  // namespace casewire::scenarios::report
