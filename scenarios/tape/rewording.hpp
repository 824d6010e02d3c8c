#pragma once
// The same question in other words. Bridges differ, and one bridge's versions too, in which columns they ask for and how they put a condition;
// what they say, they say by writes. So of a read, alone or as a part of a composite, these differences change nothing about what was
// recorded: fewer fields or columns than the answer has; another name for a part; another condition on the same object that speaks of
// the same people and values, where the recorded answer holds no row. Anything else is another question, which the tape cannot answer.

#include "scenarios/tape/difference.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios {

/// Whether `difference`, found between the recorded request and `made`, is one of those.
bool is_in_other_words(const Difference& difference, const Exchange& recorded, const http::Request& made);

/// The recorded answer as the caller expects it: parts under the names it gave them.
void answer_by_its_names(http::Response& response, const http::Request& made);

}  // namespace casewire::scenarios
