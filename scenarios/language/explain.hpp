#pragma once
// What is wrong with a sentence that no form matches.

#include <vector>

#include "scenarios/language/located.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// Whether the text is a sentence, or would be one but for a word.
bool could_be_a_sentence(const Vocabulary& vocabulary, const Located& text);

/// The word that differs from the nearest form, or the whole.
void explain_unknown(const Vocabulary& vocabulary, const Located& sentence, const std::vector<Token>& tokens, Mistakes& mistakes);

}  // namespace casewire::scenarios
