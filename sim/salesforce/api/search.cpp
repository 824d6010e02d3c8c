// SOSL by /search and the search without a statement by /parameterizedSearch. Source: REST API Developer Guide, "Search",
// "Parameterized Search"; SOQL and SOSL Reference, "Search Fields". What is found is there at once (a real index lags).
// Assumed: which text fields "ALL FIELDS" means; without RETURNING every object that has a name is searched.

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/api/search.hpp"
#include "sim/salesforce/search/sosl.hpp"
#include "sim/salesforce/search/term.hpp"
#include "sim/salesforce/soql/complaint.hpp"

namespace casewire::sim::salesforce {
namespace {

using search::Group;
using search::Returning;

constexpr std::size_t kResultsMax = 2'000;  // of an object; since v28.0
constexpr std::string_view kSearchedWithoutReturning[] = {"Account", "Contact", "Lead", "Case", "User", "Task"};

bool is_name_field(const Field& field) {
  for (const std::string_view name :
       {"Name", "FirstName", "LastName", "Subject", "CaseNumber", "Title", "SuppliedName", "Company"})
    if (field.name == name) return true;
  return false;
}

bool is_searched(const Field& field, Group group) {
  switch (group) {
    case Group::name: return is_name_field(field);
    case Group::sidebar: return is_name_field(field) || field.type == FieldType::email || field.type == FieldType::phone;
    case Group::email: return field.type == FieldType::email;
    case Group::phone: return field.type == FieldType::phone;
    case Group::all: break;
  }
  switch (field.type) {
    case FieldType::string:
    case FieldType::textarea:
    case FieldType::email:
    case FieldType::phone:
    case FieldType::url:
    case FieldType::combobox: return true;
    default: return false;
  }
}

// The ids of what the term finds, quoted and with commas between; empty when there is nothing.
std::string ids_found(const Call& call, const SObjectType& type, const search::Term& term, Group group) {
  std::vector<const Field*> fields;
  for (const auto& field : type.fields)
    if (is_searched(field, group)) fields.push_back(&field);
  std::string ids;
  std::size_t found = 0;
  call.org.store.each(type, false, [&](const Record& row) {
    search::IndexedTexts texts;
    for (const auto* field : fields)
      if (const auto* text = std::get_if<std::string>(&row.values[index_of(type, *field)]))
        texts.push_back(search::words_of(*text));
    if (term.is_in(texts)) {
      ids.append(ids.empty() ? "'" : ",'").append(row.text("Id")).append("'");
      ++found;
    }
    return found < kResultsMax;
  });
  return ids;
}

// Shown at the object in the statement, where there is one.
soql::Error complaint_of(std::string_view statement, const Returning& returning, std::string code, std::string text) {
  return statement.empty() ? soql::complaint(std::move(code), std::move(text))
                           : soql::complaint_at(statement, returning.offset, std::move(code), text);
}

// The error of a clause that SOQL refused; the place in the query that was made of the clause means nothing to whoever searches.
soql::Error placed(soql::Error error, std::string_view statement, const Returning& returning) {
  if (error.not_modelled) return error;
  const auto last_line = error.message.rfind('\n');
  return complaint_of(statement, returning, error.code,
                      last_line == std::string::npos ? error.message : error.message.substr(last_line + 1));
}

// Appends the records of one object to `text`; the number of them.
Result<std::size_t, soql::Error> find_in(const Call& call, const SObjectType& type, const Returning& returning,
                                         const search::Term& term, Group group, std::size_t limit, std::string& text) {
  const auto ids = ids_found(call, type, term, group);
  std::string soql = "SELECT " + (returning.fields.empty() ? std::string{"Id"} : returning.fields) + " FROM " + type.name +
                     " WHERE Id IN (" + (ids.empty() ? "null" : ids) + ")";
  if (!returning.clauses.empty()) soql += " AND (" + returning.clauses + ")";
  if (!returning.rest.empty()) soql += " " + returning.rest;
  const auto parsed = soql::parse(soql);
  if (!parsed) return fail(parsed.error());
  if (!soql::asks_for_plain_rows(*parsed)) return fail(soql::not_modelled("anything but fields in RETURNING"));
  const auto rows = soql::evaluate(*parsed, call.org.store, {.url_prefix = call.prefix()});
  if (!rows) return fail(rows.error());
  const auto count = std::min(limit, rows->records.size());
  if (count > 0) text.append(text.empty() ? "" : ",").append(rows->records.slice(0, count));
  return count;
}

soql::Error unknown_object(const Call& call, std::string_view statement, const Returning& returning) {
  if (call.org.store.schema().lacks(returning.object)) return soql::not_modelled("the object " + returning.object);
  return complaint_of(statement, returning, "INVALID_TYPE",
                      "sObject type '" + returning.object +
                          "' is not supported. If you are attempting to use a custom object, be sure to append the '__c' "
                          "after the entity name. Please reference your WSDL or the describe call for the appropriate names.");
}

struct Wish {
  std::string term;
  Group group = Group::all;
  std::vector<Returning> returning{};
  std::vector<std::size_t> limits{};  ///< of each; as many as `returning`
  std::size_t limit = kResultsMax;    ///< of all together
  std::string_view statement{};       ///< for the places of errors; empty: none is shown
};

Answer run_search(const Call& call, Wish wish) {
  const auto term = search::Term::parse(wish.term);
  if (!term) return error_answer(400, "MALFORMED_SEARCH", term.error());
  if (wish.returning.empty())
    for (const auto object : kSearchedWithoutReturning)
      if (call.org.store.schema().find(object))
        wish.returning.push_back({.object = std::string{object}, .offset = 0, .fields = {}, .clauses = {}, .rest = {}});
  wish.limits.resize(wish.returning.size(), kResultsMax);
  std::string text;
  std::size_t left = wish.limit;
  for (std::size_t i = 0; i < wish.returning.size(); ++i) {
    const auto& returning = wish.returning[i];
    const auto* type = call.org.store.schema().find(returning.object);
    if (!type) return query_refused(unknown_object(call, wish.statement, returning));
    if (!type->searchable)
      return error_answer(400, "INVALID_TYPE_FOR_OPERATION", "entity type " + type->name + " does not support search");
    const auto count = find_in(call, *type, returning, *term, wish.group, std::min(left, wish.limits[i]), text);
    if (!count) return query_refused(placed(count.error(), wish.statement, returning));
    left -= *count;
  }
  // Up to v36.0 the array stood alone.
  if (std::atoi(call.version.c_str() + 1) < 37) return written_answer("[" + text + "]");
  return written_answer("{\"searchRecords\":[" + text + "]}");
}

std::optional<Group> group_named(std::string_view word) {
  for (const auto& [name, group] : {std::pair{"ALL", Group::all},
                                    {"NAME", Group::name},
                                    {"EMAIL", Group::email},
                                    {"PHONE", Group::phone},
                                    {"SIDEBAR", Group::sidebar}})
    if (equals_ignoring_case(word, name)) return group;
  return std::nullopt;
}

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{number} : std::nullopt;
}

Answer bad_parameter(std::string_view name) {
  return error_answer(400, "INVALID_SEARCH", "The value of " + std::string{name} + " is not valid");
}

// Whether a search by parameters reads the name. `spellCorrection` is what this search, which corrects no term, has nothing to do for.
bool is_read(std::string_view name) {
  for (const std::string_view known : {"q", "in", "fields", "sobjects", "overallLimit", "defaultLimit", "spellCorrection"})
    if (name == known) return true;
  return false;
}

constexpr const char* kUnmodelledInQuery[] = {"dataCategory", "division", "metadata",       "netWorkIds",
                                              "pricebookId",  "snippet",  "updateTracking", "updateViewStat"};

// Names of fields with commas between, or with an array; anything else than names is refused by SOQL.
std::string field_list(const Json& names) {
  std::string list;
  for (const auto& name : names)
    if (name.is_string()) list.append(list.empty() ? "" : ",").append(name.get<std::string>());
  return list;
}

// What is no number is left to be refused as what it is.
void read_number(const Call& call, const std::string& parameter, const char* name, Json& into) {
  const auto text = form_value(call.query, parameter);
  if (!text) return;
  const auto number = number_in(*text);
  into[name] = number ? Json(*number) : Json(*text);
}

// The form of a POST: {"q", "in", "fields", "sobjects": [{"name", "fields", "where", "limit", "orderBy"}], "overallLimit", "defaultLimit"}.
Json wish_from_query(const Call& call) {
  Json body = Json::object();
  for (const auto* name : {"q", "in"})
    if (form_value(call.query, name)) body[name] = call.parameter(name);
  for (const auto* name : kUnmodelledInQuery)
    if (form_value(call.query, name)) body[name] = call.parameter(name);
  for (const auto* name : {"overallLimit", "defaultLimit"}) read_number(call, name, name, body);
  const auto list = call.parameter("sobject");
  for (const auto word : split(list, ',')) {
    const std::string object{trimmed(word)};
    if (object.empty()) continue;
    Json one{{"name", object}};
    if (form_value(call.query, object + ".fields")) one["fields"] = Json::array({call.parameter(object + ".fields")});
    if (form_value(call.query, object + ".where")) one["where"] = call.parameter(object + ".where");
    if (form_value(call.query, object + ".orderBy")) one["orderBy"] = call.parameter(object + ".orderBy");
    read_number(call, object + ".limit", "limit", one);
    body["sobjects"].push_back(std::move(one));
  }
  if (form_value(call.query, "fields")) body["fields"] = Json::array({call.parameter("fields")});
  return body;
}

Result<std::size_t, Answer> count_in(const Json& object, const char* name, std::size_t otherwise) {
  const auto& value = member(object, name);
  if (value.is_null()) return otherwise;
  if (!value.is_number_unsigned()) return fail(bad_parameter(name));
  return value.get<std::size_t>();
}

// One of `sobjects`, into `wish`.
Result<void, Answer> wish_for(const Json& object, const std::string& common_fields, std::size_t usual_limit, Wish& wish) {
  const auto name = string_member(object, "name");
  if (name.empty()) return fail(bad_parameter("sobjects"));
  const auto limit = count_in(object, "limit", usual_limit);
  if (!limit) return fail(limit.error());
  const auto fields = field_list(member(object, "fields"));
  const auto order = string_member(object, "orderBy");
  wish.returning.push_back({.object = name,
                            .offset = 0,
                            .fields = fields.empty() ? common_fields : fields,
                            .clauses = string_member(object, "where"),
                            .rest = order.empty() ? std::string{} : "ORDER BY " + order});
  wish.limits.push_back(*limit);
  return {};
}

}  // namespace

Answer run_sosl(Call& call) {
  const auto text = call.parameter("q");
  if (trimmed(text).empty())
    return error_answer(400, "MALFORMED_SEARCH", "No search term found. The search term must be enclosed in braces.");
  auto statement = search::parse_sosl(text);
  if (!statement) return query_refused(statement.error());
  return run_search(call, {.term = std::move(statement->term),
                           .group = statement->group,
                           .returning = std::move(statement->returning),
                           .limit = statement->limit.value_or(kResultsMax),
                           .statement = text});
}

Answer run_parameterized_search(Call& call) {
  Json body;
  if (call.method == "POST") {
    auto read = object_body(call);
    if (!read) return std::move(read.error());
    body = std::move(*read);
  } else {
    body = wish_from_query(call);
  }
  if (!member(body, "metadata").is_null()) return not_modelled("labels beside what a search found (metadata)");
  for (const auto& [name, value] : body.items())
    if (!is_read(name)) return not_modelled("a parameter of a search (" + name + ")");
  const auto term = string_member(body, "q");
  if (trimmed(term).empty()) return error_answer(400, "MALFORMED_SEARCH", "search term must be longer than one character: ");
  const auto group = group_named(string_member(body, "in", "ALL"));
  if (!group) return bad_parameter("in");
  Wish wish{.term = term, .group = *group};
  const auto common = field_list(member(body, "fields"));
  const auto usual = count_in(body, "defaultLimit", kResultsMax);
  if (!usual) return usual.error();
  const auto all = count_in(body, "overallLimit", kResultsMax);
  if (!all) return all.error();
  wish.limit = *all;
  for (const auto& object : member(body, "sobjects"))
    if (const auto wished = wish_for(object, common, *usual, wish); !wished) return wished.error();
  return run_search(call, std::move(wish));
}

}  // namespace casewire::sim::salesforce
