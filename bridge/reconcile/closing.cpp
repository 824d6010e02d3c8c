#include "bridge/reconcile/closing.hpp"

#include <algorithm>

#include "bridge/cases/missing.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/ledger_reach.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kWroteAgain = "contact wrote again";

Mark closing_waits(const std::string& session_id, const std::string& case_id) {
  return {"closing waits:" + session_id, case_id, {}};
}

/// The last time that the bridge wrote into the session: OpenCX opens a closed one again for it.
WallTime last_send(const Context& context, const std::string& session_id) {
  WallTime last{};
  for (const auto& entry : context.store.ledger_about(session_id)) {
    if (entry.key.starts_with("reply:")) last = std::max(last, entry.begun_at);
  }
  return last;
}

bool has_news(const Context& context, const std::vector<opencx::HistoryItem>& history) {
  return std::any_of(history.begin(), history.end(), [&](const auto& item) {
    if (!item.is_from_contact()) return false;
    const auto comment = context.store.ledger_entry("comment:" + item.id);
    return !comment || !comment->done || comment->detail == cases::kStranded;
  });
}

class Closing {
 public:
  Closing(const Context& context, const Job& job, const ClosedCase& closed) : context_(context), job_(job), closed_(closed) {}

  Stopped close(const Link& link) {
    const auto subject = session_subject(link.session_id);
    LedgerEntry entry{.key = "close:" + closed_.id + ":" + link.session_id + ":" + closed_.closed_at,
                      .about = closed_.id,
                      .done = true,
                      .begun_at = context_.runtime.now()};
    const auto before = context_.store.ledger_entry(entry.key);
    const bool is_settled = before && before->result != kWroteAgain;
    if (is_settled && before->begun_at > last_send(context_, link.session_id)) return std::nullopt;
    const auto history = context_.opencx.history(link.session_id, job_.traceparent);
    if (!history) return missing(link.session_id, entry, judged(context_, subject, history.error()));
    if (has_news(context_, *history)) {
      entry.result = kWroteAgain;
      context_.store.commit({.at = entry.begun_at,
                             .hints = {{subject, link.conversation, job_.traceparent}},
                             .ledger = {entry},
                             .marks = {closing_waits(link.session_id, closed_.id)}});
      return std::nullopt;
    }
    const auto closed = context_.opencx.close(link.session_id, job_.traceparent);
    if (!closed) return missing(link.session_id, entry, judged(context_, subject, closed.error()));
    context_.store.commit({.at = context_.runtime.now(), .ledger = {entry}});
    context_.events.tell(happening::session_closed, {{"case", closed_.id}, {"session", link.session_id}});
    return std::nullopt;
  }

 private:
  /// A session that was deleted in OpenCX has nobody left to be told.
  Stopped missing(const std::string& session_id, LedgerEntry entry, Failure failure) {
    if (failure.code != "404" || failure.kind != Failure::Kind::permanent) return failed(std::move(failure));
    entry.result = "session gone";
    context_.events.tell(happening::session_gone, {{"case", closed_.id}, {"session", session_id}, {"problem", text_of(failure)}});
    context_.store.commit({.at = context_.runtime.now(), .ledger = {std::move(entry)}});
    return std::nullopt;
  }

  const Context& context_;
  const Job& job_;
  const ClosedCase& closed_;
};

}  // namespace

Stopped close_sessions(const Context& context, const Job& job, const ClosedCase& closed, const std::vector<Link>& links) {
  // Its sessions were closed then, and may have been opened again since for another reason.
  const auto closed_at = parse_iso8601(closed.closed_at);
  if (closed_at && *closed_at < ledger_reach(context.config, context.runtime.now())) return std::nullopt;
  for (const auto& link : links) {
    const auto current = context.store.links_of_session(link.session_id);
    if (current.back().number != link.number) continue;  // it has moved on to another Case
    if (auto stopped = Closing(context, job, closed).close(link)) return stopped;
  }
  return std::nullopt;
}

std::optional<std::string> closing_that_waits(const Context& context, const std::string& session_id,
                                              const std::vector<opencx::HistoryItem>& history) {
  auto case_id = context.store.mark(closing_waits(session_id, {}).name);
  if (!case_id || case_id->empty() || has_news(context, history)) return std::nullopt;
  return case_id;
}

Mark closing_goes_on(const std::string& session_id) { return closing_waits(session_id, {}); }

Mark close_again(const std::string& session_id, const std::string& case_id) { return {"close again:" + session_id, case_id, {}}; }

Stopped close_what_courtesy_opened(const Context& context, const Job& job, const std::string& session_id) {
  const auto case_id = context.store.mark(close_again(session_id, {}).name);
  if (!case_id || case_id->empty()) return std::nullopt;
  const auto closed = context.opencx.close(session_id, job.traceparent);
  if (!closed) return failed(judged(context, session_subject(session_id), closed.error()));
  context.store.commit({.at = context.runtime.now(), .marks = {close_again(session_id, {})}});
  context.events.tell(happening::session_closed,
                      {{"case", *case_id}, {"session", session_id}, {"why", "nobody waits for an answer"}});
  return std::nullopt;
}

}  // namespace casewire::bridge
