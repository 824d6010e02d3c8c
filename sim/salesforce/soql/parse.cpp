#include <algorithm>
#include <type_traits>

#include "base/text/ascii.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/salesforce/soql/asker.hpp"
#include "sim/salesforce/soql/bounds.hpp"
#include "sim/salesforce/soql/complaint.hpp"
#include "sim/salesforce/soql/grammar.hpp"
#include "sim/salesforce/soql/soql.hpp"
#include "sim/salesforce/soql/tree_builder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

namespace g = grammar;
namespace p = tao::pegtl;

struct ParseState {
  std::vector<FlatNode> nodes;
  std::size_t farthest = 0;  ///< where a token was tried
};

/// Collects the nodes, and takes back those of a rule that fails.
template <class Rule>
struct Control : p::normal<Rule> {
  template <p::apply_mode A, p::rewind_mode M, template <class...> class Action, template <class...> class ControlOf, class Input>
  [[nodiscard]] static bool match(Input& in, ParseState& state) {
    const std::size_t begin = in.byte();
    const std::size_t mark = state.nodes.size();
    if constexpr (std::is_base_of_v<g::token, Rule>) state.farthest = std::max(state.farthest, begin);
    if constexpr (requires { Rule::node; }) state.nodes.push_back({.kind = Rule::node, .begin = begin});
    const bool matched = p::normal<Rule>::template match<A, M, Action, ControlOf>(in, state);
    if (!matched) {
      state.nodes.erase(state.nodes.begin() + static_cast<std::ptrdiff_t>(mark), state.nodes.end());
    } else if constexpr (requires { Rule::node; }) {
      state.nodes[mark].end = in.byte();
      state.nodes[mark].extent = state.nodes.size() - mark;
    }
    return matched;
  }
};

/// The deepest nesting of parentheses outside quoted text.
std::size_t parentheses_depth(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') {
      ++i;
    } else if (c == '\'') {
      quoted = !quoted;
    } else if (!quoted && c == '(') {
      deepest = std::max(deepest, ++depth);
    } else if (!quoted && c == ')' && depth > 0) {
      --depth;
    }
  }
  return deepest;
}

/// A quoted text that begins at `offset` and never ends.
bool is_open_quote(std::string_view text, std::size_t offset) {
  if (text[offset] != '\'') return false;
  for (std::size_t i = offset + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '\'') {
      return false;
    }
  }
  return true;
}

/// The first colon from `offset` on that belongs to neither a quoted text, nor a time of day behind a date, nor a literal such as
/// LAST_N_DAYS:3. The vendor's lexer takes such a colon for a variable of Apex, whatever else is wrong with the query.
std::optional<std::size_t> bind_variable(std::string_view text, std::size_t offset) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '\'') {
      quoted = !quoted;
    } else if (!quoted && text[i] == ':' && i >= offset) {
      std::size_t word = i;
      while (word > 0 && (is_digit(text[word - 1]) || is_letter(text[word - 1]) || text[word - 1] == '_' ||
                          text[word - 1] == '-' || text[word - 1] == ':' || text[word - 1] == '.' || text[word - 1] == '+'))
        --word;
      const auto before = text.substr(word, i - word);
      const bool time_of_day = before.find('T') != std::string_view::npos && !before.empty() && is_digit(before.front());
      const bool date_literal = before.find('_') != std::string_view::npos && i + 1 < text.size() && is_digit(text[i + 1]);
      if (!time_of_day && !date_literal) return i;
    }
  }
  return std::nullopt;
}

/// A date with a time, then a blank where the sign of its zone should be: the blank's offset. A "+" that nobody encoded comes so.
std::optional<std::size_t> blank_for_plus(std::string_view text, std::size_t offset) {
  if (offset >= text.size() || !is_digit(text[offset])) return std::nullopt;
  std::size_t blank = offset;
  while (blank > 0 && text[blank - 1] == ' ') --blank;
  std::size_t start = blank;
  while (start > 0 && (is_digit(text[start - 1]) || std::string_view{"-:.T"}.find(text[start - 1]) != std::string_view::npos))
    --start;
  const auto literal = text.substr(start, blank - start);
  constexpr std::size_t kShortest = std::string_view{"2023-01-01T12:00:00"}.size();
  if (blank == offset || literal.size() < kShortest || literal.find('T') == std::string_view::npos) return std::nullopt;
  return blank;
}

Error syntax_error(std::string_view text, std::size_t offset) {
  if (const auto blank = blank_for_plus(text, offset))
    return unreadable_character(text, *blank, "MALFORMED_QUERY", "no viable alternative at character ' '");
  if (offset < text.size() && text[offset] == '"')
    return unreadable_character(text, offset, "MALFORMED_QUERY", "no viable alternative at character '\"'");
  if (const auto colon = bind_variable(text, offset))
    return complaint_at(text, *colon, "MALFORMED_QUERY", "Bind variables only allowed in Apex code");
  if (offset >= text.size()) return complaint_at(text, text.size(), "MALFORMED_QUERY", "unexpected token: '<EOF>'");
  // Recalled: the wording of the vendor's parser generator.
  if (is_open_quote(text, offset))
    return unreadable_character(text, text.size(), "MALFORMED_QUERY", "mismatched character '<EOF>' expecting '''");
  return unexpected_token(text, offset);
}

std::optional<Error> out_of_bounds(std::string_view text) {
  if (trimmed(text).empty()) return complaint("MALFORMED_QUERY", "A query string has to be specified");
  if (character_count(text) > kQueryCharactersMax) {
    return complaint("MALFORMED_QUERY", "SOQL statements can not be longer than 100000 characters");
  }
  if (parentheses_depth(text) > kParenthesesMax) {
    return complaint("QUERY_TOO_COMPLICATED",
                     "Query is too complicated: more than " + std::to_string(kParenthesesMax) + " levels of parentheses");
  }
  return std::nullopt;
}

}  // namespace

std::string object_of(const ParsedQuery& query) { return query.tree->from; }

bool asks_for_plain_rows(const ParsedQuery& query) {
  const Query& tree = *query.tree;
  return !tree.count_only && tree.group_by.empty() &&
         std::all_of(tree.select.begin(), tree.select.end(), [](const SelectItem& item) {
           return item.kind == SelectItem::Kind::expression && !is_aggregate(item.expression.function);
         });
}

bool marks_viewed(const ParsedQuery& query) { return query.tree->marks_viewed; }

ParsedQuery asked_by(ParsedQuery query, std::string user_id) {
  if (!query.tree->only_own) return query;
  auto tree = std::make_shared<Query>(*query.tree);
  tree->asker = std::move(user_id);
  return {std::move(tree), std::move(query.text)};
}

Result<ParsedQuery, Error> parse(std::string_view text) {
  if (auto error = out_of_bounds(text)) return fail(std::move(*error));
  p::memory_input<p::tracking_mode::lazy, p::eol::lf_crlf, const char*> input{text.data(), text.data() + text.size(), "soql"};
  ParseState state;
  state.nodes.reserve(64);
  if (!p::parse<g::statement, p::nothing, Control>(input, state)) return fail(syntax_error(text, state.farthest));
  TreeBuilder builder{text};
  auto tree = builder.query(SyntaxNode{state.nodes.data(), text});
  if (builder.error()) return fail(std::move(*builder.error()));
  return ParsedQuery{std::move(tree), std::string{text}};
}

}  // namespace casewire::sim::salesforce::soql
