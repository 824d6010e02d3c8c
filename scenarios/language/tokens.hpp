#pragma once
// The words of a sentence, before anyone knows what it says.

#include <string>
#include <vector>

#include "scenarios/language/located.hpp"
#include "scenarios/language/mistakes.hpp"

namespace casewire::scenarios {

/// A word of a sentence. `"Dana's"` is two: the name and the possessive; so is a word with a colon behind it. A table under the
/// sentence is its last token; its rows are values of their own.
struct Token {
  enum class Kind { word, quoted, colon, possessive, table };
  Kind kind = Kind::word;
  std::string text{};  ///< of a quoted one: without quotes, `\"`, `\\`, `\n` and `\t` resolved
  Position at{};
  std::size_t length = 1;  ///< in characters of the file
};

/// Complains of a text without its closing quote and of typographic quotes; then the result is empty.
std::vector<Token> tokens_of(const Located& sentence, Mistakes& mistakes);

/// As an author writes a text: in straight quotes, with escapes. tokens_of reads it back.
std::string in_straight_quotes(std::string_view text);

}  // namespace casewire::scenarios
