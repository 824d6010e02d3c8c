// Changes of records in the pages: edit, delete, undelete, merge.

#include "sim/salesforce/people/transaction.hpp"

namespace casewire::sim::salesforce {
namespace {

Result<void, std::string> ended(Outcome done) {
  if (!done) return fail(done.error());
  return {};
}

}  // namespace

Outcome create_record(OrgState& org, const std::string& user_id, std::string_view object, const Json& fields) {
  Transaction transaction(org, person(org, user_id));
  auto id = transaction.create(object, fields);
  return transaction.done(std::move(id));
}

Result<void, std::string> update_record(OrgState& org, const std::string& user_id, std::string_view record_id,
                                        const Json& fields) {
  Row* row = row_of(org, record_id);
  if (!row) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  transaction.fail_with(org.saver.update(transaction.actor(), *row, fields).errors);
  return ended(transaction.done(row->id));
}

Result<void, std::string> delete_record(OrgState& org, const std::string& user_id, std::string_view record_id) {
  Row* row = row_of(org, record_id);
  if (!row) return fail(no_such_row());
  Transaction transaction(org, author(org, user_id, *row));
  transaction.fail_with(org.saver.remove(transaction.actor(), *row));
  return ended(transaction.done(row->id));
}

Result<void, std::string> undelete_record(OrgState& org, const std::string& user_id, std::string_view record_id) {
  Row* row = row_of(org, record_id);
  if (!row) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  transaction.fail_with(org.saver.restore(transaction.actor(), *row));
  return ended(transaction.done(row->id));
}

Result<void, std::string> merge_records(OrgState& org, const std::string& user_id, std::string_view master_id,
                                        const std::vector<std::string>& loser_ids) {
  Row* master = row_of(org, master_id);
  std::vector<Row*> losers;
  for (const auto& id : loser_ids) losers.push_back(row_of(org, id));
  if (!master) return fail(no_such_row());
  for (const Row* loser : losers)
    if (!loser) return fail(no_such_row());
  Transaction transaction(org, person(org, user_id));
  transaction.fail_with(org.saver.merge(transaction.actor(), *master, losers));
  return ended(transaction.done(master->id));
}

}  // namespace casewire::sim::salesforce
