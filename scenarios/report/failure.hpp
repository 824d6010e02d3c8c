#pragma once
// Why a scenario is not green, as the block of text that the console and JUnit show: where, expected, found, the first
// wrong entry with its causes, broken invariants, further complaints, and the command that plays it again. Editors jump
// to its first line.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

/// The first step that is not green; nullptr when the steps are fine and something else is wrong.
const StepResult* first_bad_step(const ScenarioResult& scenario);
/// "rule: name": two rules of a feature may have a scenario of one name.
std::string name_with_rule(const ScenarioResult& scenario);
/// What its check wanted and what there was, as texts that may span lines; where it departed from a recording with both requests.
std::string expected_of(const StepResult& step);
std::string found_of(const StepResult& step);
/// One line: what is wrong.
std::string failure_headline(const ScenarioResult& scenario);
/// The whole block; ends with a line feed. Empty for a passed scenario.
std::string failure_text(const ScenarioResult& scenario);

}  // namespace casewire::scenarios::report
