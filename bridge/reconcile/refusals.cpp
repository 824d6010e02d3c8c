#include "bridge/reconcile/refusals.hpp"

namespace casewire::bridge {
namespace {

std::string key_of(const std::string& row_id) { return "refused:" + row_id; }

}  // namespace

void note_refusals(const Context& context, const std::string& case_id, const std::vector<replies::RefusedRow>& refused) {
  const auto now = context.runtime.now();
  Changes changes{.at = now};
  for (const auto& [row, why] : refused) {
    const auto modified_at = parse_iso8601(row.version);
    LedgerEntry entry{.key = key_of(row.id),
                      .about = case_id,
                      .done = true,
                      .begun_at = now,
                      .detail = std::string(name_of(why)),
                      .result = modified_at && is_settled(*modified_at, org_now(context)) ? row.version : std::string{}};
    const auto known = context.store.ledger_entry(entry.key);
    if (known && known->detail == entry.detail && (known->result == entry.result || entry.result.empty())) continue;
    if (!known || known->detail != entry.detail) {
      context.events.tell(happening::reply_refused, {{"case", case_id},
                                                     {"reply", row.id},
                                                     {"session", session_of(context.store, case_subject(case_id))},
                                                     {"reason", entry.detail}});
    }
    changes.ledger.push_back(std::move(entry));
  }
  if (!changes.ledger.empty()) context.store.commit(changes);
}

bool is_dealt_with(const Context& context, const std::string& row_id, const std::string& version) {
  const auto sent = context.store.ledger_entry("reply:" + row_id);
  if (sent && sent->done) {
    const auto at = parse_iso8601(version);
    return !at || *at <= context.vendors.salesforce.time_there(sent->begun_at) || sent->result.empty();
  }
  const auto refused = context.store.ledger_entry(key_of(row_id));
  return refused && refused->result == version;
}

}  // namespace casewire::bridge
