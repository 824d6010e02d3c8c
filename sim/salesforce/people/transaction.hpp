#pragma once
// One act of a person: several saves, all of them or none.

#include "sim/salesforce/people.hpp"

namespace casewire::sim::salesforce {

/// People work in pages and Apex, where assignment rules run only when asked for.
Actor person(const OrgState& org, const std::string& user_id);
/// "CODE: text" of the first error.
std::string told(const SaveErrors& errors);
/// "INVALID_CROSS_REFERENCE_KEY: invalid cross reference id".
std::string no_such_row();
/// The row of an id in either form, deleted or not; nullptr when there is none.
Row* row_of(OrgState& org, std::string_view id);

class Transaction {
 public:
  Transaction(OrgState& org, Actor actor);
  const Actor& actor() const { return actor_; }
  /// The new row's id; empty after an error, which done() then tells.
  std::string create(std::string_view object, const Json& fields);
  /// Puts the files on a row: a ContentVersion, whose ids it returns, and a link each.
  std::vector<std::string> attach(const std::string& record_id, const std::vector<OrgFile>& files);
  void fail_with(const SaveErrors& errors);
  /// Commits, or takes everything back. `id`: what the caller is told.
  Outcome done(std::string id);

 private:
  OrgState& org_;
  Actor actor_;
  Store::Mark start_;
  std::string error_;
};

}  // namespace casewire::sim::salesforce
