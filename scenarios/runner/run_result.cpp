#include "scenarios/runner/run_result.hpp"

#include <algorithm>

namespace casewire::scenarios {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::not_exercised: return "not exercised";
    case Verdict::unknown: return "unknown";
  }
  return "unknown";
}

std::string environment_line(const RunResult& result) {
  std::string line;
  for (const auto& [name, value] : result.bridge_environment) line += (line.empty() ? "" : " ") + name + "=" + value;
  return line;
}

int exit_code(const RunResult& result) {
  const auto any = [&](Verdict verdict) {
    return std::any_of(result.scenarios.begin(), result.scenarios.end(),
                       [&](const ScenarioResult& scenario) { return scenario.verdict == verdict; });
  };
  if (any(Verdict::unknown)) return 3;
  if (any(Verdict::failed)) return 1;
  if (any(Verdict::not_exercised) || !any(Verdict::passed)) return 4;
  return 0;
}

}  // namespace casewire::scenarios
