#include "sim/salesforce/api/operations.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "sim/salesforce/api/several.hpp"
#include "sim/salesforce/records/refusals.hpp"

namespace casewire::sim::salesforce {
namespace {

using Names = std::vector<std::string>;

const Json kNothing;
constexpr std::size_t kTreeDepthMax = 5;

std::string noun(const Schema& schema, std::string_view object) {
  const auto* type = schema.find(object);
  if (!type) return std::string{object};
  return type->name == "ContentVersion" ? "file" : type->name;
}

std::string capture(const http::RouteTable::Match& match, std::string_view name) {
  const auto parameters = route_table().parameters(match);
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string{} : found->second;
}

std::string filled(const OrgState& org, const http::RouteTable::Match& match) {
  auto values = route_table().parameters(match);
  if (const auto object = values.find("object"); object != values.end())
    object->second = noun(org.store.schema(), object->second);
  return route_table().operation(match, values);
}

bool holds_key(const OrgState& org, std::string_view object, std::string_view field_name, std::string_view value) {
  const auto* type = org.store.schema().find(object);
  const auto* field = type ? type->field(field_name) : nullptr;
  if (!field) return false;
  if (field->type == FieldType::id) return true;  // an id that names no row is refused: it creates none
  bool found = false;
  org.store.indexed(*type, *field, value, [&](const Record& row) {
    found = row.at("IsDeleted") != Value{true};
    return !found;
  });
  return found;
}

Names name_match(const OrgState& org, const http::RouteTable::Match& match, const Json& body) {
  if (!match.route) return {"request"};
  const auto& route = org_routes()[*match.route];
  return route.names ? route.names({org, match, body}) : Names{filled(org, match)};
}

// A request inside another one.
Names name_part(const OrgState& org, std::string method, std::string_view url, const Json& body) {
  return name_match(org, match_route(std::move(method), url), body);
}

}  // namespace

Names names_of_composite(const Naming& naming) {
  Names names;
  for (const auto& part : member(naming.body, "compositeRequest")) {
    const auto url = string_member(part, "url");
    const auto more = name_part(naming.org, string_member(part, "method"), url, member(part, "body"));
    if (!url.empty()) names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

Names names_of_batch(const Naming& naming) {
  Names names;
  for (const auto& part : member(naming.body, "batchRequests")) {
    const auto url = whole_url(string_member(part, "url"));
    const auto more = name_part(naming.org, string_member(part, "method"), url, member(part, "richInput"));
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

Names names_of_graph(const Naming& naming) {
  Names names;
  for (const auto& graph : member(naming.body, "graphs")) {
    const auto more = names_of_composite({naming.org, naming.match, graph});
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

Names names_of_tree(const Naming& naming) {
  std::set<std::string> names;
  const std::function<void(const Json&, std::size_t)> walk = [&](const Json& records, std::size_t depth) {
    for (const auto& record : records) {
      const auto type = string_member(member(record, "attributes"), "type");
      if (!type.empty()) names.insert(noun(naming.org.store.schema(), type) + " create");
      if (depth < kTreeDepthMax && record.is_object())
        for (const auto& [name, value] : record.items()) walk(member(value, "records"), depth + 1);
    }
  };
  walk(member(naming.body, "records"), 0);
  return {names.begin(), names.end()};
}

Names names_of_collection(const Naming& naming) {
  const auto& method = org_routes()[*naming.match.route].method;
  const std::string verb = method == "POST" ? " create" : " update";
  std::set<std::string> names;
  for (const auto& record : member(naming.body, "records"))
    names.insert(noun(naming.org.store.schema(), string_member(member(record, "attributes"), "type")) + verb);
  if (names.empty()) names.insert("collection" + verb);
  return {names.begin(), names.end()};
}

Names names_of_upsert(const Naming& naming) {
  const auto object = capture(naming.match, "object");
  const bool there = holds_key(naming.org, object, capture(naming.match, "key"), capture(naming.match, "value"));
  return {noun(naming.org.store.schema(), object) + (there ? " update" : " create")};
}

Names operations_of(const OrgState& org, const http::Request& request) {
  const auto match = match_route(request.method, request.target);
  const bool told_by_body = match.route && org_routes()[*match.route].names != nullptr;
  if (!told_by_body || request.body.empty() || is_multipart(request.headers.find("Content-Type").value_or("")))
    return name_match(org, match, kNothing);
  const auto json = parse_json(request.body, {}, {.bytes_max = 50u << 20});
  return name_match(org, match, json ? *json : kNothing);
}

Result<void, std::string> order_refusal(OrgState& org, std::string_view operation, std::string_view code, std::size_t count,
                                        std::size_t rows_before) {
  const auto error = refusal_error(code);
  if (!error || !error->fields) {
    const auto near = nearest(code, refusal_error_codes(true));
    return fail("\"" + std::string{code} + "\" is no refusal of a save" +
                (near.empty() ? std::string{} : "; did you mean \"" + near + "\"?"));
  }
  const auto blank = operation.rfind(' ');
  const auto word = operation.substr(0, blank), verb = blank == operation.npos ? std::string_view{} : operation.substr(blank + 1);
  const auto* type = org.store.schema().find(word == "file" ? "ContentVersion" : word);
  if (!type || (verb != "create" && verb != "update" && verb != "delete"))
    return fail("\"" + std::string{operation} + "\" saves nothing; expected one such as \"Case update\"");
  const auto kind = verb == "create"   ? Obstacles::Kind::create
                    : verb == "update" ? Obstacles::Kind::update
                                       : Obstacles::Kind::remove;
  org.saver.obstacles.refuse(type->name, kind, *error, count, rows_before);
  return {};
}

Names operation_names() {
  const auto schema = Schema::standard();
  std::set<std::string> names;
  for (const auto& name : route_table().operations()) {
    constexpr std::string_view kObject = "{object}";
    if (!name.starts_with(kObject)) {
      if (name != "request") names.insert(name);
      continue;
    }
    const auto verb = name.substr(kObject.size());
    for (const auto& type : schema.types())
      if ((verb != " create" || type.createable) && (verb != " update" || type.updateable) &&
          (verb != " delete" || type.deletable))
        names.insert(noun(schema, type.name) + verb);
  }
  return {names.begin(), names.end()};
}

}  // namespace casewire::sim::salesforce
