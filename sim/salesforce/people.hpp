#pragma once
// What people do in the org's pages: reps come to work, answer, comment, change records. Each is one transaction.
// Errors are Salesforce's own: "CODE: text".

#include <vector>

#include "sim/salesforce/org_state.hpp"

namespace casewire::sim::salesforce {

using Outcome = Result<std::string, std::string>;  ///< a record id, or the error

// people/reps.cpp
Outcome add_rep(OrgState& org, std::string_view name, std::string_view queue);
std::string add_queue(OrgState& org, std::string_view name);
/// The id of the queue, or else of the user, of that name.
Outcome owner_named(const OrgState& org, std::string_view name);
Result<void, std::string> set_active(OrgState& org, std::string_view user_id, bool active);

// people/replies.cpp
/// Where mail on this Case goes: SuppliedEmail, or else its contact's address.
std::string customer_of(const Row& parent);
Outcome write_mail(OrgState& org, const std::string& user_id, std::string_view case_id, const RepMail& mail);
Outcome attach_files(OrgState& org, const std::string& user_id, std::string_view record_id, const std::vector<OrgFile>& files);
Outcome write_comment(OrgState& org, const std::string& user_id, std::string_view case_id, std::string_view text, bool published);
Result<void, std::string> edit_comment(OrgState& org, const std::string& user_id, std::string_view comment_id,
                                       std::string_view text);
/// In the Case's feed: for everybody who sees the Case, or for internal users only. A post carries one file at most.
Outcome write_post(OrgState& org, const std::string& user_id, std::string_view case_id, const FeedPost& post);
/// A person who may change and delete this row if it is a comment of hers.
Actor author(const OrgState& org, const std::string& user_id, const Row& row);

// people/composing.cpp
Result<ComposedMail, std::string> compose_mail(OrgState& org, const std::string& user_id, std::string_view case_id, RepMail mail);

// people/records.cpp
Outcome create_record(OrgState& org, const std::string& user_id, std::string_view object, const Json& fields);
Result<void, std::string> update_record(OrgState& org, const std::string& user_id, std::string_view record_id,
                                        const Json& fields);
Result<void, std::string> delete_record(OrgState& org, const std::string& user_id, std::string_view record_id);
Result<void, std::string> undelete_record(OrgState& org, const std::string& user_id, std::string_view record_id);
Result<void, std::string> merge_records(OrgState& org, const std::string& user_id, std::string_view master_id,
                                        const std::vector<std::string>& loser_ids);

}  // namespace casewire::sim::salesforce
