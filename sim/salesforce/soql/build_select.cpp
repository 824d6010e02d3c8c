// The select list: fields, functions, child subqueries, FIELDS() and TYPEOF.

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/tree_builder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

/// The call of FIELDS(); nullopt for any other expression, and for a field of that name.
std::optional<SyntaxNode> call_of_fields(SyntaxNode expression) {
  auto part = expression.begin();
  if (!equals_ignoring_case((*part).text(), "fields") || ++part == expression.end()) return std::nullopt;
  return *part;
}

bool is_count_all(const SelectItem& item) {
  return item.kind == SelectItem::Kind::expression && item.expression.function == Function::count &&
         item.expression.path.steps.empty();
}

}  // namespace

void TreeBuilder::select(SyntaxNode node, Query& query) {
  SelectItem item = select_item(node);
  if (is_count_all(item) || query.count_only) {
    // COUNT() stands alone.
    if (query.count_only || !query.select.empty()) return complain_of_token(node.offset());
    query.count_only = true;
    return;
  }
  query.select.push_back(std::move(item));
}

SelectItem TreeBuilder::select_item(SyntaxNode node) {
  SelectItem item{.offset = node.offset()};
  const SyntaxNode first = node.front();
  if (first.kind() == NodeKind::subquery) {
    item.kind = SelectItem::Kind::subquery;
    item.subquery = query(first.front());
  } else if (first.kind() == NodeKind::type_of) {
    type_of(first, item);
  } else if (const auto call = call_of_fields(first)) {
    fields_function(*call, item);
    return item;
  } else {
    item.expression = expression(first);
  }
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::alias) item.alias = child.text();
  }
  return item;
}

void TreeBuilder::fields_function(SyntaxNode call, SelectItem& item) {
  const bool names_a_group = call.begin() != call.end() && call.front().kind() == NodeKind::expression;
  const std::string group = names_a_group ? lowercase(call.front().front().text()) : std::string{};
  if (group == "all") {
    item.kind = SelectItem::Kind::fields_all;
  } else if (group == "standard") {
    item.kind = SelectItem::Kind::fields_standard;
  } else if (group == "custom") {
    item.kind = SelectItem::Kind::fields_custom;
  } else {
    complain_of_token(call.offset());
  }
}

void TreeBuilder::type_of(SyntaxNode node, SelectItem& item) {
  item.kind = SelectItem::Kind::type_of;
  for (const SyntaxNode child : node) {
    if (child.kind() == NodeKind::path) {
      item.expression = {.path = path(child), .offset = child.offset()};
    } else {
      item.arms.push_back(type_of_arm(child));
    }
  }
}

TypeOfArm TreeBuilder::type_of_arm(SyntaxNode node) {
  TypeOfArm arm;
  for (const SyntaxNode part : node) {
    if (part.kind() == NodeKind::object) {
      arm.type = part.text();
      arm.offset = part.offset();
    } else {
      arm.fields.push_back(path(part));
    }
  }
  return arm;
}

/// Without GROUP BY only aggregates and functions have aliases: what looks like one is mostly a missing comma.
void TreeBuilder::check_aliases(const Query& query) {
  if (!query.group_by.empty()) return;
  for (const SelectItem& item : query.select) {
    const bool plain = item.kind == SelectItem::Kind::expression && item.expression.function == Function::none;
    if (plain && !item.alias.empty()) complain_at(item.offset, "only aggregate expressions use field aliasing");
  }
}

}  // namespace casewire::sim::salesforce::soql
