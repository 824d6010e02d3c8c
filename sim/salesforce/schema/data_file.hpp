#pragma once
// A JSON file written by a person: every member is known, every value has the expected type, and every complaint names the
// line and column of the value it is about.

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "sim/salesforce/schema/place.hpp"

namespace casewire::sim::salesforce {

/// One value of the file and where it stands. Cheap to copy; the file's text and parsed JSON must outlive it.
class DataNode {
 public:
  DataNode(const Json& json, std::string_view text, std::string_view file, JsonPath path = {})
      : json_(&json), text_(text), file_(file), path_(std::move(path)) {}

  const Json& json() const { return *json_; }
  const std::string& name() const { return path_.back(); }  ///< of a member; the index of an element

  Diagnostic problem(std::string what, std::string hint = {}) const;
  /// An object with none but these members.
  Result<void> object(std::initializer_list<std::string_view> known) const;
  bool has(std::string_view member) const { return json_->is_object() && json_->contains(std::string{member}); }
  /// The member must exist.
  DataNode operator[](std::string_view member) const;
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
  const Json* json_;
  std::string_view text_, file_;
  JsonPath path_;
};

}  // namespace casewire::sim::salesforce
