#include "sim/salesforce/records/save_error.hpp"

namespace casewire::sim::salesforce {

SaveError field_error(std::string code, const Field& field, std::string_view complaint) {
  return {.code = std::move(code), .message = field.label + ": " + std::string{complaint}, .fields = {{field.name}}};
}

SaveError record_error(std::string code, std::string message, int status) {
  return {.code = std::move(code), .message = std::move(message), .fields = std::vector<std::string>{}, .status = status};
}

SaveError request_error(std::string code, std::string message, int status) {
  return {.code = std::move(code), .message = std::move(message), .fields = std::nullopt, .status = status};
}

SaveError not_modelled_error(std::string what) {
  return {.code = "NOT_MODELLED", .message = "casewire does not model " + what, .status = 501, .not_modelled = std::move(what)};
}

SaveError unknown_field_error(const SObjectType& type, std::string_view name) {
  if (type.lacks(name)) return not_modelled_error("the field " + type.name + "." + std::string{name});
  return request_error("INVALID_FIELD", "No such column '" + std::string{name} + "' on sobject of type " + type.name);
}

SaveError missing_fields_error(std::vector<std::string> fields) {
  std::string names;
  for (const auto& field : fields) names += (names.empty() ? "" : ", ") + field;
  return {
      .code = "REQUIRED_FIELD_MISSING", .message = "Required fields are missing: [" + names + "]", .fields = std::move(fields)};
}

SaveError no_rights_error() {
  return record_error("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", 403);
}

SaveError no_right_to_create_error(const SObjectType& type) {
  return record_error("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "entity type cannot be inserted: " + type.label);
}

SaveError no_access_error() {
  return record_error("INSUFFICIENT_ACCESS_OR_READONLY",
                      "You do not have the level of access necessary to perform the operation you requested. Please contact the "
                      "owner of the record or your administrator if access is necessary.");
}

SaveError malformed_id_error(const SObjectType& type, std::string_view id) {
  return field_error("MALFORMED_ID", *type.field("Id"), "id value of incorrect type: " + std::string{id});
}

SaveError deleted_error(int status) { return record_error("ENTITY_IS_DELETED", "entity is deleted", status); }

}  // namespace casewire::sim::salesforce
