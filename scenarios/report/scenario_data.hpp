#pragma once
// A scenario as the page's script wants it: its steps, what is wrong, the rows of its diagram, what the windows onto its world showed,
// and the journal entries behind all of them. The script builds what is looked at, when it is looked at (page/*.js).

#include "base/text/json.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

/// Bodies longer than kBodyBytes are cut, and the entry says so in "cut_bytes".
inline constexpr std::size_t kBodyBytes = 16u << 10;
Json scenario_data(const ScenarioResult& scenario);

}  // namespace casewire::scenarios::report
