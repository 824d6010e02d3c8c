// The clauses of a query.

#include "sim/salesforce/soql/tree_builder.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

constexpr std::size_t kNumberMax = 2'147'483'647;  // an int of the platform
constexpr std::size_t kSubtotalFieldsMax = 3;      // SOQL and SOSL Reference, "GROUP BY ROLLUP"

/// Source: SOQL and SOSL Reference, "USING SCOPE", Summer '26.
bool is_scope(std::string_view word) {
  constexpr std::array<std::string_view, 8> kScopes{"delegated",    "everything",        "mine",        "mine_and_my_groups",
                                                    "my_territory", "my_team_territory", "scopingRule", "team"};
  return std::any_of(kScopes.begin(), kScopes.end(), [&](std::string_view scope) { return equals_ignoring_case(scope, word); });
}

}  // namespace

std::shared_ptr<const Query> TreeBuilder::query(SyntaxNode node) {
  auto tree = std::make_shared<Query>();
  for (const SyntaxNode part : node) {
    switch (part.kind()) {
      case NodeKind::select_item: select(part, *tree); break;
      case NodeKind::from: from(part, *tree); break;
      case NodeKind::scope:
        tree->only_own = equals_ignoring_case(part.text(), "mine");
        if (!is_scope(part.text()))
          complain_of_token(part.offset());  // [assumed wording]
        else if (!tree->only_own && !equals_ignoring_case(part.text(), "everything"))
          complain(not_modelled("USING SCOPE " + std::string{part.text()}));
        break;
      case NodeKind::where: tree->where = condition(part.front()); break;
      case NodeKind::with: complain(not_modelled("the WITH clause")); break;
      case NodeKind::group_by: group_by(part, *tree); break;
      case NodeKind::having: tree->having = condition(part.front()); break;
      case NodeKind::order_by:
        for (const SyntaxNode item : part) tree->order_by.push_back(order_item(item));
        break;
      case NodeKind::limit: tree->limit = number(part.front()); break;
      case NodeKind::offset: tree->offset = number(part.front()); break;
      case NodeKind::for_clause:
        if (part.front().kind() == NodeKind::viewing)
          tree->marks_viewed = true;
        else if (!tree->order_by.empty())
          complain_of_token(part.offset());  // the rule: "FOR UPDATE" in the reference; [assumed wording]
        break;
      case NodeKind::update: complain(not_modelled("UPDATE " + std::string{trimmed(part.text().substr(6))})); break;
      default: break;
    }
  }
  check_aliases(*tree);
  return tree;
}

void TreeBuilder::from(SyntaxNode node, Query& query) {
  for (const SyntaxNode part : node) {
    if (part.kind() == NodeKind::object) {
      query.from = part.text();
      query.from_offset = part.offset();
    } else if (part.kind() == NodeKind::alias) {
      query.alias = part.text();
    } else {
      auto joined = part.begin();
      auto parent = path(*joined);
      query.joined.emplace_back((*++joined).text(), std::move(parent));
    }
  }
}

// ROLLUP and CUBE look like a function that stands alone.
void TreeBuilder::group_by(SyntaxNode node, Query& query) {
  const SyntaxNode first = node.front();
  const bool rollup = equals_ignoring_case(first.front().text(), "rollup");
  auto call = first.begin();
  if ((!rollup && !equals_ignoring_case(first.front().text(), "cube")) || ++call == first.end()) {
    for (const SyntaxNode item : node) query.group_by.push_back(expression(item));
    return;
  }
  query.subtotals = rollup ? Subtotals::rollup : Subtotals::cube;
  for (const SyntaxNode item : *call) {
    if (item.kind() != NodeKind::expression) return complain_of_token(item.offset());
    query.group_by.push_back(expression(item));
  }
  auto other = node.begin();
  if (++other != node.end()) complain_of_token((*other).offset());
  if (query.group_by.empty() || query.group_by.size() > kSubtotalFieldsMax) complain_of_token(first.offset());
}

OrderItem TreeBuilder::order_item(SyntaxNode node) {
  OrderItem item{.expression = expression(node.front())};
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::descending) item.descending = true;
    if (child.kind() == NodeKind::nulls_last) item.nulls_first = false;
  }
  return item;
}

std::size_t TreeBuilder::number(SyntaxNode node) {
  std::size_t value = 0;
  const std::string_view digits = node.text();
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (problem != std::errc{} || value > kNumberMax) complain_of_token(node.offset());
  return value;
}

}  // namespace casewire::sim::salesforce::soql
