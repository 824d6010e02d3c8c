#include <algorithm>
#include <type_traits>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
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

Error syntax_error(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return complaint_at(text, text.size(), "MALFORMED_QUERY", "unexpected token: '<EOF>'");
  if (is_open_quote(text, offset)) {
    const Position end = position_at(text, text.size());
    // The wording of the vendor's parser generator; recalled, without a position block.
    return complaint("MALFORMED_QUERY", "line " + std::to_string(end.line) + ":" + std::to_string(end.column - 1) +
                                            " mismatched character '<EOF>' expecting '''");
  }
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
