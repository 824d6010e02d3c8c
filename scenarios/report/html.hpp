#pragma once
// One self-contained page for a whole run: overview with filters, scenarios by feature, their steps, and for each a
// sequence diagram whose arrows open what was really said. No network, no framework; works from file://, in light and
// dark, by keyboard and on paper. Style and script: scenarios/report/page.css and page.js, built in. Bounded: about 600
// rows a diagram and 16 KiB of a body, in a large run 1 KiB where the scenario passed; what is left out is said.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// UTF-8. All text of the run is escaped, whatever it says.
std::string html(const RunResult& result);

}  // namespace casewire::scenarios
