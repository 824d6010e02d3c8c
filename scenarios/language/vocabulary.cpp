#include "scenarios/language/vocabulary.hpp"

#include <algorithm>

namespace casewire::scenarios {

Vocabulary::Vocabulary(std::vector<Family> families, Operations operations, std::vector<std::string> refusals)
    : families_(std::move(families)), operations_(std::move(operations)), refusals_(std::move(refusals)) {
  for (Family& family : families_) {
    for (Sentence& sentence : family.sentences) {
      sentence.group = family.group;
      sentence.window = family.window;
      for (Variant& variant : variants_of(sentence.form)) {
        variants_.push_back({&sentence, std::move(variant)});
      }
    }
  }
}

const Vocabulary::Known* Vocabulary::variant_for(const std::vector<Token>& tokens) const {
  const auto found =
      std::find_if(variants_.begin(), variants_.end(), [&](const Known& each) { return matches(each.variant, tokens); });
  return found == variants_.end() ? nullptr : &*found;
}

}  // namespace casewire::scenarios
