#pragma once
// Languages whose white space says nothing, as the words that do: two texts mean the same when their tokens are equal.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::scenarios {

struct Lexeme {
  std::string text;     ///< as it is compared
  bool quoted = false;  ///< its letters' case counts; `text` is what the quotes hold, unescaped
  std::string place{};  ///< of XML: the names of the elements around it, each behind a slash
};

/// SOQL and SOSL: keywords and names in lower case (they are told apart by letters alone), literals as they are. Sources: SOQL and
/// SOSL Reference, "Quoted String Escape Sequences".
std::vector<Lexeme> soql_lexemes(std::string_view query);
bool is_query(std::string_view text);
/// Members and parameters in which a vendor takes one, or what else is asked for.
bool takes_query(std::string_view name);

/// Elements, attributes in the order of their names, and texts without the white space between elements. Comments, declarations
/// and processing instructions say nothing. Nullopt: no XML.
std::optional<std::vector<Lexeme>> xml_lexemes(std::string_view document);

}  // namespace casewire::scenarios
