#pragma once
// The org file: what makes one org different from another, as data. fixtures/orgs/service-cloud/org.json is a complete example
// and docs/org-file.md describes each member. Unknown members and unknown names are errors with line and column.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "sim/salesforce/schema/schema.hpp"

namespace casewire::sim::salesforce {

struct OrgUser {
  std::string key;  ///< its name inside the org file
  std::string first_name, last_name, username, email, profile;
};

struct OrgQueue {
  std::string name;
  std::vector<std::string> objects;
};

struct OrgCaseStatus {
  std::string name;
  bool is_default = false, closed = false;
};

/// "When a row of `object` is inserted (or updated so that one of `changed` differs) and holds `where`, tell the subscriber."
struct CalloutRule {
  std::string object;
  bool on_insert = false, on_update = false;
  std::vector<std::string> changed;                 ///< fields; for updates
  std::vector<std::pair<std::string, Json>> where;  ///< field and value, all must hold
  std::string case_field;                           ///< the field that holds the Case's id ("Id" for Case itself)
  std::string event;                                ///< "email.sent"
  bool names_by_15 = false;                         ///< the Case by 15 characters, as formulas and merge fields do
  std::string content_type = "application/json";    ///< what its author set; Apex itself says application/x-www-form-urlencoded
  bool is_active = true;                            ///< as its trigger is
};

struct OrgData {
  Schema schema;
  std::string name;
  std::string organization_name, organization_type, instance_name;
  bool sandbox = false;
  std::size_t organization_number = 1;  ///< its id is made of it
  std::vector<std::string> callback_urls;
  std::string scope;
  bool rotate_refresh_tokens = false;
  std::size_t daily_api_requests = 0;
  std::size_t query_rows = 0;  ///< in a page of a query's answer, at most
  std::vector<OrgUser> users;
  std::string integration_user, admin_user;  ///< keys
  std::vector<OrgQueue> queues;
  std::vector<OrgCaseStatus> case_statuses;
  std::string case_assignment_queue;  ///< empty: no active assignment rule
  std::string named_credential;
  std::vector<CalloutRule> callouts;
  /// Rows by object, written by the administrator when the org starts.
  std::vector<std::pair<std::string, Json>> records;
};

Result<OrgData> read_org_file(std::string_view text, std::string_view file);

}  // namespace casewire::sim::salesforce
