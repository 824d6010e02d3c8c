// WHERE and HAVING: conditions, comparisons, literals.

#include "base/text/utf8.hpp"
#include "sim/salesforce/soql/bounds.hpp"
#include "sim/salesforce/soql/literal.hpp"
#include "sim/salesforce/soql/tree_builder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

Operator operator_named(std::string_view symbol) {
  if (symbol == "=") return Operator::equal;
  if (symbol == "!=" || symbol == "<>") return Operator::not_equal;
  if (symbol == "<") return Operator::less;
  if (symbol == "<=") return Operator::less_equal;
  if (symbol == ">") return Operator::greater;
  return Operator::greater_equal;
}

}  // namespace

Condition TreeBuilder::condition(SyntaxNode node) {
  if (node.front().kind() == NodeKind::negation) {
    Condition negation{.kind = Condition::Kind::negation, .offset = node.offset()};
    negation.parts.push_back(term(node.front().front()));
    return negation;
  }
  Condition first = term(node.front());
  for (const SyntaxNode more : node) {
    if (more.kind() == NodeKind::term) continue;
    Condition joined{.kind = more.kind() == NodeKind::conjunction ? Condition::Kind::all : Condition::Kind::any,
                     .offset = node.offset()};
    joined.parts.push_back(std::move(first));
    for (const SyntaxNode part : more) joined.parts.push_back(term(part));
    return joined;
  }
  return first;
}

Condition TreeBuilder::term(SyntaxNode node) {
  const SyntaxNode inner = node.front();
  return inner.kind() == NodeKind::comparison ? comparison(inner) : condition(inner);
}

Condition TreeBuilder::comparison(SyntaxNode node) {
  Condition condition{.offset = node.offset()};
  for (const SyntaxNode child : node) {
    switch (child.kind()) {
      case NodeKind::expression: condition.left = expression(child); break;
      case NodeKind::op_symbol: condition.op = operator_named(child.text()); break;
      case NodeKind::op_like: condition.op = Operator::like; break;
      case NodeKind::op_in: condition.op = Operator::in; break;
      case NodeKind::op_not_in: condition.op = Operator::not_in; break;
      case NodeKind::op_includes: condition.op = Operator::includes; break;
      case NodeKind::op_excludes: condition.op = Operator::excludes; break;
      case NodeKind::query:
        check_inner_clauses(child);
        condition.subquery = query(child);
        break;
      default: condition.values.push_back(literal(child, condition.op)); break;
    }
  }
  return condition;
}

/// A semi-join chooses rows by WHERE alone. Source: SOQL and SOSL Reference, "Comparison Operators"; text as captured for GROUP.
void TreeBuilder::check_inner_clauses(SyntaxNode inner) {
  for (const SyntaxNode part : inner) {
    switch (part.kind()) {
      case NodeKind::group_by:
      case NodeKind::order_by:
      case NodeKind::limit:
      case NodeKind::offset:
      case NodeKind::for_clause:
        complain_at(part.offset(), "missing value at '" + std::string{part.text().substr(0, part.text().find(' '))} + "'");
        break;
      default: break;
    }
  }
}

Literal TreeBuilder::literal(SyntaxNode node, Operator op) {
  Literal literal{.offset = node.offset()};
  if (node.kind() == NodeKind::text_literal) {
    quoted_text(node, op == Operator::like, literal);
  } else if (node.kind() == NodeKind::quantity_literal) {
    if (auto value = quantity(node.text())) {
      literal.value = *value;
    } else {
      complain_of_token(node.offset());
    }
  } else if (!read_word(node.text(), literal)) {
    complain_of_token(node.offset());
  }
  return literal;
}

void TreeBuilder::quoted_text(SyntaxNode node, bool is_pattern, Literal& literal) {
  literal.quoted = true;
  const std::string source{node.text().substr(1, node.text().size() - 2)};
  const auto illegal = [&](const std::string& escape) {
    complain(lexer_complaint(
        text_, node.offset(), "MALFORMED_QUERY",
        "Invalid string literal '" + source + "'. Illegal character sequence '" + escape + "' in string literal."));
  };
  if (is_pattern) {
    auto pattern = LikePattern::from_source(source);
    if (!pattern) return illegal(pattern.error());
    literal.pattern = std::move(*pattern);
  } else {
    auto value = unescaped(source);
    if (!value) return illegal(value.error());
    literal.value = std::move(*value);
  }
  const auto* text = std::get_if<std::string>(&literal.value);
  if (character_count(text ? *text : source) > kLiteralCharactersMax)
    complain_at(node.offset(), "A string literal has at most 4000 characters");  // [assumed wording]
}

}  // namespace casewire::sim::salesforce::soql
