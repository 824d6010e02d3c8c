#include "sim/opencx/description.hpp"

#include <cassert>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (const auto segment : split(path, '/')) {
    if (!segment.empty()) segments.emplace_back(segment);
  }
  return segments;
}

std::string uppercase(std::string_view text) {
  std::string upper{text};
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

Operation operation_from(const std::string& pattern, const std::string& method, const Json& json) {
  Operation operation{string_member(json, "operationId"), string_member(json, "x-operation"), uppercase(method),
                      segments_of(pattern), pattern};
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

/// The captures, when `segments` is an instance of the operation's pattern.
std::optional<std::map<std::string, std::string>> captures(const Operation& operation, const std::vector<std::string>& segments) {
  if (operation.segments.size() != segments.size()) return std::nullopt;
  std::map<std::string, std::string> found;
  for (std::size_t at = 0; at < segments.size(); ++at) {
    const auto& wanted = operation.segments[at];
    if (wanted.front() == '{') {
      const auto value = percent_decoded(segments[at]);
      if (!value) return std::nullopt;
      found[wanted.substr(1, wanted.size() - 2)] = *value;
    } else if (wanted != segments[at]) {
      return std::nullopt;
    }
  }
  return found;
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
    for (const auto& [method, operation] : methods.items()) operations_.push_back(operation_from(pattern, method, operation));
  }
}

std::optional<Called> Description::find(const http::Request& request) const {
  const auto segments = segments_of(request.path());
  for (const auto& operation : operations_) {
    if (operation.method != request.method) continue;
    if (auto found = captures(operation, segments)) return Called{&operation, std::move(*found)};
  }
  return std::nullopt;
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
