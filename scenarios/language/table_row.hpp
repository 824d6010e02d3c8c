#pragma once
// One row of a data table: `| a | b \| c |`. In a cell `\|` is a bar, `\n` a line feed and `\\` a backslash.

#include "scenarios/language/gherkin.hpp"
#include "scenarios/language/lines.hpp"

namespace casewire::scenarios::gherkin {

Row read_row(const Line& line, Mistakes& mistakes);

}  // namespace casewire::scenarios::gherkin
