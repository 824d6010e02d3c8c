#include "sim/salesforce/records/refusals.hpp"

#include <algorithm>
#include <array>

namespace casewire::sim::salesforce {
namespace {

struct Refusal {
  std::string_view code;
  int status;
  bool save;
  std::string_view message;
};

// Sorted by code.
constexpr std::array kRefusals{
    Refusal{"API_CURRENTLY_DISABLED", 403, false, "API is disabled for this User"},
    Refusal{"API_DISABLED_FOR_ORG", 403, false, "The REST API is not enabled for this Organization."},
    Refusal{"CANNOT_EXECUTE_FLOW_TRIGGER", 400, true,
            "We can't save this record because the \xE2\x80\x9C"
            "Case routing\xE2\x80\x9D process failed. Give your Salesforce admin these details."},
    Refusal{"CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", 400, true,
            "CaseTrigger: execution of BeforeInsert\n\ncaused by: System.NullPointerException: Attempt to de-reference a null "
            "object\n\nTrigger.CaseTrigger: line 3, column 1"},
    Refusal{"CIRCULAR_DEPENDENCY", 400, true, "attempt to violate hierarchy constraints"},
    Refusal{"CONCURRENT_REQUESTS_LIMIT_EXCEEDED", 403, false, "ConcurrentRequests (Concurrent API Requests) Limit exceeded."},
    Refusal{"DUPLICATES_DETECTED", 400, false, "Use one of these records?"},
    Refusal{"DUPLICATE_VALUE", 400, true, "duplicate value found: <unknown> duplicates value on record with id: <unknown>"},
    Refusal{"ENTITY_IS_DELETED", 404, true, "entity is deleted"},
    Refusal{"ENTITY_IS_LOCKED", 400, true, "the entity is locked for editing"},
    Refusal{"EXCEEDED_ID_LIMIT", 400, false, "record limit reached. cannot submit more than 200 records into this call"},
    Refusal{"FIELD_CUSTOM_VALIDATION_EXCEPTION", 400, true, "Please complete this record before you save it."},
    Refusal{"FIELD_INTEGRITY_EXCEPTION", 400, true, "id value of incorrect type"},
    Refusal{"FORBIDDEN", 403, false, "You do not have access to the Apex class named: OpenCXNotifier"},
    Refusal{"INACTIVE_OWNER_OR_USER", 400, true, "operation performed with inactive user as owner of case"},
    Refusal{"INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE", 400, true,
            "Updates can't be made during maintenance. The organization is in read-only mode."},
    Refusal{"INSUFFICIENT_ACCESS", 403, false, "You do not have permission to view this record."},
    Refusal{"INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", 400, true, "insufficient access rights on cross-reference id"},
    Refusal{"INSUFFICIENT_ACCESS_OR_READONLY", 403, true, "insufficient access rights on object id"},
    Refusal{"INVALID_CROSS_REFERENCE_KEY", 404, true, "invalid cross reference id"},
    Refusal{"INVALID_EMAIL_ADDRESS", 400, true, "Email: invalid email address: dana@example.test"},
    Refusal{"INVALID_FIELD", 400, false, "No such column 'Unknown__c' on sobject of type Case"},
    Refusal{"INVALID_FIELD_FOR_INSERT_UPDATE", 400, true,
            "Unable to create/update fields: Status. Please check the security settings of this field and verify that it is "
            "read/write for your profile or permission set."},
    Refusal{"INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", 400, true, "Status: bad value for restricted picklist field"},
    Refusal{"INVALID_QUERY_LOCATOR", 400, false, "invalid query locator"},
    Refusal{"INVALID_SESSION_ID", 401, false, "Session expired or invalid"},
    Refusal{"JSON_PARSER_ERROR", 400, false, "Unexpected end-of-input: was expecting a value at [line:1, column:1]"},
    Refusal{"LIMIT_EXCEEDED", 400, true, "limit exceeded"},
    Refusal{"MALFORMED_ID", 400, true, "malformed id"},
    Refusal{"MALFORMED_QUERY", 400, false,
            "\nFROM Contact WHERE Email = 'dana@example.test'\n                      ^\nERROR at Row:1:Column:23\n"
            "unexpected token: '<EOF>'"},
    Refusal{"NOT_FOUND", 404, false, "The requested resource does not exist"},
    Refusal{"OPERATION_TOO_LARGE", 400, false, "exceeded 100000 distinct ids"},
    Refusal{"QUERY_TIMEOUT", 400, false, "Your query request was running for too long."},
    Refusal{"REQUEST_LIMIT_EXCEEDED", 403, false, "TotalRequests Limit exceeded."},
    Refusal{"REQUEST_RUNNING_TOO_LONG", 400, false, "Your request was running for too long, and has been stopped."},
    Refusal{"REQUIRED_FIELD_MISSING", 400, true, "Required fields are missing"},
    Refusal{"SERVER_UNAVAILABLE", 503, false, "Server too busy"},
    Refusal{"STORAGE_LIMIT_EXCEEDED", 400, true, "storage limit exceeded"},
    Refusal{"STRING_TOO_LONG", 400, true, "Description: data value too large (max length=32000)"},
    Refusal{"TOO_MANY_APEX_REQUESTS", 400, false, "Too many Apex requests have been sent"},
    Refusal{
        "TXN_SECURITY_NO_ACCESS", 403, false,
        "The operation you requested isn't allowed due to a security policy in your organization. Contact your administrator."},
    Refusal{"UNABLE_TO_LOCK_ROW", 400, true, "unable to obtain exclusive access to this record"},
    Refusal{
        "UNABLE_TO_LOCK_ROW_IN_TRIGGER", 400, true,
        "CaseTrigger: execution of AfterInsert\n\ncaused by: System.DmlException: Update failed. First exception on row 0; first "
        "error: UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record: []"},
    Refusal{"UNKNOWN_EXCEPTION", 500, true,
            "An unexpected error occurred. Please include this ErrorId if you contact support: 1452464078-314667 (-1173371248)"},
    Refusal{"UNSUPPORTED_API_VERSION", 410, false, "Invalid Api version specified on URL"},
};

}  // namespace

std::optional<SaveError> refusal_error(std::string_view code) {
  const auto found = std::find_if(kRefusals.begin(), kRefusals.end(), [&](const auto& one) { return one.code == code; });
  if (found == kRefusals.end()) return std::nullopt;
  const std::string message{found->message};
  // One code, two meanings; ours has a name of its own so that both can be asked for.
  const std::string shown{code == "CONCURRENT_REQUESTS_LIMIT_EXCEEDED" ? "REQUEST_LIMIT_EXCEEDED"
                          : code == "UNABLE_TO_LOCK_ROW_IN_TRIGGER"    ? "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"
                                                                       : code};
  return found->save ? record_error(shown, message, found->status) : request_error(shown, message, found->status);
}

std::vector<std::string> refusal_error_codes(bool saves) {
  std::vector<std::string> codes;
  for (const auto& one : kRefusals)
    if (one.save == saves) codes.emplace_back(one.code);
  return codes;
}

}  // namespace casewire::sim::salesforce
