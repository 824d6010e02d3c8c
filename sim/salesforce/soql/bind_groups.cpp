#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/binder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

/// Source: SOQL and SOSL Reference, "Support for Field Types in Aggregate Functions".
bool supports(Function function, FieldType type) {
  if (function == Function::grouping) return true;
  switch (type) {
    case FieldType::boolean:
    case FieldType::multipicklist:
    case FieldType::base64:
    case FieldType::address:
    case FieldType::time:
    case FieldType::any: return false;
    case FieldType::integer:
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent: return true;
    default: return function != Function::sum && function != Function::avg;
  }
}

std::string_view function_name(Function function) {
  switch (function) {
    case Function::count: return "COUNT";
    case Function::count_distinct: return "COUNT_DISTINCT";
    case Function::sum: return "SUM";
    case Function::avg: return "AVG";
    case Function::min: return "MIN";
    default: return "MAX";
  }
}

/// A field that is grouped by, inside an aggregate. Captured for GROUP BY alone: ROLLUP and CUBE are let through.
bool aggregates_a_key(const BoundQuery& query, const Operand& aggregate) {
  Operand plain = aggregate;
  plain.function = Function::none;
  return query.subtotals == Subtotals::none &&
         std::any_of(query.keys.begin(), query.keys.end(), [&](const Operand& key) { return same_operand(key, plain); });
}

}  // namespace

std::optional<std::size_t> grouping_key(const BoundQuery& query, const Operand& grouping) {
  Operand plain = grouping;
  plain.function = Function::none;
  for (std::size_t i = 0; query.subtotals != Subtotals::none && i < query.keys.size(); ++i)
    if (same_operand(query.keys[i], plain)) return i;
  return std::nullopt;
}

void Binder::groups(const Query& query, const Scope& scope, BoundQuery& bound) {
  // SOQL and SOSL Reference, "COUNT()": not with GROUP BY from v19.0 on. The text is assumed.
  if (query.count_only) complain(complaint("MALFORMED_QUERY", "COUNT() cannot be used with GROUP BY"));
  bound.subtotals = query.subtotals;
  for (const Expression& expression : query.group_by) {
    if (is_aggregate(expression.function)) {
      complain_at(expression.offset, "MALFORMED_QUERY", "Grouped field should not be aggregated: " + expression.path.text());
      continue;
    }
    auto key = operand(scope, expression, Use::group);
    if (!key) continue;
    if (std::any_of(bound.keys.begin(), bound.keys.end(), [&](const Operand& known) { return same_operand(known, *key); }))
      complain(complaint("MALFORMED_QUERY", "duplicate grouping expression: " + expression.path.text()));
    bound.keys.push_back(std::move(*key));
  }
  std::size_t unnamed = 0;
  for (const SelectItem& item : query.select) {
    if (item.kind != SelectItem::Kind::expression) {
      complain(not_modelled("a subquery, TYPEOF or FIELDS() beside aggregates"));
      continue;
    }
    const auto slot = group_slot(scope, item.expression, bound, Use::select);
    if (!slot) continue;
    std::string name = item.alias;
    const bool plain = item.expression.function == Function::none;
    if (name.empty()) name = plain ? bound.keys[*slot].path.field.name : "expr" + std::to_string(unnamed++);
    const bool taken = std::any_of(bound.columns.begin(), bound.columns.end(),
                                   [&](const auto& column) { return equals_ignoring_case(column.name, name); });
    if (taken) complain(complaint("MALFORMED_QUERY", "duplicate alias: " + name));
    bound.columns.push_back({std::move(name), *slot});
  }
  if (query.having) {
    const SlotOf slot_of = [&](const Expression& expression, std::optional<Operand>& found) -> std::size_t {
      const auto slot = group_slot(scope, expression, bound, Use::filter);
      if (!slot) return 0;
      found = *slot < bound.keys.size() ? bound.keys[*slot] : bound.aggregates[*slot - bound.keys.size()].operand;
      return *slot;
    };
    bound.having = condition(*query.having, slot_of, Place::nested);
  }
  // Observed for LIMIT; the same sentence for OFFSET is assumed.
  if (bound.keys.empty() && (query.limit || query.offset > 0)) {
    complain(
        complaint("MALFORMED_QUERY", std::string{"Non-grouped query that uses overall aggregate functions cannot also use "} +
                                         (query.limit ? "LIMIT" : "OFFSET")));
  }
}

std::optional<std::size_t> Binder::group_slot(const Scope& scope, const Expression& expression, BoundQuery& bound, Use use) {
  if (is_aggregate(expression.function)) {
    if (expression.path.steps.empty()) {
      complain(not_modelled("COUNT() beside other fields"));
      return std::nullopt;
    }
    auto found = operand(scope, expression, Use::aggregate);
    if (!found) return std::nullopt;
    const FieldType type = found->path.declared ? found->path.declared->type : FieldType::string;
    // Captured for fields of types that cannot be aggregated; for long texts by their describe ("aggregatable": false).
    const bool is_long_text = found->path.declared && !found->path.declared->filterable;
    if (is_long_text || !supports(expression.function, type)) {
      complain_at(expression.offset, "MALFORMED_QUERY",
                  "field " + found->path.field.name + " does not support aggregate operator " +
                      std::string{function_name(expression.function)});
      return std::nullopt;
    }
    if (expression.function == Function::grouping && !grouping_key(bound, *found)) {
      complain_at(expression.offset, "MALFORMED_QUERY",  // [assumed wording]
                  "GROUPING() takes a field of GROUP BY ROLLUP or GROUP BY CUBE: " + expression.path.text());
      return std::nullopt;
    }
    if (aggregates_a_key(bound, *found)) {
      complain(complaint("MALFORMED_QUERY", "Grouped field should not be aggregated: " + expression.path.text()));
      return std::nullopt;
    }
    for (std::size_t i = 0; i < bound.aggregates.size(); ++i) {
      if (same_operand(bound.aggregates[i].operand, *found)) return bound.keys.size() + i;
    }
    bound.aggregates.push_back({expression.function, std::move(*found)});
    return bound.keys.size() + bound.aggregates.size() - 1;
  }
  const auto found = operand(scope, expression, Use::select);
  if (!found) return std::nullopt;
  for (std::size_t i = 0; i < bound.keys.size(); ++i) {
    if (same_operand(bound.keys[i], *found)) return i;
  }
  if (use == Use::sort) {
    complain(complaint("MALFORMED_QUERY", "Ordered field must be grouped or aggregated: " + expression.path.text()));
  } else {
    complain_at(expression.offset, "MALFORMED_QUERY", "Field must be grouped or aggregated: " + expression.path.text());
  }
  return std::nullopt;
}

}  // namespace casewire::sim::salesforce::soql
