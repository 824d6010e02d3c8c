// Recordings: can they be read, are they whole, are they old?

#include <algorithm>
#include <cstdlib>

#include "base/text/json.hpp"
#include "scenarios/lint.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {
namespace {

/// 66 of `/services/data/v66.0/query`; 0: it names none.
int api_version_of(std::string_view target) {
  constexpr std::string_view kData = "/services/data/v";
  const auto at = target.find(kData);
  return at == std::string_view::npos ? 0 : std::atoi(std::string(target.substr(at + kData.size(), 4)).c_str());
}

}  // namespace

std::vector<Diagnostic> lint_recording(std::string_view har, std::string_view file, const LintPolicy& policy, WallTime today) {
  const auto tape = read_har(har, file, beside_tape(std::string(file)));
  if (!tape) return {tape.error()};
  std::vector<Diagnostic> found;
  const auto complain = [&](std::string problem, std::string hint) {
    found.push_back({.where = {std::string(file), {}}, .problem = std::move(problem), .hint = std::move(hint)});
  };
  WallTime newest{};
  int version = 0;
  std::size_t number = 0;
  for (const Exchange& exchange : tape->exchanges) {
    ++number;
    newest = std::max(newest, exchange.started);
    const int named = api_version_of(exchange.request.target);
    if (named != 0 && (version == 0 || named < version)) version = named;
    const bool says_so = exchange.request.headers.find("content-type").has_value();
    const bool takes_body =
        exchange.request.method == "POST" || exchange.request.method == "PATCH" || exchange.request.method == "PUT";
    if (takes_body && says_so && exchange.request.body.empty()) {
      complain("entry " + std::to_string(number) + ": this " + exchange.request.method + " says what its body is and has none",
               "without it every request to that place looks alike; record again with bodies");
    }
  }
  if (tape->exchanges.empty()) complain("the recording is empty", "");
  if (policy.days_max && !tape->exchanges.empty()) {
    const auto days = std::chrono::duration_cast<std::chrono::days>(today - newest).count();
    if (days > *policy.days_max) {
      complain("the recording is " + std::to_string(days) + " days old", "record again, or raise days_max in the policy file");
    }
  }
  if (version != 0 && version < policy.api_version_min) {
    complain("the recording speaks v" + std::to_string(version) + ".0 of the API of Salesforce",
             "record again, or lower api_version_min in the policy file");
  }
  return found;
}

}  // namespace casewire::scenarios
