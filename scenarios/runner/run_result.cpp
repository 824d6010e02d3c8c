#include "scenarios/runner/run_result.hpp"

#include <algorithm>

namespace casewire::scenarios {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return "passed";
    case Verdict::failed: return "failed";
    case Verdict::not_exercised: return "not exercised";
    case Verdict::unknown: return "unknown";
    case Verdict::pending: return "pending";
  }
  return "unknown";
}

std::string place_of(const ScenarioResult& scenario) {
  return scenario.where.file + ":" + std::to_string(scenario.where.position.line);
}

std::string environment_line(const RunResult& result) {
  std::string line;
  for (const auto& [name, value] : result.bridge_environment) line += (line.empty() ? "" : " ") + name + "=" + value;
  return line;
}

std::string left_out_line(const std::map<std::string, std::size_t>& left_out) {
  std::string line;
  for (const auto& [tag, count] : left_out) line += (line.empty() ? "" : ", ") + std::to_string(count) + " " + tag;
  return line;
}

std::string pending_reason(const std::vector<std::string>& tags) {
  constexpr std::string_view kBegin = "@pending(";
  for (const std::string& tag : tags) {
    if (!tag.starts_with(kBegin) || !tag.ends_with(')')) continue;
    std::string reason = tag.substr(kBegin.size(), tag.size() - kBegin.size() - 1);
    std::replace(reason.begin(), reason.end(), '-', ' ');
    return reason;
  }
  return {};
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
