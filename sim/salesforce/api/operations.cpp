// Requests in the words of fault sentences: "Case create", "Case update", "CaseComment create", "file create", "query", "token".

#include <optional>
#include <set>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/dispatch.hpp"
#include "sim/salesforce/api/multipart.hpp"
#include "sim/salesforce/api/service.hpp"

namespace casewire::sim::salesforce {
namespace {

struct Part {
  std::string method;
  std::vector<std::string> segments;
  const Json* body = nullptr;
};

std::string noun(const OrgState& org, std::string_view object) {
  const auto* type = org.store.schema().find(object);
  if (!type) return std::string{object};
  return type->name == "ContentVersion" ? "file" : type->name;
}

std::string verb(std::string_view method) {
  if (method == "POST") return "create";
  if (method == "PATCH") return "update";
  return method == "DELETE" ? "delete" : "read";
}

bool holds_key(const OrgState& org, std::string_view object, std::string_view field_name, std::string_view value) {
  const auto* type = org.store.schema().find(object);
  const auto* field = type ? type->field(field_name) : nullptr;
  if (!field) return false;
  bool found = false;
  org.store.indexed(*type, *field, value, [&](const Record& row) {
    found = row.at("IsDeleted") != Value{true};
    return !found;
  });
  return found;
}

// Each kind of row in a collection once.
std::vector<std::string> of_collection(const OrgState& org, const Part& part) {
  std::set<std::string> names;
  if (part.segments.size() > 2)
    names.insert(noun(org, part.segments[2]) + " " + verb(part.method));
  else if (part.body)
    for (const auto& record : member(*part.body, "records"))
      names.insert(noun(org, string_member(member(record, "attributes"), "type")) + " " + verb(part.method));
  if (names.empty()) names.insert("collection " + verb(part.method));
  return {names.begin(), names.end()};
}

std::vector<std::string> of_part(const OrgState& org, const Part& part) {
  const auto& at = part.segments;
  if (at.empty()) return {"resources read"};
  if (at[0] == "query" || at[0] == "queryAll") return {"query"};
  if (at[0] == "limits") return {"limits read"};
  if (at[0] == "composite") return at.size() > 1 ? of_collection(org, part) : std::vector<std::string>{};
  if (at[0] != "sobjects") return {"request"};
  if (at.size() == 1 || (at.size() == 2 && part.method == "GET") || (at.size() == 3 && at[2] == "describe")) return {"describe"};
  if (at.size() == 4 && part.method == "PATCH")
    return {noun(org, at[1]) + (holds_key(org, at[1], at[2], at[3]) ? " update" : " create")};
  return {noun(org, at[1]) + " " + verb(part.method)};
}

std::optional<Part> part_at(std::string method, std::string_view text, const Json* body) {
  auto target = read_target(text);
  if (!target) return std::nullopt;
  return Part{effective_method(std::move(method), target->query), std::move(target->segments), body};
}

}  // namespace

std::vector<std::string> operations_of(const OrgState& org, const http::Request& request) {
  const auto path = request.path();
  if (path.starts_with("/services/oauth2/token")) return {"token"};
  if (path.starts_with("/services/oauth2/revoke")) return {"revoke"};
  if (path.starts_with("/services/oauth2/authorize")) return {"authorize"};
  if (path.starts_with("/id/")) return {"identity read"};
  const bool json_body = !request.body.empty() && !is_multipart(request.headers.find("Content-Type").value_or(""));
  const bool structured = json_body && path.find("/composite") != std::string_view::npos;
  Json body;
  if (structured)
    if (auto json = parse_json(request.body, {}, {.bytes_max = 50u << 20})) body = std::move(*json);
  const auto whole = part_at(request.method, request.target, &body);
  if (!whole) return {"request"};
  if (whole->segments.size() != 1 || whole->segments[0] != "composite") return of_part(org, *whole);
  std::vector<std::string> names;
  for (const auto& json : member(body, "compositeRequest")) {
    const auto part = part_at(string_member(json, "method"), string_member(json, "url"), &member(json, "body"));
    if (!part) continue;
    const auto more = of_part(org, *part);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

}  // namespace casewire::sim::salesforce
