#include <algorithm>

#include "bridge/cases/delivery_report.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/closing.hpp"
#include "bridge/reconcile/delivery_reports.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/left_to_ai.hpp"
#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {
namespace {

/// A hint is only a hint: the session may never have existed, or was deleted.
JobResult session_unreadable(const SessionRun& run, const Failure& failure) {
  auto verdict = judged(run.context, run.job.subject, failure);
  if (verdict.code != "404" || verdict.kind != Failure::Kind::permanent) return failed(std::move(verdict));
  run.context.events.tell(happening::session_gone, {{"session", run.session_id}});
  return finished();
}

/// The history was read after the session, and a handoff may lie between: its summary stands on the session alone.
bool is_older_than_handoff(const SessionRun& run) {
  const auto last = std::find_if(run.history.rbegin(), run.history.rend(), [](const auto& item) { return item.is_handoff(); });
  if (last == run.history.rend()) return false;
  const auto read_at = parse_iso8601(run.session.updated_at);
  return !run.session.handed_off || (read_at && *read_at < last->at);
}

/// The AI has it.
JobResult left_alone(const SessionRun& run) {
  auto result = done(run);
  if (auto mark = left_to_the_ai(run); !mark.name.empty()) result.marks.push_back(std::move(mark));
  return result;
}

Stopped write_case_id_back(const SessionRun& run) {
  const auto& case_id = run.links.back().case_id;
  if (run.session.case_id == case_id) return std::nullopt;
  const auto written = run.context.opencx.write_case_id(run.session_id, case_id, run.job.traceparent);
  if (written) return std::nullopt;
  // A convenience for people in the Inbox, by a way that is not documented: its refusal must not hold up the conversation.
  if (written.error().kind != Failure::Kind::permanent) return failed(written.error());
  run.context.events.tell(happening::case_id_not_written, {{"session", run.session_id}, {"problem", text_of(written.error())}});
  return std::nullopt;
}

}  // namespace

cases::Missing find_missing(const SessionRun& run) {
  const auto ledger = run.context.store.ledger_about(run.session_id);
  const auto own = cases::own_sends(ledger, run.history, run.context.vendors.opencx.difference());
  Changes found{.at = run.context.runtime.now()};
  for (const auto& entry : ledger) {
    const auto send = std::find_if(own.begin(), own.end(), [&](const auto& it) { return it.ledger_key == entry.key; });
    if (send == own.end() || !send->was_open || send->item_id.empty()) continue;
    auto settled = entry;
    settled.done = true;
    settled.result = send->item_id;
    found.ledger.push_back(std::move(settled));
  }
  if (!found.ledger.empty()) run.context.store.commit(found);
  return cases::missing_of(run.history, ledger, own);
}

JobResult done(const SessionRun& run) {
  auto result = finished();
  const auto& version = run.session.updated_at;
  const auto at = parse_iso8601(version);
  if (at && is_settled(*at, run.context.vendors.opencx.time_there(run.context.runtime.now())))
    result.marks.push_back({"seen:" + run.job.subject, version, *at});
  return result;
}

JobResult reconcile_session(const Context& context, const Job& job) {
  SessionRun run{.context = context,
                 .job = job,
                 .out_of_time = context.runtime.steady_now() + kJobTime,
                 .session_id = job.subject.substr(std::string_view("session:").size())};
  auto session = context.opencx.session(run.session_id, job.traceparent);
  if (!session) return session_unreadable(run, session.error());
  is_there(context, job.subject);
  run.session = std::move(*session);
  if (!is_of_interest(context.store, run.session)) return left_alone(run);
  run.links = context.store.links_of_session(run.session_id);
  // The address is frozen with the first link: a merged or renamed contact does not move the conversation (F59).
  auto conversation = run.links.empty() ? conversation_of(run.session) : run.links.back().conversation;
  if (job.conversation != conversation) return moved(std::move(conversation));

  auto history = context.opencx.history(run.session_id, job.traceparent);
  if (!history) return failed(judged(context, job.subject, history.error()));
  run.history = std::move(*history);
  if (is_older_than_handoff(run)) {
    auto fresh = context.opencx.session(run.session_id, job.traceparent);
    if (!fresh) return failed(fresh.error());
    run.session = std::move(*fresh);
  }
  if (cases::is_mail_server(run.session.contact_email)) {
    if (auto stopped = tell_of_undelivered(run)) return *stopped;
    if (run.links.empty() && !cases::is_with_people(run.session, run.history)) return done(run);
  }
  run.missing = find_missing(run);
  if (!run.missing.is_empty() || run.links.empty()) {
    if (auto stopped = bring_case_up_to_date(run)) return *stopped;
  }
  if (run.links.empty()) return left_alone(run);  // of interest at first sight only: the AI has it
  if (auto stopped = copy_files(run)) return *stopped;
  if (auto stopped = write_case_id_back(run)) return *stopped;
  if (auto stopped = close_what_courtesy_opened(context, job, run.session_id)) return *stopped;
  auto result = done(run);
  if (const auto case_id = closing_that_waits(context, run.session_id, run.history)) {
    result.marks.push_back(closing_goes_on(run.session_id));
    result.hints.push_back({case_subject(*case_id), conversation, job.traceparent});
  }
  return result;
}

}  // namespace casewire::bridge
