#pragma once
// What the parser hands to the tree builder: the matched rules that matter, flat and in the order they began.

#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

namespace casewire::sim::salesforce::soql {

// clang-format off
enum class NodeKind {
  query, select_item, subquery, type_of, when_arm, else_arm, from, object, joined_object, alias,
  path, call, expression, text_literal, quantity_literal, word_literal, integer,
  condition, conjunction, disjunction, term, negation, comparison,
  op_symbol, op_like, op_in, op_not_in, op_includes, op_excludes,
  scope, where, with, group_by, having, order_by, order_item, descending, nulls_last, limit, offset, for_clause, viewing, locking, update,
};
// clang-format on

struct FlatNode {
  NodeKind kind;
  std::size_t begin = 0, end = 0;  ///< bytes of the query
  std::size_t extent = 1;          ///< nodes of this subtree, itself included
};

/// A node with its children; cheap to copy. The vector and the text must outlive it.
class SyntaxNode {
 public:
  SyntaxNode(const FlatNode* node, std::string_view query) : node_(node), query_(query) {}
  NodeKind kind() const { return node_->kind; }
  std::size_t offset() const { return node_->begin; }
  std::string_view text() const { return query_.substr(node_->begin, node_->end - node_->begin); }

  class Iterator {
   public:
    Iterator(const FlatNode* node, std::string_view query) : node_(node), query_(query) {}
    SyntaxNode operator*() const { return {node_, query_}; }
    Iterator& operator++() {
      node_ += node_->extent;
      return *this;
    }
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    const FlatNode* node_;
    std::string_view query_;
  };
  Iterator begin() const { return {node_ + 1, query_}; }
  Iterator end() const { return {node_ + node_->extent, query_}; }
  SyntaxNode front() const { return *begin(); }  ///< there must be a child

 private:
  const FlatNode* node_;
  std::string_view query_;
};

}  // namespace casewire::sim::salesforce::soql
