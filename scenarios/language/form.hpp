#pragma once
// The forms a sentence may have. A form is written as the documentation shows it:
//
//   {rep} replies on case {case} [with the file {file} [and the file {file}]...]: {text}
//   {customer} has {count} comment|comments
//   case {case} has the comments: {texts}
//   {rep} merges case {case} into case {master:case}
//
// `[...]` may be left out, `[...]...` repeated (up to four times), `a|b` is either word (for one, for many), `{slot}` a value
// (value_kind.hpp).

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/tokens.hpp"
#include "scenarios/language/value_kind.hpp"

namespace casewire::scenarios {

/// What one token of a form accepts.
struct Element {
  Token::Kind kind = Token::Kind::word;
  std::vector<std::string> words{};  ///< literal; empty for a slot
  std::string slot{};
  const ValueKind* value_kind = nullptr;  ///< of a slot, which may take several elements
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

/// A value of a sentence: `slot` says what it means there.
struct Value {
  std::string slot{};
  const ValueKind* kind = nullptr;
  std::string text{};
  Position at{};
  std::size_t length = 1;
  std::string written{};  ///< as the author wrote it, where that is shorter (long_text.hpp); empty: as `text`
};

bool matches(const Variant& variant, const std::vector<Token>& tokens);
/// Of tokens that match; a table's rows are not among them.
std::vector<Value> values_of(const Variant& variant, const std::vector<Token>& tokens);

}  // namespace casewire::scenarios
