#pragma once
// Which sentence an author may have meant who used other words: by what its words mean, not by where they stand.

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/tokens.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// What a word stands for: "escalates", "hands" and "transfer" are one concept. Words that only join others stand for nothing, and
/// the result is empty. A word that is in no list is its own concept, without its ending.
std::string concept_of(std::string_view word);

/// The row that shares most with the sentence, or null when none shares enough: then it cannot be said.
const Sentence* nearest_in_meaning(const Vocabulary& vocabulary, const std::vector<Token>& tokens);

}  // namespace casewire::scenarios
