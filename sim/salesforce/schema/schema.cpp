#include "sim/salesforce/schema/schema.hpp"

#include <algorithm>

#include "base/text/strings.hpp"

namespace casewire::sim::salesforce {
namespace {

// Lengths first: nearly every wrong candidate is dismissed without looking at a letter. Nearly every right one is spelled as declared.
bool same_name(std::string_view a, std::string_view b) { return a.size() == b.size() && (a == b || equals_ignoring_case(a, b)); }

bool is_among(const std::vector<std::string>& names, std::string_view wanted) {
  return std::any_of(names.begin(), names.end(), [&](const auto& name) { return same_name(name, wanted); });
}

}  // namespace

const Field* SObjectType::field(std::string_view wanted) const {
  for (const auto& field : fields)
    if (same_name(field.name, wanted)) return &field;
  return nullptr;
}

const Field* SObjectType::relationship(std::string_view wanted) const {
  for (const auto& field : fields)
    if (!field.relationship.empty() && same_name(field.relationship, wanted)) return &field;
  return nullptr;
}

const Field* SObjectType::name_field() const {
  for (const auto* candidate : {"Name", "CaseNumber", "Title", "Subject"})
    if (const auto* found = field(candidate)) return found;
  return nullptr;
}

const ChildRelationship* SObjectType::child(std::string_view wanted) const {
  for (const auto& child : children)
    if (!child.name.empty() && same_name(child.name, wanted)) return &child;
  return nullptr;
}

bool SObjectType::lacks(std::string_view field_name) const { return !field(field_name) && is_among(unmodelled, field_name); }

// "CaseFeed", "ContactHistory", "AccountShare": objects that stand beside another one, and have its name before theirs.
bool Schema::lacks(std::string_view object_name) const {
  if (find(object_name)) return false;
  if (is_among(unmodelled_, object_name)) return true;
  for (const std::string_view suffix : {"Feed", "History", "Share", "ChangeEvent", "OwnerSharingRule", "Tag", "__Feed",
                                        "__History", "__Share", "__ChangeEvent"}) {
    if (object_name.size() <= suffix.size()) continue;
    const auto base = object_name.substr(0, object_name.size() - suffix.size());
    if (!same_name(object_name.substr(base.size()), suffix)) continue;
    const std::string custom = std::string{base} + "__c";
    if (suffix.starts_with("__") ? find(custom) != nullptr : find(base) != nullptr || is_among(unmodelled_, base)) return true;
  }
  return false;
}

bool Schema::remove_field(std::string_view object, std::string_view field) {
  for (auto& type : types_)
    if (same_name(type.name, object))
      return std::erase_if(type.fields, [&](const auto& one) { return same_name(one.name, field); }) > 0;
  return false;
}

const SObjectType* Schema::find(std::string_view wanted) const {
  for (const auto& type : types_)
    if (same_name(type.name, wanted)) return &type;
  return nullptr;
}

const SObjectType* Schema::with_prefix(std::string_view key_prefix) const {
  for (const auto& type : types_)
    if (type.key_prefix == key_prefix) return &type;
  return nullptr;
}

}  // namespace casewire::sim::salesforce
