#include "sim/salesforce/soql/columns.hpp"

#include "base/text/strings.hpp"
#include "sim/salesforce/soql/binder.hpp"

namespace casewire::sim::salesforce::soql {
namespace {

using Member = Selection::Member;

std::string_view apex_type(FieldType type) {
  switch (type) {
    case FieldType::id:
    case FieldType::reference: return "Id";
    case FieldType::boolean: return "Boolean";
    case FieldType::integer: return "Integer";
    case FieldType::real:
    case FieldType::currency:
    case FieldType::percent: return "Double";
    case FieldType::date: return "Date";
    case FieldType::datetime: return "Datetime";
    case FieldType::time: return "Time";
    case FieldType::base64: return "Blob";
    case FieldType::address: return "Address";
    default: return "String";
  }
}

Json column(const std::string& name, std::string_view apex = {}) {
  return {{"aggregate", false},
          {"apexType", apex.empty() ? Json() : Json(apex)},
          {"booleanType", apex == "Boolean"},
          {"columnName", name},
          {"custom", false},
          {"displayName", name},
          {"foreignKeyName", nullptr},
          {"insertable", false},
          {"joinColumns", Json::array()},
          {"numberType", apex == "Integer" || apex == "Double"},
          {"textType", apex == "String"},
          {"updatable", false}};
}

Json column_of(const std::string& name, const Field* field) {
  if (!field) return column(name, "String");  // the name of an object, or a field that several objects have
  auto shown = column(name, apex_type(field->type));
  shown["custom"] = field->custom;
  shown["insertable"] = field->createable;
  shown["updatable"] = field->updateable;
  return shown;
}

Json columns_of(const Selection& selection, const SObjectType* type, const Schema& schema);

/// Behind a reference to several objects the first of them answers for all.
const SObjectType* target(const Member& member, const SObjectType* type, const Schema& schema) {
  const Field* reference = type ? member.slot.find(*type) : nullptr;
  return reference && !reference->references.empty() ? schema.find(reference->references.front()) : nullptr;
}

Json joined(const Member& member, const SObjectType* type, const Schema& schema) {
  auto shown = column(member.key);
  switch (member.kind) {
    case Member::Kind::children:
      shown["aggregate"] = true;
      shown["joinColumns"] = columns_of(member.children->selection, member.children->type, schema);
      break;
    case Member::Kind::type_of:
      for (const auto& [object, selection] : member.arms)
        for (auto& one : columns_of(selection, object, schema)) shown["joinColumns"].push_back(std::move(one));
      break;
    default: shown["joinColumns"] = columns_of(member.parent, target(member, type, schema), schema); break;
  }
  const Field* reference = member.kind == Member::Kind::children || !type ? nullptr : member.slot.find(*type);
  if (reference) shown["foreignKeyName"] = reference->name;
  return shown;
}

Json columns_of(const Selection& selection, const SObjectType* type, const Schema& schema) {
  Json list = Json::array();
  for (const Member& member : selection.members) {
    if (member.kind != Member::Kind::field)
      list.push_back(joined(member, type, schema));
    else
      list.push_back(column_of(member.key, type && !member.is_type_name ? member.slot.find(*type) : nullptr));
  }
  return list;
}

/// `avg(Amount)`: as the CLI heads a column that has no alias.
std::string written(const Expression& expression) {
  static constexpr std::pair<Function, std::string_view> kNames[] = {
      {Function::count, "count"},      {Function::count_distinct, "count_distinct"},
      {Function::sum, "sum"},          {Function::avg, "avg"},
      {Function::min, "min"},          {Function::max, "max"},
      {Function::grouping, "grouping"}};
  for (const auto& [function, name] : kNames)
    if (function == expression.function) return std::string{name} + "(" + expression.path.text() + ")";
  return expression.path.text();
}

// Every item of a grouped query that was bound has its column, in order.
Json grouped_columns(const Query& query, const BoundQuery& bound) {
  Json list = Json::array();
  for (std::size_t i = 0; i < bound.columns.size(); ++i) {
    const auto& [name, slot] = bound.columns[i];
    const Expression& expression = query.select[i].expression;
    if (slot < bound.keys.size() && expression.function == Function::none) {
      list.push_back(column_of(name, bound.keys[slot].path.declared));
      continue;
    }
    auto shown = column(name);
    shown["aggregate"] = true;
    shown["displayName"] = written(expression);
    shown["numberType"] = true;
    list.push_back(std::move(shown));
  }
  return list;
}

// Recalled from the CLI, which heads this column COUNT().
Json count_column() {
  auto shown = column("expr0");
  shown["aggregate"] = true;
  shown["displayName"] = "count()";
  shown["numberType"] = true;
  return Json::array({std::move(shown)});
}

}  // namespace

Result<Json, Error> columns(const ParsedQuery& query, const Database& database) {
  const auto no_rows = [](const BoundQuery&, const Operand&) { return std::vector<Value>{}; };
  Binder binder{database.schema(), database.now(), query.text, no_rows};
  const auto bound = binder.query(*query.tree);
  if (binder.error()) return fail(std::move(*binder.error()));
  const auto list = bound->count_only ? count_column()
                    : bound->grouped  ? grouped_columns(*query.tree, *bound)
                                      : columns_of(bound->selection, bound->type, database.schema());
  bool id_selected = false;
  for (const auto& one : list) id_selected = id_selected || one["columnName"] == "Id";
  return Json{{"columnMetadata", list},
              {"entityName", bound->type->name},
              {"groupBy", !query.tree->group_by.empty()},
              {"idSelected", id_selected},
              {"keyPrefix", bound->type->key_prefix}};
}

}  // namespace casewire::sim::salesforce::soql
