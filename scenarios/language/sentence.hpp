#pragma once
// Sentences and the forms they may have. A form is written as the documentation shows it:
//
//   {rep} replies on case {case} [with the file {file} [and the file {file}]...]: {text}
//   {customer} has {count} comment|comments
//   case {case} has the comments: {texts}
//
// `[...]` may be left out, `[...]...` repeated (up to four times), `a|b` is either word, `{kind}` a value (values.hpp), `{texts}` a table.

#include <string>
#include <string_view>
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

/// What one token of a form accepts.
struct Element {
  Token::Kind kind = Token::Kind::word;
  std::vector<std::string> words{};  ///< literal; empty for a slot
  std::string slot{};                ///< the value's kind; `duration` and `operation` may take several elements
  bool begins_slot = true;
  bool accepts(const Token& token) const;
  /// For messages: `"case"`, `a name`, `a text in quotes`.
  std::string description() const;
};

/// A form with every choice made: as many tokens as elements, one to one.
struct Variant {
  std::vector<Element> elements{};
  std::vector<std::string> options{};  ///< the bracketed parts that are present, as written, without what is nested in them
};

std::vector<Variant> variants_of(std::string_view form);

/// A value of a sentence: `slot` says what it means.
struct Value {
  std::string slot{};
  std::string text{};
  Position at{};
  std::size_t length = 1;
};

bool matches(const Variant& variant, const std::vector<Token>& tokens);
/// Of tokens that match; a table's rows are not among them.
std::vector<Value> values_of(const Variant& variant, const std::vector<Token>& tokens);

}  // namespace casewire::scenarios
