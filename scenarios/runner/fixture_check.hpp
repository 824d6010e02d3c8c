#pragma once
// Fixtures that can be found and cannot be used: a damaged org file, a recording that is no HAR, a mail that somebody else
// wrote. They are the input's fault and not the harness's, so they are read before anything runs.

#include <string>
#include <vector>

#include "scenarios/language/fixtures.hpp"
#include "scenarios/language/scenario.hpp"

namespace casewire::scenarios {

/// What is wrong with the orgs, recordings and mails that the scenarios name, each fixture once; complete text for standard
/// error, empty when nothing is.
std::string fixture_problems(const std::vector<Scenario>& scenarios, const Fixtures& fixtures);

}  // namespace casewire::scenarios
