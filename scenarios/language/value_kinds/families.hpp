#pragma once
// The families that value_kind.cpp puts together.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/value_kind.hpp"

namespace casewire::scenarios {

std::vector<ValueKind> kinds_of_fixtures();  ///< what lies in the fixtures folder, and what an org file calls its own
std::vector<ValueKind> kinds_of_names();     ///< people, cases, addresses
std::vector<ValueKind> kinds_of_numbers();   ///< durations, counts, statuses
std::vector<ValueKind> kinds_of_systems();   ///< the two vendors and what they do
std::vector<ValueKind> kinds_of_texts();     ///< what is said

/// `expected a text in quotes, found "..."`
Slip expected_kind(std::string_view kind, std::string_view found, std::string hint = {});

bool contains(const std::vector<std::string>& all, std::string_view one);

}  // namespace casewire::scenarios
