#pragma once
// A whole tape without its secrets: what is known to be one at its end was one at its beginning (base/recording/pseudonyms.hpp).

#include <functional>
#include <vector>

#include "base/recording/har_entry.hpp"
#include "base/recording/pseudonyms.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

using recording::is_pseudonym;
using recording::recorded_origin;
using recording::replaced;

std::vector<Exchange> masked(std::vector<Exchange> exchanges);

/// Goes through a tape that is not in memory.
using EachExchange = std::function<Result<void>(const std::function<void(Exchange)>&)>;
/// All that it knows at its end. Goes through it twice.
Result<void> learn_all(recording::Pseudonyms& pseudonyms, const EachExchange& each);

}  // namespace casewire::scenarios
