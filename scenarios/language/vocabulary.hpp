#pragma once
// The closed list of sentences: one row each, with its form, an example, and the step it stands for.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/language/steps.hpp"

namespace casewire::scenarios {

enum class Group { staging, fault, deed, check };

/// The values of a sentence as a row takes them to build its step. A value that cannot be read becomes a mistake at its place.
class Reading {
 public:
  Reading(const std::vector<Value>& values, const std::vector<std::string>& options, Mistakes& mistakes)
      : values_(values), options_(options), mistakes_(mistakes) {}

  bool has(std::string_view slot) const { return find(slot) != nullptr; }
  bool says(std::string_view option) const;
  std::string text(std::string_view slot) const;
  std::vector<std::string> texts(std::string_view slot) const;
  std::string address() const;
  milliseconds duration() const;
  std::uint32_t count() const;
  std::uint32_t ordinal() const;
  int code() const;
  System system() const;
  std::string operation() const;

 private:
  const Value* find(std::string_view slot) const;
  template <class T>
  T read(std::string_view slot, Result<T, Slip> (*reader)(std::string_view)) const;

  const std::vector<Value>& values_;
  const std::vector<std::string>& options_;
  Mistakes& mistakes_;
};

struct Sentence {
  Group group;
  std::string_view form;
  std::string_view example;
  Action (*build)(const Reading&);
};

const std::vector<Sentence>& vocabulary();

/// A sentence of the vocabulary, recognised.
struct Recognised {
  Group group;
  Action action;
  std::vector<Value> values;
};

/// What stands under a sentence: nothing, a doc string, or a table of one column.
struct Below {
  std::optional<Token> doc_string{};
  std::vector<Value> rows{};
};

/// Nothing when the sentence is unknown or a value cannot be read; `mistakes` then says why.
std::optional<Recognised> recognise(const Located& sentence, const Below& below, Mistakes& mistakes);

/// Says what is wrong with a sentence that no form matches: the word that differs from the nearest one, or the whole.
void explain_unknown(const Located& sentence, const std::vector<Token>& tokens, Mistakes& mistakes);

/// The variants of every row, in the order of the vocabulary.
struct KnownVariant {
  const Sentence* sentence;
  Variant variant;
};
const std::vector<KnownVariant>& known_variants();

}  // namespace casewire::scenarios
