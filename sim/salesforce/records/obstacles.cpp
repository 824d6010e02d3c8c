#include "sim/salesforce/records/obstacles.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/salesforce/records/refusals.hpp"

namespace casewire::sim::salesforce {
namespace {

bool is_met(const SObjectType& type, const std::vector<Value>& values, const std::pair<std::string, Json>& condition) {
  const auto* field = type.field(condition.first);
  return field && to_json(values[index_of(type, *field)]) == condition.second;
}

// Whether a save of the child locks the row that this field names: it does for the masters of the cascade.
bool locks_parent(const Schema& schema, const SObjectType& child, const Field& field) {
  for (const auto& parent : field.references)
    if (const auto* type = schema.find(parent))
      for (const auto& relation : type->children)
        if (relation.cascade_delete && relation.object == child.name && relation.field == field.name) return true;
  return false;
}

Storage storage_of(const SObjectType& type) {
  const bool has_bytes =
      std::any_of(type.fields.begin(), type.fields.end(), [](const Field& field) { return field.type == FieldType::base64; });
  return has_bytes ? Storage::files : Storage::data;
}

}  // namespace

void Obstacles::refuse(std::string object, Kind kind, SaveError error, std::size_t count, std::size_t rows_before) {
  ordered_.push_back({std::move(object), kind, std::move(error), count, rows_before});
}

std::size_t Obstacles::refusals_left() const {
  std::size_t left = 0;
  for (const auto& one : ordered_) left += one.left;
  return left;
}

SaveErrors Obstacles::meet(const SObjectType& type, Kind kind, bool by_api) {
  const bool is_any_full = data_full_ || files_full_;
  if (is_any_full && kind == Kind::create && is_full(storage_of(type))) return {*refusal_error("STORAGE_LIMIT_EXCEEDED")};
  if (!by_api) return {};
  for (auto& one : ordered_)
    if (one.left > 0 && one.kind == kind && equals_ignoring_case(one.object, type.name)) {
      if (one.rows_before > 0) {
        --one.rows_before;
        continue;
      }
      --one.left;
      return {one.error};
    }
  return {};
}

SaveErrors Obstacles::check_locks(const SObjectType& type, const std::vector<Value>& values, std::string_view id,
                                  const Schema& schema, WallTime now) const {
  const auto is_locked = [&](std::string_view row_id) {
    const auto found = locks_.find(row_id);
    return found != locks_.end() && found->second > now;
  };
  if (locks_.empty()) return {};
  const auto refused = [](std::string_view row_id) {
    return SaveErrors{record_error("UNABLE_TO_LOCK_ROW",
                                   "unable to obtain exclusive access to this record or 1 records: " + std::string{row_id})};
  };
  if (is_locked(id)) return refused(id);
  for (const auto& field : type.fields) {
    if (field.type != FieldType::reference) continue;
    const auto* parent = std::get_if<std::string>(&values[index_of(type, field)]);
    if (parent && is_locked(*parent) && locks_parent(schema, type, field)) return refused(*parent);
  }
  return {};
}

SaveErrors Obstacles::check_rules(const SObjectType& type, const std::vector<Value>& values) const {
  SaveErrors errors;
  for (const auto& rule : rules_) {
    if (!equals_ignoring_case(rule.object, type.name)) continue;
    const auto met = [&](const auto& condition) { return is_met(type, values, condition); };
    if (!std::all_of(rule.where.begin(), rule.where.end(), met)) continue;
    if (std::any_of(rule.unless.begin(), rule.unless.end(), met)) continue;
    auto error = record_error("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message);
    if (const auto* field = type.field(rule.field)) error.fields = {{field->name}};
    errors.push_back(std::move(error));
  }
  return errors;
}

}  // namespace casewire::sim::salesforce
