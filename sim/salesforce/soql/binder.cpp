#include "sim/salesforce/soql/binder.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/bounds.hpp"

namespace casewire::sim::salesforce::soql {

std::shared_ptr<const BoundQuery> Binder::query(const Query& query) {
  const SObjectType* type = schema_.find(query.from);
  if (!type && schema_.lacks(query.from)) {
    complain(not_modelled("the object " + query.from));
    return nullptr;
  }
  if (!type) {
    complain_at(query.from_offset, "INVALID_TYPE",
                "sObject type '" + query.from +
                    "' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the "
                    "entity name. Please reference your WSDL or the describe call for the appropriate names.");
    return nullptr;
  }
  if (!type->queryable) {
    complain(complaint("INVALID_TYPE_FOR_OPERATION", "entity type " + type->name + " does not support query"));
    return nullptr;
  }
  auto bound = bind(query, *type, false);
  if (type->name == "ContentDocumentLink") check_content_document_link(query);
  if (type->name == "FeedItem") check_feed_item(query);
  return bound;
}

std::shared_ptr<BoundQuery> Binder::bind(const Query& query, const SObjectType& type, bool is_child) {
  auto bound = std::make_shared<BoundQuery>();
  bound->type = &type;
  bound->count_only = query.count_only;
  bound->limit = query.limit;
  bound->offset = query.offset;
  const Scope scope{&type, query.alias, &query.joined};
  if (query.only_own) {
    const Field* owner = type.field("OwnerId");
    bound->owner_id = query.asker;
    if (owner)
      bound->owner = index_of(type, *owner);
    else
      complain(not_modelled("USING SCOPE mine of " + type.name));
  }
  const bool has_aggregate = std::any_of(query.select.begin(), query.select.end(), [](const SelectItem& item) {
    return item.kind == SelectItem::Kind::expression && is_aggregate(item.expression.function);
  });
  bound->grouped = has_aggregate || !query.group_by.empty();
  if (is_child && (has_aggregate || bound->count_only))
    complain(complaint("MALFORMED_QUERY", "only root queries support aggregate expressions"));
  else if (is_child && bound->grouped)
    complain(not_modelled("GROUP BY in a child subquery"));
  // The order of the checks decides which of several mistakes is told: the select list first, as the platform does.
  if (bound->grouped) {
    groups(query, scope, *bound);
  } else {
    select(query, scope, *bound);
  }
  if (query.where) {
    const SlotOf slot_of = [&](const Expression& expression, std::optional<Operand>& found) {
      if (is_aggregate(expression.function))
        complain_at(expression.offset, "MALFORMED_QUERY", "Grouped field should not be aggregated");
      found = operand(scope, expression, Use::filter);
      return found ? where_slot(*bound, *found) : 0;
    };
    const auto* outer = std::exchange(asked_, &type);
    bound->where = condition(*query.where, slot_of, Place::top);
    asked_ = outer;
  }
  order(query, scope, *bound);
  if (query.offset > kOffsetMax) {
    complain(complaint("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is " + std::to_string(kOffsetMax)));
  }
  return bound;
}

std::size_t Binder::where_slot(BoundQuery& bound, Operand operand) {
  for (std::size_t slot = 0; slot < bound.operands.size(); ++slot) {
    if (same_operand(bound.operands[slot], operand)) return slot;
  }
  bound.operands.push_back(std::move(operand));
  return bound.operands.size() - 1;
}

void Binder::order(const Query& query, const Scope& scope, BoundQuery& bound) {
  for (const OrderItem& item : query.order_by) {
    OrderKey key{.descending = item.descending, .nulls_first = item.nulls_first};
    const Field* field = nullptr;
    if (bound.grouped) {
      const auto slot = group_slot(scope, item.expression, bound, Use::sort);
      if (!slot) continue;
      key.slot = *slot;
      const bool is_key = *slot < bound.keys.size();
      const Operand& sorted = is_key ? bound.keys[*slot] : bound.aggregates[*slot - bound.keys.size()].operand;
      key.exact_text = sorted.exact_text();
      if (is_key && sorted.function == Function::none) field = sorted.path.declared;
    } else {
      // COUNT() sorts nothing either ("COUNT()" in the reference; the text for it is assumed).
      if (bound.count_only || is_aggregate(item.expression.function)) {
        complain(complaint("MALFORMED_QUERY", "Ordered field must be grouped or aggregated: " + item.expression.path.text()));
        continue;
      }
      auto found = operand(scope, item.expression, Use::sort);
      if (!found) continue;
      if (found->function == Function::none) field = found->path.declared;
      key.exact_text = found->exact_text();
      key.slot = where_slot(bound, std::move(*found));
    }
    if (field && field->type == FieldType::picklist) key.picklist = field->values;
    bound.order_by.push_back(std::move(key));
  }
}

namespace {

/// The conditions that every row must meet.
std::vector<const Condition*> conjuncts(const Query& query) {
  std::vector<const Condition*> tests;
  if (!query.where) return tests;
  if (query.where->kind != Condition::Kind::all) return {&*query.where};
  for (const Condition& part : query.where->parts) tests.push_back(&part);
  return tests;
}

bool names(const Condition& test, std::string_view field) {
  return test.kind == Condition::Kind::comparison && test.left.function == Function::none && !test.left.path.steps.empty() &&
         equals_ignoring_case(test.left.path.steps.back(), field) && test.left.path.steps.size() <= 2;
}

}  // namespace

/// Source: Object Reference, ContentDocumentLink, "Usage"; texts as observed.
void Binder::check_content_document_link(const Query& query) {
  const auto tests = conjuncts(query);
  bool by_id = false;
  bool by_one_entity = false;
  bool by_other_field = false;
  for (const Condition* test : tests) {
    const bool entity = names(*test, "LinkedEntityId");
    const bool document = names(*test, "ContentDocumentId");
    if (entity && test->op == Operator::equal) by_one_entity = true;
    if ((entity || document) && (test->op == Operator::equal || test->op == Operator::in)) {
      by_id = true;
    } else if (!names(*test, "Id")) {
      by_other_field = true;
    }
  }
  if (!by_id) {
    complain(complaint("MALFORMED_QUERY",
                       "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or "
                       "LinkedEntityId using the equals operator or multiple Id's using the IN operator."));
  } else if (by_other_field && !by_one_entity) {
    complain(complaint("MALFORMED_QUERY",
                       "Implementation restriction: filtering on non-id fields is only permitted when filtering by "
                       "ContentDocumentLink.LinkedEntityId using the equals operator."));
  }
}

/// A real feed holds what the org posts in it by itself too. A query that would see those would get a wrong answer.
void Binder::check_feed_item(const Query& query) {
  constexpr std::array<std::string_view, 6> kOfPeople{"TextPost",    "AdvancedTextPost", "LinkPost",
                                                      "ContentPost", "QuestionPost",     "PollPost"};
  const auto is_of_people = [&](const Literal& value) {
    const auto* type = std::get_if<std::string>(&value.value);
    return type && std::find(kOfPeople.begin(), kOfPeople.end(), *type) != kOfPeople.end();
  };
  for (const Condition* test : conjuncts(query)) {
    if ((test->op != Operator::equal && test->op != Operator::in) || test->values.empty()) continue;
    if (names(*test, "Id")) return;
    if (names(*test, "Type") && std::all_of(test->values.begin(), test->values.end(), is_of_people)) return;
  }
  complain(not_modelled(
      "posts that the org makes by itself (a query of FeedItem names Type = 'TextPost', or others that people write)"));
}

}  // namespace casewire::sim::salesforce::soql
