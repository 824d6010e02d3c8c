#pragma once
// The kinds of value a sentence may hold, each an object that knows how it is written, what a good one is, whether a scenario may
// speak of it at this place, and what could stand there instead. `{count}` in a form is a slot of the kind `count`;
// `{other:customer}` is a slot named `other` of the kind `customer`.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language/mistakes.hpp"
#include "scenarios/language/tokens.hpp"

namespace casewire::scenarios {

class Cast;
class Reading;
struct Value;

struct ValueKind {
  enum class Digits { never, may, must };  ///< whether its first word begins with a digit: tells `2 days` from a name

  std::string_view name;
  std::string_view description;  ///< `a duration such as "2 seconds" or "3 days"`, for messages
  Token::Kind written = Token::Kind::word;
  int words_min = 1, words_max = 1;
  Digits digits = Digits::never;
  /// What is wrong with the text by itself, or by what else the sentence says. Null: any text will do.
  std::optional<Slip> (*read)(std::string_view text, const Reading& reading) = nullptr;
  /// What is wrong with it after all that the scenario has said so far. `introduces`: this sentence is where the value gets its
  /// meaning; the cast then knows it.
  std::optional<Slip> (*hear)(Cast& cast, const Value& value, bool introduces) = nullptr;
  /// What an author could write here; empty when that is without end.
  std::vector<std::string> (*completions)(const Cast& cast) = nullptr;
};

/// Aborts on an unknown name: forms are our own text.
const ValueKind& value_kind_named(std::string_view name);

}  // namespace casewire::scenarios
