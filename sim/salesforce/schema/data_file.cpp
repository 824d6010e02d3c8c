#include "sim/salesforce/schema/data_file.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {

Diagnostic DataNode::problem(std::string what, std::string hint) const {
  return {.where = {.file = std::string{file_}, .position = place_in_json(text_, path_)},
          .problem = std::move(what),
          .hint = std::move(hint)};
}

Result<void> DataNode::object(std::initializer_list<std::string_view> known) const {
  if (!json_->is_object()) return fail(problem("expected an object"));
  for (const auto& [member, value] : json_->items()) {
    if (std::find(known.begin(), known.end(), member) != known.end()) continue;
    const std::vector<std::string> words(known.begin(), known.end());
    const auto near = nearest(member, words);
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
    return fail((*this)[member].problem("unknown member \"" + member + "\"",
                                        near.empty() ? "known members: " + all : "did you mean \"" + near + "\"?"));
  }
  return {};
}

DataNode DataNode::operator[](std::string_view member) const {
  auto path = path_;
  path.emplace_back(member);
  return {(*json_)[std::string{member}], text_, file_, std::move(path)};
}

Result<std::vector<DataNode>> DataNode::members() const {
  if (!json_->is_object()) return fail(problem("expected an object"));
  std::vector<DataNode> nodes;
  for (const auto& [member, value] : json_->items()) nodes.push_back((*this)[member]);
  return nodes;
}

Result<std::vector<DataNode>> DataNode::elements() const {
  if (!json_->is_array()) return fail(problem("expected an array"));
  std::vector<DataNode> nodes;
  for (std::size_t i = 0; i < json_->size(); ++i) {
    auto path = path_;
    path.push_back(std::to_string(i));
    nodes.emplace_back((*json_)[i], text_, file_, std::move(path));
  }
  return nodes;
}

Result<std::string> DataNode::string() const {
  if (!json_->is_string()) return fail(problem("expected a text"));
  return json_->get<std::string>();
}

Result<std::string> DataNode::string(std::string_view member) const {
  if (!has(member)) return fail(problem("the member \"" + std::string{member} + "\" is missing"));
  return (*this)[member].string();
}

Result<std::string> DataNode::string_or(std::string_view member, std::string fallback) const {
  if (!has(member)) return fallback;
  return (*this)[member].string();
}

Result<bool> DataNode::boolean_or(std::string_view member, bool fallback) const {
  if (!has(member)) return fallback;
  const auto node = (*this)[member];
  if (!node.json().is_boolean()) return fail(node.problem("expected true or false"));
  return node.json().get<bool>();
}

Result<std::size_t> DataNode::count_or(std::string_view member, std::size_t fallback) const {
  if (!has(member)) return fallback;
  const auto node = (*this)[member];
  if (!node.json().is_number_unsigned()) return fail(node.problem("expected a whole number"));
  return node.json().get<std::size_t>();
}

Result<std::vector<std::string>> DataNode::strings_or_none(std::string_view member) const {
  std::vector<std::string> texts;
  if (!has(member)) return texts;
  const auto nodes = (*this)[member].elements();
  if (!nodes) return fail(nodes.error());
  for (const auto& node : *nodes) {
    auto text = node.string();
    if (!text) return fail(text.error());
    texts.push_back(std::move(*text));
  }
  return texts;
}

}  // namespace casewire::sim::salesforce
