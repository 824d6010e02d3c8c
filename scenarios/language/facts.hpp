#pragma once
// What is said when a sentence comes at a time when it can mean nothing.

#include <string>

#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/sentence.hpp"

namespace casewire::scenarios {

/// A sentence needs the fact and it is not there. `whom`: about whom it would be, may be empty.
Slip missing(Fact fact, const std::string& whom);
/// A sentence cannot be said any more since the fact is there.
Slip there_already(Fact fact, const std::string& whom);

}  // namespace casewire::scenarios
