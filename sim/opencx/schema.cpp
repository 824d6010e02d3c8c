#include "sim/opencx/schema.hpp"

#include <algorithm>

#include "base/text/time.hpp"
#include "base/text/utf8.hpp"
#include "base/text/uuid.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kErrorsMax = 20;
constexpr std::size_t kDepthMax = 32;
constexpr std::size_t kShownCharacters = 60;

bool has_type(const Json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  return type == "null" && value.is_null();
}

bool has_type(const Json& value, const Json& types) {
  if (types.is_string()) return has_type(value, types.get_ref<const std::string&>());
  return std::any_of(types.begin(), types.end(),
                     [&](const Json& type) { return has_type(value, type.get_ref<const std::string&>()); });
}

std::string list_of(const Json& words) {
  if (words.is_string()) return words.get<std::string>();
  std::string text;
  for (const auto& word : words)
    text += (text.empty() ? "" : " or ") + (word.is_string() ? word.get<std::string>() : word.dump());
  return text;
}

std::string shown(const Json& value) {
  const std::string text = dump_json(value);
  const auto start = prefix_of_characters(text, kShownCharacters);
  return std::string{start} + (start.size() < text.size() ? "..." : "");
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
         text.find_first_of(" \t\r\n<>") == std::string_view::npos && text.find('.', at) != std::string_view::npos;
}

bool has_format(std::string_view text, const std::string& format) {
  if (format == "uuid") return is_uuid(text);
  if (format == "email") return is_email(text);
  if (format == "date-time") return parse_iso8601(text).has_value();
  if (format == "date or date-time") return day_or_instant(text).has_value();
  return true;
}

}  // namespace

std::optional<WallTime> day_or_instant(std::string_view text) {
  constexpr std::size_t kDayLength = std::string_view{"2026-01-05"}.size();
  const std::string beginning = text.size() == kDayLength ? "T00:00:00Z" : "";
  return parse_iso8601(std::string{text} + beginning);
}

namespace {

class Checker {
 public:
  explicit Checker(const Json& root) : root_(root) {}

  void check(const Json& schema, const std::string& schema_path, const Json& value, const std::string& value_path,
             std::size_t depth) {
    if (depth > kDepthMax || errors.size() >= kErrorsMax) return;
    if (const auto& reference = member(schema, "$ref"); reference.is_string()) {
      const std::string target = reference.get<std::string>();
      return check(root_.at(Json::json_pointer{target.substr(1)}), target, value, value_path, depth + 1);
    }
    if (const auto& alternatives = member(schema, "anyOf"); alternatives.is_array())
      return check_any(alternatives, schema_path + "/anyOf", value, value_path, depth);
    const auto add = [&](std::string_view word, std::string problem) {
      errors.push_back({value_path, schema_path + "/" + std::string{word}, std::move(problem)});
    };
    if (const auto& type = member(schema, "type"); !type.is_null() && !has_type(value, type)) {
      return add("type", "expected " + list_of(type) + ", found " + shown(value));
    }
    if (const auto& words = member(schema, "enum");
        words.is_array() && std::find(words.begin(), words.end(), value) == words.end()) {
      add("enum", "expected " + list_of(words) + ", found " + shown(value));
    }
    if (const auto& format = member(schema, "format"); format.is_string() && value.is_string()) {
      const std::string name = format.get<std::string>();
      if (!has_format(value.get_ref<const std::string&>(), name)) add("format", "expected " + name + ", found " + shown(value));
    }
    if (value.is_object()) check_members(schema, schema_path, value, value_path, depth);
    if (const auto& items = member(schema, "items"); items.is_object() && value.is_array()) {
      for (std::size_t at = 0; at < value.size(); ++at) {
        check(items, schema_path + "/items", value[at], value_path + "/" + std::to_string(at), depth + 1);
      }
    }
  }

  std::vector<SchemaError> errors;

 private:
  // Where none fits, told is of one whose type the value has.
  void check_any(const Json& alternatives, const std::string& schema_path, const Json& value, const std::string& value_path,
                 std::size_t depth) {
    std::vector<SchemaError> nearest;
    for (std::size_t at = 0; at < alternatives.size(); ++at) {
      Checker one{root_};
      one.check(alternatives[at], schema_path + "/" + std::to_string(at), value, value_path, depth + 1);
      if (one.errors.empty()) return;
      if (nearest.empty() || nearest.front().schema_path.ends_with("/type")) nearest = std::move(one.errors);
    }
    errors.insert(errors.end(), nearest.begin(), nearest.end());
  }
  void check_members(const Json& schema, const std::string& schema_path, const Json& value, const std::string& value_path,
                     std::size_t depth) {
    const auto& properties = member(schema, "properties");
    const auto& others = member(schema, "additionalProperties");
    for (const auto& name : member(schema, "required")) {
      if (!value.contains(name.get_ref<const std::string&>())) {
        errors.push_back({value_path, schema_path + "/required", "expected the member \"" + name.get<std::string>() + "\""});
      }
    }
    for (const auto& [name, inner] : value.items()) {
      if (errors.size() >= kErrorsMax) return;
      if (const auto& known = member(properties, name); known.is_object()) {
        check(known, schema_path + "/properties/" + name, inner, value_path + "/" + name, depth + 1);
      } else if (others.is_object()) {
        check(others, schema_path + "/additionalProperties", inner, value_path + "/" + name, depth + 1);
      } else if (others.is_boolean() && !others.get<bool>()) {
        errors.push_back(
            {value_path + "/" + name, schema_path + "/additionalProperties", "the description has no such member", true});
      }
    }
  }

  const Json& root_;
};

}  // namespace

std::vector<SchemaError> schema_errors(const Json& root, const Json& schema, std::string schema_path, const Json& value) {
  Checker checker{root};
  checker.check(schema, schema_path, value, "", 0);
  return std::move(checker.errors);
}

std::string describe(const SchemaError& error) {
  return (error.value_path.empty() ? "/" : error.value_path) + ": " + error.problem + " (" + error.schema_path + ")";
}

}  // namespace casewire::sim::opencx
