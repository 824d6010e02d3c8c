#include "bridge/reconcile/former_sends.hpp"

#include <set>

#include "base/text/strings.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge {
namespace {

/// HTTP tells whole seconds, rounded down twice on the way: the vendor's clock, and what it is ahead of ours.
constexpr milliseconds kDateCoarse{2'000};

}  // namespace

bool may_be_of_a_former_self(const Context& context, const Vendor& vendor, WallTime at) {
  const auto ahead = vendor.clock_ahead().value_or(milliseconds{0});
  return at < context.started_at + (ahead > milliseconds{0} ? ahead + kDateCoarse : milliseconds{0});
}

Outcome<bool> was_sent_formerly(const Context& context, const Job& job, const cases::UnknownReply& reply,
                                const std::vector<Link>& links) {
  if (trimmed(reply.text).empty()) return false;
  std::set<std::string> sessions;
  for (const auto& link : links) sessions.insert(link.session_id);
  for (const auto& session : sessions) {
    const auto history = context.opencx.history(session, job.traceparent);
    if (!history) {
      auto failure = judged(context, session_subject(session), history.error());
      if (failure.code == "404" && failure.kind == Failure::Kind::permanent) continue;
      return fail(std::move(failure));
    }
    const auto* item = cases::former_send(reply, *history, cases::claimed_items(context.store.ledger_about(session)));
    if (item == nullptr) continue;
    context.store.commit({.at = context.runtime.now(),
                          .ledger = {{.key = "reply:" + reply.row_id,
                                      .about = session,
                                      .done = true,
                                      .begun_at = item->at,
                                      .detail = "sent by a former self",
                                      .result = item->id}}});
    context.events.tell(happening::reply_known, {{"reply", reply.row_id}, {"session", session}});
    return true;
  }
  return false;
}

Outcome<std::vector<cases::UnknownReply>> read_unknown_replies(const Context& context, const std::vector<std::string>& case_ids,
                                                               std::string_view trace) {
  std::vector<cases::UnknownReply> replies;
  if (case_ids.empty()) return replies;
  const auto rows = context.salesforce.query_all_of(
      {{"mails",
        "SELECT Id, CreatedDate, TextBody, HtmlBody FROM EmailMessage WHERE Incoming = false AND Status = '3' AND ParentId IN " +
            salesforce::soql_list(case_ids) + " ORDER BY CreatedDate, Id"}},
      trace);
  if (!rows) return fail(rows.error());
  for (const auto& row : salesforce::member_of(*rows, "mails")) {
    auto id = string_member(row, "Id");
    if (context.store.ledger_entry("reply:" + id)) continue;
    replies.push_back({.row_id = std::move(id),
                       .text = replies::reply_text(string_member(row, "TextBody"), string_member(row, "HtmlBody")),
                       .created_at = parse_iso8601(string_member(row, "CreatedDate")).value_or(WallTime{})});
  }
  return replies;
}

}  // namespace casewire::bridge
