#pragma once
// A whole tape without its secrets: what is known to be one at its end was one at its beginning (base/recording/pseudonyms.hpp).

#include <vector>

#include "base/recording/har_entry.hpp"
#include "base/recording/pseudonyms.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

using recording::is_pseudonym;
using recording::recorded_origin;
using recording::replaced;

std::vector<Exchange> masked(std::vector<Exchange> exchanges);

}  // namespace casewire::scenarios
