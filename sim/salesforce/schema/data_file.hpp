#pragma once
// A JSON file written by a person: every member is known, every value has the expected type, and every complaint names the
// line and column of the value it is about.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "sim/salesforce/schema/place.hpp"

namespace casewire::sim::salesforce {

/// One value of the file. Cheap to copy: where it stands is looked up only for a complaint. The file's text and parsed JSON must
/// outlive it.
class DataNode {
 public:
  DataNode(const Json& json, std::string_view text, std::string_view file)
      : json_(&json), root_(&json), text_(text), file_(file) {}

  const Json& json() const { return *json_; }
  /// Of a member; an element has none.
  std::string name() const { return std::string{name_}; }

  Diagnostic problem(std::string what, std::string hint = {}) const;
  /// An object with none but these members.
  Result<void> object(std::initializer_list<std::string_view> known) const;
  bool has(std::string_view member) const { return find(member).has_value(); }
  /// The member must exist.
  DataNode operator[](std::string_view member) const { return find(member).value(); }
  std::optional<DataNode> find(std::string_view member) const;
  /// The members of an object, or the elements of an array, in order.
  Result<std::vector<DataNode>> members() const;
  Result<std::vector<DataNode>> elements() const;

  Result<std::string> string() const;
  Result<std::string> string(std::string_view member) const;  ///< required
  Result<std::string> string_or(std::string_view member, std::string fallback) const;
  Result<bool> boolean_or(std::string_view member, bool fallback) const;
  Result<std::size_t> count_or(std::string_view member, std::size_t fallback) const;
  Result<std::vector<std::string>> strings_or_none(std::string_view member) const;

 private:
  /// Another value of the same file.
  DataNode at(const Json& json, std::string_view name = {}) const {
    auto node = *this;
    node.json_ = &json;
    node.name_ = name;
    return node;
  }

  const Json *json_, *root_;
  std::string_view text_, file_, name_{};
};

}  // namespace casewire::sim::salesforce
