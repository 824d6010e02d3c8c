#pragma once
// A storyline as SVG: lifelines of customer, OpenCX, bridge, Salesforce and rep; time runs downwards. Colours come from
// the page's style sheet (scenarios/report/page.css), so that one drawing serves light, dark and paper.

#include <string>

#include "scenarios/report/storyline.hpp"

namespace casewire::scenarios::report {

/// The lifelines' titles, as a drawing of its own: the page keeps it in sight while the diagram scrolls.
std::string diagram_head(const Participants& participants);
/// `id` is unique in the page and begins the ids of rows: `id-e17` is the row that shows journal entry 17 first,
/// `id-s3` is step 3. `start` is the instant that times count from.
std::string diagram_body(const Storyline& story, const std::string& id, WallTime start);

}  // namespace casewire::scenarios::report
