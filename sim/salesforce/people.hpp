#pragma once
// What people do in the org's pages: reps come to work, answer, comment, change records. Each is one transaction.
// Errors are Salesforce's own: "CODE: text".

#include <vector>

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

using Outcome = Result<std::string, std::string>;  ///< a record id, or the error

Outcome add_rep(OrgState& org, std::string_view name, std::string_view queue);
Outcome send_reply(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text,
                   const std::vector<OrgFile>& files);
Outcome write_comment(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text, bool published);
Result<void, std::string> update_record(OrgState& org, const std::string& user_id, std::string_view record_id,
                                        const Json& fields);

}  // namespace casewire::sim::salesforce
