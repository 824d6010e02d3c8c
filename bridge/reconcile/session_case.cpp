#include <algorithm>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/cases/pending.hpp"
#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/case_writing.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {
namespace {

/// What is to be written, and what the ledger learns when it is.
struct Plan {
  cases::Choice choice;
  cases::Handoffs covered;
  std::vector<cases::Pending> pending;
  std::set<cases::CommentMark> there;  ///< the bridge's comments on the Case: those found, then those written too
  LedgerEntry begun;                   ///< of the Case

  bool creates() const { return choice.kind == cases::Choice::Kind::create; }
};

std::string address_in(std::string_view conversation) {
  return conversation.starts_with("contact:") ? std::string(conversation.substr(8)) : std::string{};
}

std::string case_key(const SessionRun& run, int number) {
  return "case:" + cases::text_of(cases::Handoff{run.session_id, number});
}

bool has_lost_its_case(const SessionRun& run, const CaseReading& reading) {
  return !run.links.empty() && std::none_of(reading.own_cases.begin(), reading.own_cases.end(), [&](const auto& known) {
    return salesforce::is_same_id(known.id, run.links.back().case_id);
  });
}

Plan plan_of(const SessionRun& run, const cases::Choice& choice, const CaseReading& reading) {
  Plan plan{.choice = choice, .covered = {}, .pending = {}, .there = {}, .begun = {}};
  // The ledger knows which handoff was the Case's reason.
  std::optional<std::string> last_described;
  const auto entry = run.context.store.ledger_entry(case_key(run, choice.number));
  if (entry && !entry->detail.empty()) last_described = entry->detail;
  plan.covered = cases::covered_handoffs(run.missing, choice, last_described, reading.own_cases);
  plan.pending = cases::pending_comments(run.history, run.missing, plan.covered, run.session.summary);
  if (const auto found = reading.comments.find(choice.case_id); found != reading.comments.end()) plan.there = found->second;
  plan.begun = {.key = case_key(run, choice.number), .about = run.session_id, .begun_at = run.context.runtime.now()};
  if (plan.creates() && !run.missing.handoffs.empty()) plan.begun.detail = run.missing.handoffs.back()->id;
  // A create whose answer was lost may still be done, and its Case describes less than this one would: a comment that says what the
  // description says too is better than a summary that stands nowhere.
  if (last_described) plan.begun.detail = *last_described;
  return plan;
}

Outcome<WrittenCase> write(const SessionRun& run, Plan& plan, const CaseReading& reading) {
  CaseWriting writing{.choice = plan.choice, .session_id = run.session_id, .comments = {}};
  for (const auto& one : plan.pending) {
    for (const auto& comment : one.comments) {
      const bool has_room = writing.comments.size() < kCommentsPerCall;
      if (has_room && !plan.there.contains(comment.mark)) writing.comments.push_back(comment);
    }
  }
  if (plan.creates()) {
    writing.draft = cases::draft_case(run.session, run.history);
    writing.contact_id = reading.contact_id;
    run.context.store.commit({.at = run.context.runtime.now(), .ledger = {plan.begun}});
  }
  if (!plan.creates() && writing.comments.empty()) return WrittenCase{.id = plan.choice.case_id};
  auto written = write_case(run.context.salesforce, writing, run.job.traceparent);
  if (written) {
    for (const auto& comment : writing.comments) plan.there.insert(comment.mark);
  }
  return written;
}

/// Everything on a Case that the bridge itself opened is its business. On a Case that it finds without remembering it (a restored
/// or lost store), what is there already may have been mailed by its former self (F80).
WallTime replies_since(const SessionRun& run, const Plan& plan) {
  auto& store = run.context.store;
  if (plan.creates() || store.ledger_entry(case_key(run, plan.choice.number))) return WallTime{};
  const auto others = store.links_of_case(plan.choice.case_id);
  return others.empty() ? run.context.runtime.now() : others.front().replies_since;
}

Stopped record(SessionRun& run, Plan plan, const WrittenCase& written) {
  const auto& context = run.context;
  const auto now = context.runtime.now();
  Changes changes{.at = now};
  const auto remember = [&](std::string_view item_id) {
    changes.ledger.push_back(
        {.key = "comment:" + std::string(item_id), .about = run.session_id, .done = true, .begun_at = now, .result = written.id});
  };
  // The customer's words on a Case that was closed meanwhile would be read by nobody: the next run opens the follow-up for them.
  const bool lost_the_race = written.is_closed && !plan.creates() && run.missing.has_news_of_contact();
  bool is_complete = true;
  for (const auto id : plan.covered) remember(id);
  for (const auto& one : plan.pending) {
    const bool is_written = std::all_of(one.comments.begin(), one.comments.end(),
                                        [&](const auto& comment) { return plan.there.contains(comment.mark); });
    if (is_written && !(lost_the_race && one.item->is_from_contact())) remember(one.item->id);
    is_complete = is_complete && is_written;
  }
  if (plan.creates()) {
    plan.begun.done = true;
    plan.begun.result = written.id;
    changes.ledger.push_back(std::move(plan.begun));
  }
  if (plan.choice.is_new_link) {
    changes.links.push_back({.session_id = run.session_id,
                             .number = plan.choice.number,
                             .case_id = written.id,
                             .conversation = run.job.conversation,
                             .replies_since = replies_since(run, plan)});
    changes.marks.push_back(was_on_case(run.job.conversation, written.id));
    context.log.info(plan.creates() ? "case opened" : "case joined", {{"session", run.session_id}, {"case", written.id}});
  }
  // The sweep need not look at what we made ourselves; a closed Case it must.
  const auto modified_at = parse_iso8601(written.system_modstamp);
  if (modified_at && !written.is_closed) {
    changes.marks.push_back({"seen:" + case_subject(written.id), written.system_modstamp, *modified_at});
  }
  context.store.commit(changes);
  if (plan.choice.is_new_link) run.links.push_back(changes.links.front());
  if (lost_the_race || !is_complete) return again(kOneClockTick);
  return std::nullopt;
}

}  // namespace

JobResult follow_lost_case(const SessionRun& run) {
  const auto& linked = run.links.back().case_id;
  const auto& context = run.context;
  const auto fate = fate_of_case(context, linked, run.job.traceparent);
  if (!fate) return failed(fate.error());
  if (fate->merged_into.empty()) {
    return failed({.kind = Failure::Kind::permanent,
                   .system = "salesforce",
                   .code = "ENTITY_IS_DELETED",
                   .message = "the Case " + linked + " of this session was deleted"});
  }
  Changes relinked{.at = context.runtime.now(),
                   .hints = {{.subject = case_subject(fate->merged_into), .conversation = run.job.conversation}}};
  relinked.links = {run.links.back()};
  relinked.links.front().case_id = fate->merged_into;
  context.store.commit(relinked);
  context.log.info("case merged", {{"from", linked}, {"into", fate->merged_into}, {"session", run.session_id}});
  return again(kOneClockTick);
}

Stopped bring_case_up_to_date(SessionRun& run) {
  const auto reading = read_cases(run.context.salesforce,
                                  {.session_id = run.session_id,
                                   .linked_case_id = run.links.empty() ? std::string{} : run.links.back().case_id,
                                   .contact_email = address_in(run.job.conversation)},
                                  run.job.traceparent);
  if (!reading) return failed(reading.error());
  if (has_lost_its_case(run, *reading)) return follow_lost_case(run);
  const auto choice = cases::choose_case({.session_id = run.session_id,
                                          .links = run.links,
                                          .own_cases = reading->own_cases,
                                          .open_cases_of_contact = reading->open_cases_of_contact,
                                          .needs_an_open_case = run.links.empty() || run.missing.has_news_of_contact()});
  // Only a handoff opens a Case: what the AI has not given away stays with the AI.
  if (choice.kind == cases::Choice::Kind::create && !run.session.handed_off) return done(run);
  auto plan = plan_of(run, choice, *reading);
  run.comments_there = plan.there;
  const auto written = write(run, plan, *reading);
  if (!written) return failed(written.error());
  return record(run, std::move(plan), *written);
}

}  // namespace casewire::bridge
