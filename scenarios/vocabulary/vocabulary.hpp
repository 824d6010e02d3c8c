#pragma once
// The sentences of Casewire. Each is one row in one file of families/: a sentence is added there and nowhere else.

#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

const Vocabulary& casewire_vocabulary();

}  // namespace casewire::scenarios
