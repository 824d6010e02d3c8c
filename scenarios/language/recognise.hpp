#pragma once
// From the text of a step to the sentence it is.

#include <optional>
#include <vector>

#include "scenarios/language/action.hpp"
#include "scenarios/language/located.hpp"
#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/vocabulary.hpp"

namespace casewire::scenarios {

/// What stands under a sentence: nothing, a doc string, or a table of one column.
struct Below {
  std::optional<Token> doc_string{};
  std::vector<Value> rows{};
};

/// What a kind of value may look at while it is read: the rest of its sentence.
class Reading {
 public:
  Reading(const Vocabulary& vocabulary, const std::vector<Value>& values) : vocabulary_(vocabulary), values_(values) {}
  const Vocabulary& vocabulary() const { return vocabulary_; }
  /// The text of another slot; empty when it is not there.
  std::string text(std::string_view slot) const;

 private:
  const Vocabulary& vocabulary_;
  const std::vector<Value>& values_;
};

/// Nothing when the sentence is unknown; a value that cannot be read gives an action all the same. `mistakes` says why.
std::optional<Action> recognise(const Vocabulary& vocabulary, const Located& sentence, const Below& below, Mistakes& mistakes);

}  // namespace casewire::scenarios
