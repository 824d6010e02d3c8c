// What list views an object has, what they are, and the rows that they show. Source: REST API Developer Guide, "List Views", "List View
// Describe", "List View Results", "Recent List Views", v66.0.

#include <algorithm>
#include <charconv>

#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/list_view.hpp"
#include "sim/salesforce/api/queried_rows.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"
#include "sim/salesforce/soql/asker.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kListRowsUnlessAsked = 25, kListRowsMax = 2'000;

/// How the two directions of a sort are called, ascending first. As the guide's example has them, each is named by its far end.
std::pair<const char*, const char*> direction_labels(FieldType type) {
  switch (type) {
    case FieldType::phone: return {"9-0", "0-9"};
    case FieldType::picklist: return {"Low to High", "High to Low"};
    case FieldType::date:
    case FieldType::datetime: return {"New to Old", "Old to New"};
    default: return {"Z-A", "A-Z"};
  }
}

Json column_json(const ListColumn& column, bool sorts) {
  const auto [ascending, descending] = direction_labels(column.field->type);
  return {{"ascendingLabel", column.hidden ? Json() : Json(ascending)},
          {"descendingLabel", column.hidden ? Json() : Json(descending)},
          {"fieldNameOrPath", column.path},
          {"hidden", column.hidden},
          {"label", column.label},
          {"selectListItem", select_item(column)},
          {"sortDirection", sorts ? Json("ascending") : Json()},
          {"sortIndex", sorts ? Json(0) : Json()},
          {"sortable", !column.hidden},
          {"type", column.field->type_name}};
}

Json columns_json(const std::vector<ListColumn>& columns) {
  Json list = Json::array();
  for (const auto& column : columns) list.push_back(column_json(column, list.empty()));
  return list;
}

Json view_entry(const Call& call, const ListView& view) {
  const auto id = id_of(view);
  const auto url = call.prefix() + "/sobjects/" + std::string{view.object} + "/listviews/" + id;
  return {{"describeUrl", url + "/describe"}, {"developerName", view.name}, {"id", id},  {"label", view.label},
          {"resultsUrl", url + "/results"},   {"soqlCompatible", true},     {"url", url}};
}

Json list_of(const SObjectType& type, Json entries) {
  const auto count = entries.size();
  return {{"done", true},
          {"listviews", std::move(entries)},
          {"nextRecordsUrl", nullptr},
          {"size", count},
          {"sobjectType", type.name}};
}

/// A view that a path names, with the object that it is of.
struct Named {
  const SObjectType* type;
  const ListView* view;
};

Result<Named, Answer> view_at(const Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return fail(no_object(call, call.segments[1]));
  const auto id = canonical_id(call.segments[3]);
  for (const auto& view : list_views())
    if (view.object == type->name && id == id_of(view)) return Named{type, &view};
  return fail(not_found());
}

/// As the guide's example writes times: "Fri Aug 01 21:15:46 GMT 2014".
std::string time_in_a_list(WallTime when) {
  const auto mail = rfc5322_date(when);  // Fri, 01 Aug 2014 21:15:46 +0000
  return mail.substr(0, 3) + mail.substr(7, 4) + mail.substr(4, 3) + mail.substr(16, 9) + " GMT " + mail.substr(12, 4);
}

/// The value at the end of the path, in a record as a query shows it.
const Json& value_at(const Json& record, std::string_view path) {
  const auto dot = path.find('.');
  if (dot == std::string_view::npos) return member(record, path);
  return member(member(record, path.substr(0, dot)), path.substr(dot + 1));
}

Json cell(const Json& value, FieldType type) {
  if (type == FieldType::datetime && value.is_string())
    if (const auto when = parse_iso8601(value.get<std::string>())) return time_in_a_list(*when);
  return value;
}

Json row_json(const Json& record, const std::vector<ListColumn>& columns) {
  Json cells = Json::array();
  for (const auto& column : columns)
    cells.push_back({{"fieldNameOrPath", column.path}, {"value", cell(value_at(record, column.path), column.field->type)}});
  return {{"columns", std::move(cells)}};
}

/// The parameter as a count; nullopt for what is none.
std::optional<std::size_t> count_of(const Call& call, std::string_view name, std::size_t otherwise) {
  const auto text = call.parameter(name);
  if (text.empty()) return otherwise;
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{count} : std::nullopt;
}

}  // namespace

std::optional<std::string> query_of_list_view(const Call& call, std::string_view id) {
  const auto whole = canonical_id(id);
  for (const auto& view : list_views()) {
    const auto* type = whole == id_of(view) ? call.org.store.schema().find(view.object) : nullptr;
    if (type) return soql_of(view, list_columns(call.org.store.schema(), *type));
  }
  return std::nullopt;
}

Answer show_list_views(Call& call) {
  const auto* type = object_at(call, 1);
  if (!type) return no_object(call, call.segments[1]);
  Json entries = Json::array();
  for (const auto& view : list_views())
    if (view.object == type->name) entries.push_back(view_entry(call, view));
  return {.body = list_of(*type, std::move(entries))};
}

// Nobody has used any: what is read by the API does not count (assumed).
Answer show_recent_list_views(Call& call) {
  const auto* type = object_at(call, 1);
  return type ? Answer{.body = list_of(*type, Json::array())} : no_object(call, call.segments[1]);
}

Answer show_list_view(Call& call) {
  const auto named = view_at(call);
  return named ? Answer{.body = view_entry(call, *named->view)} : named.error();
}

Answer describe_list_view(Call& call) {
  const auto named = view_at(call);
  if (!named) return named.error();
  const auto& view = *named->view;
  const auto columns = list_columns(call.org.store.schema(), *named->type);
  Json order = Json::array();
  for (const auto path : {columns.front().path, std::string_view{"Id"}})
    order.push_back({{"fieldNameOrPath", path}, {"nullsPosition", "first"}, {"sortDirection", "ascending"}});
  const auto& condition = view.condition;
  return {.body = Json{{"columns", columns_json(columns)},
                       {"id", id_of(view)},
                       {"orderBy", std::move(order)},
                       {"query", soql_of(view, columns)},
                       {"scope", view.is_mine ? Json("mine") : Json()},
                       {"sobjectType", view.object},
                       {"whereCondition", condition.field.empty() ? Json()
                                                                  : Json{{"field", condition.field},
                                                                         {"operator", "equals"},
                                                                         {"values", Json::array({condition.value})}}}}};
}

Answer show_list_view_results(Call& call) {
  const auto named = view_at(call);
  if (!named) return named.error();
  const auto limit = count_of(call, "limit", kListRowsUnlessAsked), offset = count_of(call, "offset", 1);
  if (!limit || *limit == 0 || *limit > kListRowsMax)
    return error_answer(400, "NUMBER_OUTSIDE_VALID_RANGE", "limit must be between 1 and 2000");
  if (!offset) return error_answer(400, "NUMBER_OUTSIDE_VALID_RANGE", "offset must be a number");
  const auto columns = list_columns(call.org.store.schema(), *named->type);
  const auto parsed = soql::parse(soql_of(*named->view, columns));
  if (!parsed) return query_refused(parsed.error());
  const auto rows =
      soql::evaluate(soql::asked_by(*parsed, call.actor.user_id), QueriedRows(call.org), {.url_prefix = call.prefix()});
  if (!rows) return query_refused(rows.error());
  const auto first = std::min(*offset == 0 ? 0 : *offset - 1, rows->records.size());  // the first record has the number 1
  const auto end = std::min(first + *limit, rows->records.size());
  Json records = Json::array();
  for (const auto& record : rows->records.trees(first, end)) records.push_back(row_json(record, columns));
  return {.body = Json{{"columns", columns_json(columns)},
                       {"developerName", named->view->name},
                       {"done", end == rows->records.size()},
                       {"id", id_of(*named->view)},
                       {"label", named->view->label},
                       {"records", std::move(records)},
                       {"size", end - first}}};
}

}  // namespace casewire::sim::salesforce
