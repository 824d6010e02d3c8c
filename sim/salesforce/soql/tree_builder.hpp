#pragma once
// From the parser's nodes to the syntax tree: reads literals, names functions, refuses what is parsed and not modelled. Keeps the
// first complaint and goes on with placeholders; a tree with a complaint must not be used.

#include <memory>
#include <string_view>

#include "sim/salesforce/soql/complaint.hpp"
#include "sim/salesforce/soql/syntax.hpp"
#include "sim/salesforce/soql/syntax_node.hpp"

namespace casewire::sim::salesforce::soql {

class TreeBuilder {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  /// `node` is of kind query.
  std::shared_ptr<const Query> query(SyntaxNode node);
  std::optional<Error>& error() { return error_; }

 private:
  void complain(Error error) {
    if (!error_) error_ = std::move(error);
  }
  void complain_at(std::size_t offset, std::string_view what) { complain(complaint_at(text_, offset, "MALFORMED_QUERY", what)); }
  void complain_of_token(std::size_t offset) { complain(unexpected_token(text_, offset)); }

  // ---- build_select.cpp
  void select(SyntaxNode node, Query& query);
  SelectItem select_item(SyntaxNode node);
  void fields_function(SyntaxNode call, SelectItem& item);
  void type_of(SyntaxNode node, SelectItem& item);
  TypeOfArm type_of_arm(SyntaxNode node);
  void check_aliases(const Query& query);

  // ---- build_expression.cpp
  static FieldPath path(SyntaxNode node);
  Expression expression(SyntaxNode node);
  void call(SyntaxNode node, Expression& expression);
  FieldPath argument(SyntaxNode node);

  // ---- build_condition.cpp
  Condition condition(SyntaxNode node);
  Condition term(SyntaxNode node);
  Condition comparison(SyntaxNode node);
  void check_inner_clauses(SyntaxNode inner);
  Literal literal(SyntaxNode node, Operator op);
  void quoted_text(SyntaxNode node, bool is_pattern, Literal& literal);

  // ---- tree_builder.cpp
  void from(SyntaxNode node, Query& query);
  void group_by(SyntaxNode node, Query& query);
  OrderItem order_item(SyntaxNode node);
  std::size_t number(SyntaxNode node);

  std::string_view text_;
  std::optional<Error> error_;
};

}  // namespace casewire::sim::salesforce::soql
