#pragma once
// What a save answers when it refuses, in Salesforce's words. Sources: SOAP API Developer Guide, "StatusCode"; REST API Developer
// Guide, "Status Codes and Error Responses"; texts as captured in public threads (docs/salesforce.md, "Modelled").

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

struct SaveError {
  std::string code;
  std::string message;
  /// API names; absent on errors of the request, present (maybe empty) on errors of the save itself.
  std::optional<std::vector<std::string>> fields{};
  int status = 400;
  std::string not_modelled{};  ///< what was asked for and is not there; not empty means 501
};
using SaveErrors = std::vector<SaveError>;

/// "Subject: data value too large: ... (max length=255)" and its like.
SaveError field_error(std::string code, const Field& field, std::string_view complaint);
/// An error of the save that names no field.
SaveError record_error(std::string code, std::string message, int status = 400);
SaveError request_error(std::string code, std::string message, int status = 400);

/// 501: a real org would know this, the fake does not.
SaveError not_modelled_error(std::string what);
/// "No such column 'Foo' on sobject of type Case", unless a real org has that field.
SaveError unknown_field_error(const SObjectType& type, std::string_view name);

/// "Required fields are missing: [Title, Body]".
SaveError missing_fields_error(std::vector<std::string> fields);
/// "insufficient access rights on object id": the row is somebody else's.
SaveError no_rights_error();
/// "entity type cannot be inserted: Case": the user has no right to create rows of that object.
SaveError no_right_to_create_error(const SObjectType& type);
/// "You do not have the level of access necessary...": no rights to a file, or a sent EmailMessage.
SaveError no_access_error();
/// "entity is deleted": 404 for the row itself, 400 as a foreign key.
SaveError deleted_error(int status);
/// Of the row's own id.
SaveError malformed_id_error(const SObjectType& type, std::string_view id);

}  // namespace casewire::sim::salesforce
