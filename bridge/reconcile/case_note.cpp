#include "bridge/reconcile/case_note.hpp"

#include <algorithm>

#include "bridge/cases/transcript.hpp"
#include "bridge/reconcile/case_writing.hpp"

namespace casewire::bridge {
namespace {

std::string note_key(std::string_view note_id) { return "note:" + std::string(note_id); }

/// The answer was lost: the comments may be there.
Outcome<bool> stands_there(const Context& context, const CaseNote& note, const cases::CommentMark& mark, std::string_view trace) {
  const auto own_user = context.salesforce.own_user_id(trace);
  if (!own_user) return fail(own_user.error());
  const auto rows =
      context.salesforce.query_all_of({{"comments", "SELECT CommentBody, CreatedById FROM CaseComment WHERE ParentId = " +
                                                        salesforce::soql_literal(note.case_id)}},
                                      trace);
  if (!rows) return fail(rows.error());
  const auto& comments = salesforce::member_of(*rows, "comments");
  return std::any_of(comments.begin(), comments.end(), [&](const Json& row) {
    return salesforce::is_same_id(string_member(row, "CreatedById"), *own_user) &&
           cases::mark_in(string_member(row, "CommentBody")) == mark;
  });
}

}  // namespace

bool is_note_written(Store& store, std::string_view note_id) {
  const auto entry = store.ledger_entry(note_key(note_id));
  return entry && entry->done;
}

Stopped write_note(const Context& context, const CaseNote& note, std::string_view trace) {
  const auto known = context.store.ledger_entry(note_key(note.id));
  if (known && known->done) return std::nullopt;
  CaseWriting writing{.choice = {.kind = cases::Choice::Kind::append, .case_id = note.case_id},
                      .session_id = {},
                      .comments = cases::comments_of_note(note.id, note.text)};
  LedgerEntry entry{.key = note_key(note.id), .about = note.case_id, .begun_at = context.runtime.now()};
  bool is_there = false;
  if (known) {
    const auto found = stands_there(context, note, writing.comments.back().mark, trace);
    if (!found) return failed(found.error());
    is_there = *found;
  } else {
    context.store.commit({.at = entry.begun_at, .ledger = {entry}});
  }
  if (!is_there) {
    const auto written = write_case(context, writing, trace);
    if (!written) return failed(written.error());
    context.events.tell(
        happening::note_written,
        {{"case", note.case_id}, {"note", note.id}, {"session", session_of(context.store, case_subject(note.case_id))}});
  }
  entry.done = true;
  context.store.commit({.at = context.runtime.now(), .ledger = {entry}});
  return std::nullopt;
}

}  // namespace casewire::bridge
