#include "bridge/reconcile/afterthoughts.hpp"

#include "bridge/cases/missing.hpp"
#include "bridge/reconcile/case_note.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kDigestCharacters = 64, kDigestShown = 12;

std::string said_key(const std::string& row_id) { return "said:" + row_id; }
std::string deleted_note(const std::string& row_id) { return "deleted-" + row_id; }

/// Nullopt: it never went out.
std::optional<LedgerEntry> send_of(Store& store, const std::string& row_id) {
  auto sent = store.ledger_entry("reply:" + row_id);
  if (!sent || !sent->done || sent->result.empty()) return std::nullopt;
  return sent;
}

/// By its version: what was not touched since then says what it said.
bool was_touched_since(const Context& context, const replies::Row& row, const LedgerEntry& sent) {
  const auto at = parse_iso8601(row.version);
  return at && *at > context.vendors.salesforce.time_there(sent.begun_at);
}

std::string spoken_of(const replies::Row& row) {
  const std::string_view what = row.kind == replies::Kind::mail      ? "reply"
                                : row.kind == replies::Kind::comment ? "comment"
                                                                     : "post";
  return "The " + std::string(what) + " of " + iso8601(row.created_at).substr(0, 16) + "Z";
}

}  // namespace

LedgerEntry said_entry(const replies::Row& row, const std::string& session_id, std::string digest, WallTime now) {
  return {.key = said_key(row.id), .about = session_id, .done = true, .begun_at = now, .detail = std::move(digest)};
}

Stopped tell_of_afterthoughts(const Context& context, const Job& job, const std::string& case_id,
                              const replies::Selection& rows) {
  for (const auto& row : rows.chosen) {
    const auto sent = send_of(context.store, row.id);
    if (!sent || !was_touched_since(context, row, *sent)) continue;
    const auto said = context.store.ledger_entry(said_key(row.id));
    if (!said && sent->detail.size() != kDigestCharacters) continue;  // nobody knows what it said (former_sends.hpp)
    const auto says = cases::text_digest(replies::reply_text(row.text, row.html));
    if (says == (said ? said->detail : sent->detail)) continue;
    const CaseNote note{case_id, "edited-" + row.id + "-" + says.substr(0, kDigestShown),
                        spoken_of(row) + " was changed after it had been sent. The customer has it as it was then."};
    if (auto stopped = write_note(context, note, job.traceparent)) return stopped;
  }
  for (const auto& row : rows.deleted) {
    if (!send_of(context.store, row.id)) continue;
    const CaseNote note{case_id, deleted_note(row.id),
                        spoken_of(row) + " was deleted after it had been sent. The customer has it."};
    if (auto stopped = write_note(context, note, job.traceparent)) return stopped;
  }
  return std::nullopt;
}

std::vector<Mark> seen_versions(const Context& context, const std::vector<replies::Row>& rows) {
  const auto now = org_now(context);
  std::vector<Mark> marks;
  for (const auto& row : rows) {
    const auto at = parse_iso8601(row.version);
    const auto sent = send_of(context.store, row.id);
    if (at && sent && was_touched_since(context, row, *sent) && is_settled(*at, now))
      marks.push_back({"seen:reply:" + row.id, row.version, *at});
  }
  return marks;
}

bool is_deletion_dealt_with(Store& store, const std::string& row_id) {
  return !send_of(store, row_id) || is_note_written(store, deleted_note(row_id));
}

}  // namespace casewire::bridge
