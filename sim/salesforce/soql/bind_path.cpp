#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/binder.hpp"
#include "sim/salesforce/soql/bounds.hpp"
#include "sim/salesforce/soql/name_object.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

std::string no_such_column(std::string_view field, std::string_view entity) {
  return "No such column '" + std::string{field} + "' on entity '" + std::string{entity} +
         "'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please "
         "reference your WSDL or the describe call for the appropriate names.";
}

std::string no_such_relationship(std::string_view name) {
  return "Didn't understand relationship '" + std::string{name} +
         "' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom "
         "relationship name. Please reference your WSDL or the describe call for the appropriate names.";
}

FieldSlot slot_in(const std::vector<const SObjectType*>& types, const Field& field) {
  FieldSlot slot{.name = field.name, .relationship = field.relationship, .to_several = field.references.size() > 1};
  if (types.size() == 1) slot.index = index_of(*types.front(), field);
  return slot;
}

FieldType type_after(Function function, const Field* field) {
  switch (function) {
    case Function::none:
    case Function::min:
    case Function::max: return field ? field->type : FieldType::string;
    case Function::sum: return field ? field->type : FieldType::real;
    case Function::avg: return FieldType::real;
    case Function::day_only: return FieldType::date;
    default: return FieldType::integer;
  }
}

}  // namespace

bool same_operand(const Operand& a, const Operand& b) {
  const auto same_slot = [](const FieldSlot& x, const FieldSlot& y) { return x.index == y.index && x.name == y.name; };
  return a.function == b.function && a.path.declared == b.path.declared && same_slot(a.path.field, b.path.field) &&
         std::equal(a.path.parents.begin(), a.path.parents.end(), b.path.parents.begin(), b.path.parents.end(), same_slot);
}

std::string display_name(const BoundPath& path) {
  std::string name;
  for (const FieldSlot& reference : path.parents) name += reference.name + ".";
  return name + path.field.name;
}

std::size_t Binder::first_step(const Scope& scope, const FieldPath& path) {
  if (path.steps.size() < 2) return 0;
  const std::string& first = path.steps.front();
  if (!scope.alias.empty() && equals_ignoring_case(first, scope.alias)) return 1;
  return equals_ignoring_case(first, scope.type->name) && !scope.type->relationship(first) ? 1 : 0;
}

FieldPath Binder::without_joined(const Scope& scope, FieldPath path) {
  // An alias may stand for a path that begins with an earlier one.
  for (auto joined = scope.joined->rbegin(); joined != scope.joined->rend(); ++joined) {
    if (path.steps.size() < 2 || !equals_ignoring_case(path.steps.front(), joined->first)) continue;
    path.steps.erase(path.steps.begin());
    path.steps.insert(path.steps.begin(), joined->second.steps.begin(), joined->second.steps.end());
  }
  return path;
}

std::vector<const SObjectType*> Binder::targets(const Field& reference) {
  std::vector<const SObjectType*> types;
  for (const std::string& name : reference.references) {
    if (const SObjectType* type = schema_.find(name)) types.push_back(type);
  }
  if (types.empty()) complain(not_modelled("the object behind the relationship " + reference.relationship));
  return types;
}

std::optional<BoundPath> Binder::path(const Scope& scope, const FieldPath& written) {
  const bool may_begin_with_alias = scope.joined && !scope.joined->empty();
  const FieldPath expanded = may_begin_with_alias ? without_joined(scope, written) : FieldPath{};
  const FieldPath& path = may_begin_with_alias ? expanded : written;
  BoundPath bound;
  std::vector<const SObjectType*> types{scope.type};
  bool is_name = false;  // the object is whichever the reference leads to, and seen as a Name
  const std::size_t last = path.steps.size() - 1;
  for (std::size_t step = first_step(scope, path); step < last; ++step) {
    const Field* reference = relationship(types, is_name, path.steps[step], path.offset);
    if (!reference) return std::nullopt;
    bound.parents.push_back(slot_in(is_name ? std::vector<const SObjectType*>{} : types, *reference));
    types = targets(*reference);
    if (types.empty()) return std::nullopt;
    is_name = reference->references.size() > 1;
  }
  if (bound.parents.size() > kParentHopsMax) {
    complain_at(path.offset, "INVALID_FIELD",  // [assumed wording]
                "SOQL statements cannot query more than 5 levels of child-to-parent relationships");
    return std::nullopt;
  }
  const std::string& name = path.steps[last];
  if (is_name) {
    auto found = field_of_name(types, name, path.offset);
    if (found) found->parents = std::move(bound.parents);
    return found;
  }
  const SObjectType& type = *types.front();
  if (const Field* field = type.field(name)) {
    bound.declared = field;
    bound.field = slot_in(types, *field);
    return bound;
  }
  if (type.lacks(name)) {
    complain(not_modelled("the field " + type.name + "." + name));
  } else {
    complain_at(path.offset, "INVALID_FIELD", no_such_column(name, type.name));
  }
  return std::nullopt;
}

const Field* Binder::relationship(const std::vector<const SObjectType*>& types, bool is_name, const std::string& name,
                                  std::size_t offset) {
  if (!is_name || is_relationship_of_name(name)) {
    for (const SObjectType* type : types) {
      if (const Field* reference = type->relationship(name)) return reference;
    }
    if (is_name || types.front()->lacks(name + "Id")) {
      complain(not_modelled("the relationship " + (is_name ? std::string{"Name"} : types.front()->name) + "." + name));
      return nullptr;
    }
  }
  complain_at(offset, "INVALID_FIELD", no_such_relationship(name));
  return nullptr;
}

std::optional<BoundPath> Binder::field_of_name(const std::vector<const SObjectType*>& types, const std::string& name,
                                               std::size_t offset) {
  BoundPath bound;
  if (!is_field_of_name(name)) {
    complain_at(offset, "INVALID_FIELD", no_such_column(name, "Name"));
    return std::nullopt;
  }
  if (equals_ignoring_case(name, "Type")) {
    bound.field.name = "Type";
    return bound;
  }
  // A field that none of these objects has is null for each: the alias of an account. A user has nearly all of them.
  for (const SObjectType* type : types) {
    if (!bound.declared) bound.declared = type->field(name);
  }
  if (!bound.declared) bound.declared = schema_.find("User")->field(name);
  if (!bound.declared) {
    complain(not_modelled("the field Name." + name));
    return std::nullopt;
  }
  bound.field = {.name = bound.declared->name, .of_whatever_name = equals_ignoring_case(name, "Name")};
  return bound;
}

std::optional<Operand> Binder::operand(const Scope& scope, const Expression& expression, Use use) {
  auto found = path(scope, expression.path);
  if (!found) return std::nullopt;
  const Field* field = found->declared;
  if (expression.function == Function::format) complain(not_modelled("FORMAT() outside the select list"));
  // A label is its value.
  const Function function = is_of_display(expression.function) ? Function::none : expression.function;
  const bool is_date = field && (field->type == FieldType::date || field->type == FieldType::datetime);
  const bool is_date_function = function != Function::none && !is_aggregate(function);
  const bool needs_time = function == Function::day_only || function == Function::hour_in_day;
  if (is_date_function && (!is_date || (needs_time && field->type != FieldType::datetime))) {
    complain_at(expression.offset, "INVALID_FIELD",  // [assumed wording]
                "field '" + found->field.name + "' does not support this date function");
    return std::nullopt;
  }
  if (field && use == Use::filter && field->type == FieldType::address)
    complain(not_modelled("a comparison with the compound field " + found->field.name));
  const char* refused = nullptr;
  if (field && use == Use::filter && !field->filterable) refused = "filtered";
  if (field && use == Use::sort && !field->sortable) refused = "sorted";
  if (field && use == Use::group && !field->groupable && !is_date_function) refused = "grouped";
  if (refused) {
    complain_at(expression.offset, "INVALID_FIELD",
                "field '" + found->field.name + "' can not be " + refused + " in a query call");
    return std::nullopt;
  }
  return Operand{.path = std::move(*found), .function = function, .type = type_after(function, field)};
}

}  // namespace casewire::sim::salesforce::soql
