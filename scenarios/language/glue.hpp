#pragma once
// The vocabulary for editors that know Cucumber: step definitions in JavaScript that nothing ever runs. VS Code's Cucumber extension and
// WebStorm complete and check sentences by them. They are more lenient than the language: `casewire check` has the last word.

#include <string>

#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// One file: a parameter type for each kind of value, a definition for each way of saying a sentence.
std::string vocabulary_glue(const Vocabulary& vocabulary);

}  // namespace casewire::scenarios
