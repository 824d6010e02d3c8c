#include "sim/opencx/description.hpp"

#include <cassert>

namespace casewire::sim::opencx {
namespace {

std::string uppercase(std::string_view text) {
  std::string upper{text};
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

Operation operation_from(const std::string& pattern, const std::string& method, const Json& json) {
  Operation operation{string_member(json, "operationId"), string_member(json, "x-operation"), uppercase(method), pattern};
  for (const auto& parameter : member(json, "parameters")) {
    if (string_member(parameter, "in") == "query")
      operation.query[string_member(parameter, "name")] = member(parameter, "schema");
  }
  const auto& content = member(member(member(json, "requestBody"), "content"), "application/json");
  operation.body_schema = string_member(member(content, "schema"), "$ref");
  operation.scope = string_member(json, "x-scope");
  operation.is_assumed = json.contains("x-assumed");
  const auto door = string_member(json, "x-door");
  operation.door = door == "bot" ? Door::bot : door == "contact" ? Door::contact : door == "open" ? Door::open : Door::key;
  return operation;
}

}  // namespace

const Description& Description::embedded() {
  static const Description description = [] {
    auto json = parse_json(api_text(), "api.json");
    assert(json);
    return Description{std::move(*json)};
  }();
  return description;
}

Description::Description(Json json) : json_(std::move(json)) {
  for (const auto& [pattern, methods] : json_.at("paths").items()) {
    for (const auto& [method, json_of_operation] : methods.items()) {
      operations_.push_back(operation_from(pattern, method, json_of_operation));
      table_.add(operations_.back().method, pattern, operations_.back().name);
    }
  }
}

std::optional<Called> Description::find(const http::Request& request) const {
  // HEAD is answered as GET; the server leaves the body out.
  const auto match = table_.find(request.method == "HEAD" ? "GET" : std::string_view{request.method}, request.path());
  if (!match.route || match.malformed) return std::nullopt;
  const auto captures = table_.parameters(match);
  return Called{&operations_[*match.route], {captures.begin(), captures.end()}};
}

std::vector<SchemaError> Description::query_errors(const Operation& operation,
                                                   const std::map<std::string, std::string>& query) const {
  std::vector<SchemaError> errors;
  for (const auto& [name, value] : query) {
    const auto known = operation.query.find(name);
    if (known == operation.query.end()) {
      errors.push_back({"?" + name, operation.id + "/parameters", "the description has no such parameter", true});
      continue;
    }
    for (auto& error : schema_errors(json_, known->second, operation.id + "/parameters/" + name, value)) {
      error.value_path = "?" + name;
      errors.push_back(std::move(error));
    }
  }
  return errors;
}

std::vector<SchemaError> Description::body_errors(const Operation& operation, const Json& body) const {
  return schema_errors(json_, Json{{"$ref", operation.body_schema}}, operation.id, body);
}

}  // namespace casewire::sim::opencx
