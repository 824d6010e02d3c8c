#pragma once
// A new org's first rows, from its org file: profiles, users, the organization, queues, case statuses, and the file's records.

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

/// The error names the row of the org file that Salesforce would refuse, in its words.
Result<void, std::string> found_org(OrgState& org);

/// What the options change of the file: fields and triggers that are not there, other statuses that close. The error names an
/// option that fits nothing.
Result<void, std::string> alter_org(OrgData& org, const OrgOptions& options);

/// The new queue's id.
std::string make_queue(OrgState& org, const OrgQueue& queue);
/// A user of the standard profile, ready to own Cases. Also how scenario reps come to be.
std::string make_user(OrgState& org, const OrgUser& user);
/// The queue's Group row, or nullptr.
const Row* find_queue(const OrgState& org, std::string_view name);

}  // namespace casewire::sim::salesforce
