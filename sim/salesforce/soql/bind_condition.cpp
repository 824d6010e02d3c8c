#include <algorithm>
#include <array>

#include "base/text/strings.hpp"
#include "sim/salesforce/records/ids.hpp"
#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/bounds.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

enum class Kind { text, id, boolean, number, date, datetime, other };

Kind kind_of(FieldType type) {
  switch (type) {
    case FieldType::id:
    case FieldType::reference: return Kind::id;
    case FieldType::boolean: return Kind::boolean;
    case FieldType::integer:
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent: return Kind::number;
    case FieldType::date: return Kind::date;
    case FieldType::datetime: return Kind::datetime;
    case FieldType::time:
    case FieldType::base64:
    case FieldType::address:
    case FieldType::any: return Kind::other;
    default: return Kind::text;
  }
}

std::string type_word(const Operand& operand) {
  switch (kind_of(operand.type)) {
    case Kind::boolean: return "boolean";
    case Kind::date: return "date";
    case Kind::datetime: return "dateTime";
    case Kind::number:
      if (operand.type == FieldType::integer) return "int";
      return operand.type == FieldType::real ? "double" : operand.type == FieldType::currency ? "currency" : "percent";
    case Kind::id: return operand.type == FieldType::id ? "id" : "reference";
    default: return "string";
  }
}

bool fits(Kind kind, const Literal& literal) {
  if (literal.date_literal) return kind == Kind::date || kind == Kind::datetime;
  switch (kind) {
    case Kind::text:
    case Kind::id: return literal.quoted;
    case Kind::boolean: return std::holds_alternative<bool>(literal.value);
    case Kind::number:
      return std::holds_alternative<std::int64_t>(literal.value) || std::holds_alternative<double>(literal.value);
    case Kind::date: return std::holds_alternative<Date>(literal.value);
    case Kind::datetime: return std::holds_alternative<WallTime>(literal.value);
    case Kind::other: return false;
  }
  return false;
}

bool is_semi_join(const Condition& condition) {
  return condition.kind == Condition::Kind::comparison && condition.subquery != nullptr;
}

}  // namespace

/// The objects that an id may belong to.
std::vector<std::string> Binder::objects_of(const Operand& operand) const {
  const Field* field = operand.path.declared;
  if (!field) return {};
  if (field->type == FieldType::reference) return field->references;
  // A field lies inside the array of its object's fields.
  for (const SObjectType& type : schema_.types()) {
    if (type.field(field->name) == field) return {type.name};
  }
  return {};
}

Predicate Binder::condition(const Condition& condition, const SlotOf& slot_of, Place place) {
  if (condition.kind == Condition::Kind::comparison) {
    if (is_semi_join(condition) && place != Place::top) {
      complain(complaint("MALFORMED_QUERY",
                         place == Place::under_or
                             ? "Semi join sub-selects are not allowed with the 'OR' operator"
                             : "Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested "
                               "WHERE expressions."));
    }
    return comparison(condition, slot_of);
  }
  Predicate predicate;
  Place inner = Place::nested;
  if (condition.kind == Condition::Kind::all) {
    predicate.kind = Predicate::Kind::all;
    inner = place == Place::top ? Place::top : Place::nested;
  } else if (condition.kind == Condition::Kind::any) {
    predicate.kind = Predicate::Kind::any;
    inner = place == Place::top ? Place::under_or : Place::nested;
  } else {
    predicate.kind = Predicate::Kind::negation;
  }
  for (const Condition& part : condition.parts) {
    // A group inside a group is nested, even where both are joined by AND.
    const bool deeper = part.kind == Condition::Kind::all || part.kind == Condition::Kind::any;
    predicate.parts.push_back(this->condition(part, slot_of, deeper ? Place::nested : inner));
  }
  return predicate;
}

Predicate Binder::comparison(const Condition& condition, const SlotOf& slot_of) {
  Predicate predicate;
  std::optional<Operand> operand;
  predicate.slot = slot_of(condition.left, operand);
  predicate.test.op = condition.op;
  if (!operand) return predicate;
  predicate.test.exact_text = operand->exact_text();
  predicate.test.null_is_false = operand->type == FieldType::boolean;
  check_operator(condition, *operand);
  if (condition.subquery) {
    semi_join(condition, *operand, predicate.test);
  } else {
    for (const Literal& one : condition.values) literal(condition, one, *operand, predicate.test);
  }
  const bool is_set = condition.op == Operator::in || condition.op == Operator::not_in;
  // A complaint may stand for mixed kinds that do not compare.
  if (is_set && !error_) predicate.test.sort_values();
  return predicate;
}

void Binder::check_operator(const Condition& condition, const Operand& operand) {
  const Kind kind = kind_of(operand.type);
  const Operator op = condition.op;
  const bool is_choice = op == Operator::includes || op == Operator::excludes;
  const bool is_order =
      op == Operator::less || op == Operator::less_equal || op == Operator::greater || op == Operator::greater_equal;
  const bool has_choices = operand.type == FieldType::multipicklist;
  const bool fitting = is_choice                              ? has_choices
                       : op == Operator::like                 ? kind == Kind::text && !has_choices
                       : kind == Kind::boolean || has_choices ? !is_order
                                                              : true;
  // Captured with v29.0 for LIKE on a multipicklist (simple-salesforce, issue 73), and without the code for LIKE on an id
  // (LightningFlowComponents, issue 255).
  if (!fitting)
    complain_at(condition.offset, "INVALID_QUERY_FILTER_OPERATOR",
                "invalid operator on " + (has_choices ? "multipicklist" : type_word(operand)) + " field");
}

void Binder::literal(const Condition& condition, const Literal& literal, const Operand& operand, Test& test) {
  const Kind kind = kind_of(operand.type);
  const bool is_choice = condition.op == Operator::includes || condition.op == Operator::excludes;
  if (literal.is_null()) {
    // A boolean is never null: `= null` asks for false.
    test.values.push_back(kind == Kind::boolean ? Value{false} : Value{});
    if (is_choice || condition.op == Operator::like) complain(unexpected_token(text_, literal.offset));
    return;
  }
  if (!fits(kind, literal)) {
    const bool should_be_quoted = kind == Kind::text || kind == Kind::id || kind == Kind::other;
    complain_at(condition.offset, "INVALID_FIELD",
                "value of filter criterion for field '" + operand.path.field.name + "' must be of type " + type_word(operand) +
                    " and should " + (should_be_quoted ? "" : "not ") + "be enclosed in quotes");
    return;
  }
  if (literal.date_literal) {
    is_lasting_ = false;
    const DateSpan span = span_of(*literal.date_literal, now_);
    if (kind == Kind::datetime) {
      test.spans.emplace_back(span.begin, span.end);
    } else {
      using std::chrono::days;
      test.spans.emplace_back(Date{std::chrono::floor<days>(span.begin)}, Date{std::chrono::ceil<days>(span.end)});
    }
    return;
  }
  if (literal.pattern) {
    test.pattern = literal.pattern;
    return;
  }
  const auto* text = std::get_if<std::string>(&literal.value);
  if (is_choice) {
    std::vector<std::string> wanted;
    for (const std::string_view one : split(*text, ';')) wanted.emplace_back(one);
    test.choices.push_back(std::move(wanted));
    return;
  }
  if (text && text->empty()) {
    test.values.emplace_back();  // an empty text is stored as null
    return;
  }
  if (kind == Kind::id) {
    const auto id = canonical_id(*text);
    if (!id) return complain_at(condition.offset, "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: " + *text);
    test.values.emplace_back(*id);
    return;
  }
  test.values.push_back(literal.value);
}

/// What may stand behind FROM in a semi-join. Source: SOQL and SOSL Reference, "Comparison Operators"; texts as captured, the place
/// of the first is assumed to be that of the second.
bool Binder::check_inner_object(const Query& inner) {
  constexpr std::array<std::string_view, 8> kNeverInside{"ActivityHistory", "Attachment", "Event", "EventAttendee", "Note",
                                                         "OpenActivity",    "Tag",        "Task"};
  const auto is_it = [&](std::string_view name) { return equals_ignoring_case(name, inner.from); };
  if (asked_ && is_it(asked_->name)) {
    complain_at(inner.from_offset, "MALFORMED_QUERY", "The inner and outer selects should not be on the same object type");
  } else if (std::any_of(kNeverInside.begin(), kNeverInside.end(), is_it)) {
    complain_at(inner.from_offset, "MALFORMED_QUERY", "Entity '" + inner.from + "' is not supported for semi join inner selects");
  }
  return !error_;
}

/// Source: SOQL and SOSL Reference, "Comparison Operators", semi- and anti-joins; texts as observed, but for the one on the left field.
void Binder::semi_join(const Condition& condition, const Operand& left, Test& test) {
  if (in_semi_join_) return complain(complaint("MALFORMED_QUERY", "Nesting of semi join sub-selects is not supported"));
  if (++semi_join_count_ > kSemiJoinsMax) {
    return complain(complaint("MALFORMED_QUERY", "Maximum 2 semi join sub-selects are allowed"));
  }
  const Query& inner = *condition.subquery;
  if (!check_inner_object(inner)) return;
  const bool one_field = inner.select.size() == 1 && inner.select.front().kind == SelectItem::Kind::expression &&
                         inner.select.front().expression.function == Function::none;
  if (!one_field) {
    return complain_at(condition.offset, "MALFORMED_QUERY", "Cannot have more than one field selected in inner select query");
  }
  in_semi_join_ = true;
  const auto bound = query(inner);
  std::optional<Operand> selected;
  if (bound && !error_) {
    selected = operand(Scope{bound->type, inner.alias}, inner.select.front().expression, Use::select);
  }
  in_semi_join_ = false;
  if (!selected) return;
  if (kind_of(selected->type) != Kind::id || !selected->path.parents.empty()) {
    return complain(complaint("MALFORMED_QUERY", "semi join sub selects can only query id fields, cannot use: '" +
                                                     inner.select.front().expression.path.text() + "'"));
  }
  if (kind_of(left.type) != Kind::id || left.function != Function::none) {
    return complain_at(condition.offset, "INVALID_FIELD",
                       "The left operand field in the where expression for outer query should be an id field, cannot use: '" +
                           condition.left.path.text() + "'");
  }
  const auto inner_targets = objects_of(*selected);
  const auto left_targets = objects_of(left);
  const bool meet = std::any_of(left_targets.begin(), left_targets.end(), [&](const std::string& name) {
    return std::find(inner_targets.begin(), inner_targets.end(), name) != inner_targets.end();
  });
  if (!meet) {
    return complain_at(condition.offset, "MALFORMED_QUERY",
                       "The selected field '" + selected->path.field.name +
                           "' in the subquery and the left operand field in the where expression in the outer query '" +
                           left.path.field.name + "' should point to the same object type");
  }
  is_lasting_ = false;
  for (Value& value : inner_values_(*bound, *selected)) {
    // An anti-join ignores nulls inside.
    if (!is_null(value)) test.values.push_back(std::move(value));
  }
}

}  // namespace casewire::sim::salesforce::soql
