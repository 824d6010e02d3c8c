// A row's parent, or its children, by the relationship's name. Source: REST API Developer Guide, "sObject Relationships", v66.0.
// The way over several parents, and changing and deleting one: rows.cpp.

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/resources.hpp"

namespace casewire::sim::salesforce {
namespace {

// Only names may come from outside into the statement.
bool are_names(std::string_view text) {
  for (const char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == ','))
      return false;
  return true;
}

std::string all_fields(const SObjectType& type) {
  std::string names;
  for (const auto& field : type.fields) names.append(names.empty() ? "" : ",").append(field.name);
  return names;
}

Result<soql::Rows, Answer> rows_of(const Call& call, const SObjectType& type, const std::string& condition) {
  const auto fields = call.parameter("fields");
  if (!are_names(fields)) return fail(error_answer(unknown_field_error(type, fields)));
  const auto parsed =
      soql::parse("SELECT " + (fields.empty() ? all_fields(type) : fields) + " FROM " + type.name + " WHERE " + condition);
  if (!parsed) return fail(query_refused(parsed.error()));
  auto rows = soql::evaluate(*parsed, call.org.store, {.url_prefix = call.prefix()});
  if (!rows) return fail(query_refused(rows.error()));
  return std::move(*rows);
}

}  // namespace

Answer read_related(Call& call, const Row& row, std::string_view relationship) {
  const auto& schema = call.org.store.schema();
  if (const auto* reference = row.type->relationship(relationship)) {
    const Row* parent = call.org.store.find(row.text(reference->name));
    if (!parent || parent->deleted) return not_found();
    const auto rows = rows_of(call, *parent->type, "Id = '" + parent->id + "'");
    return rows ? written_answer(rows->records.text) : rows.error();
  }
  const auto* child = row.type->child(relationship);
  if (!child) return not_found();
  const auto* type = schema.find(child->object);
  if (!type) return not_modelled("the object behind the child relationship " + child->name);
  auto rows = rows_of(call, *type, child->field + " = '" + row.id + "'");
  return rows ? answer_in_pages(call, std::move(*rows)) : rows.error();
}

}  // namespace casewire::sim::salesforce
