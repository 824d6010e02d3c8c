#include "sim/salesforce/schema/data_file.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

/// Appends the path from `value` to `wanted`, which is known by its address; false: it is not in there. As deep as the JSON.
bool find_path(const Json& value, const Json& wanted, JsonPath& path) {
  if (&value == &wanted) return true;
  if (!value.is_structured()) return false;
  for (const auto& [member, part] : value.items()) {
    path.push_back(member);
    if (find_path(part, wanted, path)) return true;
    path.pop_back();
  }
  return false;
}

}  // namespace

Diagnostic DataNode::problem(std::string what, std::string hint) const {
  JsonPath path;
  find_path(*root_, *json_, path);
  return {.where = {.file = std::string{file_}, .position = place_in_json(text_, path)},
          .problem = std::move(what),
          .hint = std::move(hint)};
}

Result<void> DataNode::object(std::initializer_list<std::string_view> known) const {
  if (!json_->is_object()) return fail(problem("expected an object"));
  for (const auto& [member, value] : json_->get_ref<const Json::object_t&>()) {
    if (std::find(known.begin(), known.end(), member) != known.end()) continue;
    const std::vector<std::string> words(known.begin(), known.end());
    const auto near = nearest(member, words);
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return fail(at(value, member)
                    .problem("unknown member \"" + member + "\"",
                             near.empty() ? "known members: " + all : "did you mean \"" + near + "\"?"));
  }
  return {};
}

std::optional<DataNode> DataNode::find(std::string_view member) const {
  if (!json_->is_object()) return {};
  for (const auto& [name, value] : json_->get_ref<const Json::object_t&>())
    if (name == member) return at(value, name);
  return {};
}

Result<std::vector<DataNode>> DataNode::members() const {
  if (!json_->is_object()) return fail(problem("expected an object"));
  std::vector<DataNode> nodes;
  nodes.reserve(json_->size());
  for (const auto& [name, value] : json_->get_ref<const Json::object_t&>()) nodes.push_back(at(value, name));
  return nodes;
}

Result<std::vector<DataNode>> DataNode::elements() const {
  if (!json_->is_array()) return fail(problem("expected an array"));
  std::vector<DataNode> nodes;
  nodes.reserve(json_->size());
  for (const auto& value : json_->get_ref<const Json::array_t&>()) nodes.push_back(at(value));
  return nodes;
}

Result<std::string> DataNode::string() const {
  if (!json_->is_string()) return fail(problem("expected a text"));
  return json_->get<std::string>();
}

Result<std::string> DataNode::string(std::string_view member) const {
  if (const auto node = find(member)) return node->string();
  return fail(problem("the member \"" + std::string{member} + "\" is missing"));
}

Result<std::string> DataNode::string_or(std::string_view member, std::string fallback) const {
  if (const auto node = find(member)) return node->string();
  return fallback;
}

Result<bool> DataNode::boolean_or(std::string_view member, bool fallback) const {
  const auto node = find(member);
  if (!node) return fallback;
  if (!node->json().is_boolean()) return fail(node->problem("expected true or false"));
  return node->json().get<bool>();
}

Result<std::size_t> DataNode::count_or(std::string_view member, std::size_t fallback) const {
  const auto node = find(member);
  if (!node) return fallback;
  if (!node->json().is_number_unsigned()) return fail(node->problem("expected a whole number"));
  return node->json().get<std::size_t>();
}

Result<std::vector<std::string>> DataNode::strings_or_none(std::string_view member) const {
  std::vector<std::string> texts;
  const auto list = find(member);
  if (!list) return texts;
  const auto nodes = list->elements();
  if (!nodes) return fail(nodes.error());
  texts.reserve(nodes->size());
  for (const auto& node : *nodes) {
    auto text = node.string();
    if (!text) return fail(text.error());
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace casewire::sim::salesforce
