#include "bridge/reconcile/former_sends.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text/strings.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/ledger_reach.hpp"
#include "bridge/reconcile/reply_reading.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge {
namespace {

/// HTTP tells whole seconds, rounded down twice on the way: the vendor's clock, and what it is ahead of ours.
constexpr milliseconds kDateCoarse{2'000};

struct Source {
  const char* name;
  replies::Kind kind;
  std::string soql;
};

/// Whatever the settings count as replies: the others never went out.
std::vector<Source> sources_of(const Config::Salesforce& settings, const std::string& case_ids) {
  const auto on_cases = " AND ParentId IN " + case_ids;
  std::vector<Source> sources{
      {"mails", replies::Kind::mail,
       "SELECT Id, CreatedDate, TextBody, HtmlBody FROM EmailMessage WHERE Incoming = false AND Status = '3'" + on_cases}};
  if (settings.public_comments_are_replies) {
    sources.push_back({"comments", replies::Kind::comment,
                       "SELECT Id, CreatedDate, CommentBody FROM CaseComment WHERE IsPublished = true" + on_cases});
  }
  if (settings.public_posts_are_replies) {
    sources.push_back(
        {"posts", replies::Kind::post,
         "SELECT Id, CreatedDate, IsRichText, Body, LinkUrl FROM FeedItem WHERE " + std::string(kPublicPosts) + on_cases});
  }
  return sources;
}

}  // namespace

bool may_be_of_a_former_self(const Context& context, const Vendor& vendor, WallTime at) {
  if (at < ledger_reach(context.config, context.runtime.now())) return true;
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
  const auto sources = sources_of(context.config.salesforce, salesforce::soql_list(case_ids));
  std::vector<salesforce::NamedQuery> queries;
  for (const auto& source : sources) queries.push_back({source.name, source.soql});
  const auto rows = context.salesforce.query_all_of(queries, trace);
  if (!rows) return fail(rows.error());
  for (const auto& source : sources) {
    for (const auto& json : salesforce::member_of(*rows, source.name)) {
      const auto row = reply_row(json, source.kind);
      if (context.store.ledger_entry("reply:" + row.id)) continue;
      replies.push_back({row.id, replies::reply_text(row.text, row.html), context.vendors.opencx_time(row.created_at)});
    }
  }
  std::sort(replies.begin(), replies.end(),
            [](const auto& a, const auto& b) { return std::tie(a.created_at, a.row_id) < std::tie(b.created_at, b.row_id); });
  return replies;
}

}  // namespace casewire::bridge
