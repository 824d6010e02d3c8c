#include <algorithm>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/courtesy.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/cases/pending.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/adoption.hpp"
#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/case_writing.hpp"
#include "bridge/reconcile/closing.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/left_to_ai.hpp"
#include "bridge/reconcile/reply_reading.hpp"
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
  bool is_for_a_rep = true;            ///< what is missing needs an open Case

  bool creates() const { return choice.kind == cases::Choice::Kind::create; }
};

bool has_lost_its_case(const SessionRun& run, const CaseReading& reading) {
  const auto& known = reading.marked.cases;
  return !run.links.empty() && std::none_of(known.begin(), known.end(), [&](const auto& one) {
    return salesforce::is_same_id(one.id, run.links.back().case_id);
  });
}

bool stands_on(const SessionRun& run, const opencx::HistoryItem& item, const std::string& case_id) {
  const auto entry = run.context.store.ledger_entry("comment:" + item.id);
  return entry && entry->result == case_id;
}

bool stands_on_a_case(const SessionRun& run, const opencx::HistoryItem& item) {
  const auto entry = run.context.store.ledger_entry("comment:" + item.id);
  return entry && entry->done && !entry->result.empty();
}

/// Whether something is missing that a rep must see. What waits for nobody may stand on the closed Case that it answers.
bool needs_an_open_case(const SessionRun& run, const CaseReading& reading) {
  if (run.links.empty()) return true;
  if (!run.missing.handoffs.empty() || !run.missing.stranded.empty()) return true;
  const auto& known = reading.marked.cases;
  const auto current =
      std::find_if(known.begin(), known.end(), [&](const auto& one) { return one.id == run.links.back().case_id; });
  if (current == known.end() || !current->is_closed || !current->closed_at) return run.missing.needs_an_open_case();
  return std::any_of(run.missing.messages.begin(), run.missing.messages.end(), [&](const auto* item) {
    return item->is_from_contact() && !cases::waits_for_nobody(*item, *current->closed_at);
  });
}

Plan plan_of(const SessionRun& run, const cases::Choice& choice, const CaseReading& reading) {
  Plan plan{.choice = choice, .covered = {}, .pending = {}, .there = {}, .begun = {}};
  plan.covered = cases::covered_handoffs(run.history, run.missing, choice);
  auto missing = run.missing;
  std::erase_if(missing.stranded, [&](const auto* item) { return stands_on(run, *item, choice.case_id); });
  plan.pending = cases::pending_comments(run.history, missing, plan.covered, run.session.summary);
  plan.there = cases::marks_on(reading.marked.comments, choice.case_id);
  const auto key = cases::case_key({run.session_id, choice.number});
  plan.begun = {.key = key, .about = run.job.conversation, .begun_at = run.context.runtime.now()};
  if (plan.creates()) plan.begun.detail = cases::last_described_in(run.history);
  // A create whose answer was lost may still be done, and its Case describes less than this one would: a comment that says what the
  // description says too is better than a summary that stands nowhere.
  const auto entry = run.context.store.ledger_entry(key);
  if (entry && !entry->detail.empty()) plan.begun.detail = entry->detail;
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
    // From here on whatever the contact writes is of interest: the Case may be there before the answer is.
    run.context.store.commit(
        {.at = run.context.runtime.now(), .ledger = {plan.begun}, .marks = {was_on_case(run.job.conversation)}});
  }
  if (!plan.creates() && writing.comments.empty()) return WrittenCase{.id = plan.choice.case_id};
  // Where the store is lost, nothing else tells which conversations are on a Case that was made for another (adoption.hpp).
  if (!plan.creates() && plan.choice.is_new_link) {
    for (auto& comment : writing.comments) cases::name_session(comment, run.session_id);
  }
  auto written = write_case(run.context, writing, run.job.traceparent);
  if (written) {
    for (const auto& comment : writing.comments) plan.there.insert(comment.mark);
  }
  if (written && !writing.comments.empty()) {
    run.context.events.tell(
        happening::comments_written,
        {{"session", run.session_id}, {"case", written->id}, {"comments", std::to_string(writing.comments.size())}});
  }
  return written;
}

/// What stands on a Case that somebody else made may have been mailed by him.
WallTime replies_since_with(const SessionRun& run, const Plan& plan) {
  if (plan.creates()) return {};
  const auto others = run.context.store.links_of_case(plan.choice.case_id);
  return replies_since(others, run.job.conversation).value_or(org_now(run.context));
}

/// The Case speaks of them now, or is the very one on which they stand.
void settle_stranded(const SessionRun& run, const Plan& plan, Changes& changes) {
  for (const auto* item : run.missing.stranded) {
    auto entry = run.context.store.ledger_entry("comment:" + item->id);
    const bool is_told = cases::is_stranded_note_there(*item, plan.there) || stands_on(run, *item, plan.choice.case_id);
    if (!entry || !is_told) continue;
    entry->detail.clear();
    changes.ledger.push_back(std::move(*entry));
  }
}

Stopped record(SessionRun& run, Plan plan, const WrittenCase& written) {
  const auto& context = run.context;
  const auto now = context.runtime.now();
  Changes changes{.at = now};
  const auto remember = [&](std::string_view item_id) {
    changes.ledger.push_back(
        {.key = "comment:" + std::string(item_id), .about = run.session_id, .done = true, .begun_at = now, .result = written.id});
  };
  // The customer's words on a Case that was closed meanwhile would be read by nobody: they stand there and are not written again, and
  // the next run opens a follow-up that speaks of them.
  const bool lost_the_race = written.is_closed && !plan.creates() && !plan.choice.until && plan.is_for_a_rep;
  bool is_complete = true;
  for (const auto id : plan.covered) remember(id);
  for (const auto& one : plan.pending) {
    const bool is_written = std::all_of(one.comments.begin(), one.comments.end(),
                                        [&](const auto& comment) { return plan.there.contains(comment.mark); });
    if (is_written && one.item != nullptr) remember(one.item->id);
    const bool is_for_a_rep = one.item != nullptr && (one.item->is_from_contact() || one.item->is_handoff());
    if (is_written && lost_the_race && is_for_a_rep) changes.ledger.back().detail = cases::kStranded;
    is_complete = is_complete && is_written;
  }
  if (!lost_the_race) settle_stranded(run, plan, changes);
  // Her courtesy opened the conversation again, for which nobody is left.
  if (written.is_closed && !plan.is_for_a_rep && run.missing.needs_an_open_case()) {
    changes.marks.push_back(close_again(run.session_id, written.id));
  }
  if (plan.creates()) {
    plan.begun.done = true;
    plan.begun.result = written.id;
    changes.ledger.push_back(std::move(plan.begun));
    changes.hints = left_meanwhile(run);
  }
  if (plan.choice.is_new_link) {
    changes.links.push_back({.session_id = run.session_id,
                             .number = plan.choice.number,
                             .case_id = written.id,
                             .conversation = run.job.conversation,
                             .replies_since = replies_since_with(run, plan)});
    changes.marks.push_back(was_on_case(run.job.conversation));
    context.events.tell(plan.creates() ? happening::case_opened : happening::case_joined,
                        {{"session", run.session_id}, {"case", written.id}});
  }
  context.store.commit(changes);
  if (plan.choice.is_new_link) run.links.push_back(changes.links.front());
  run.case_id = written.id;
  if (lost_the_race || !is_complete) return again(kOneClockTick);
  return std::nullopt;
}

}  // namespace

namespace {

Failure not_shown(const std::string& case_id) {
  return {.kind = Failure::Kind::transient,
          .system = "salesforce",
          .message = "the Case " + case_id + " of this session is not shown"};
}

}  // namespace

JobResult follow_lost_case(const SessionRun& run) {
  const auto& linked = run.links.back().case_id;
  const auto& context = run.context;
  const auto fate = fate_of_case(context, linked, run.job.traceparent);
  if (!fate) return failed(fate.error());
  if (fate->merged_into.empty()) {
    const bool is_believed = fate->is_deleted || (fate->is_gone && is_gone_for_good(context, case_subject(linked)));
    if (!is_believed) return failed(not_shown(linked));
    return failed({.kind = Failure::Kind::permanent,
                   .system = "salesforce",
                   .code = std::string(kDeleted),
                   .message = "the Case " + linked + " of this session was deleted"});
  }
  move_to_surviving(context, linked, fate->merged_into);
  context.store.commit({.at = context.runtime.now(),
                        .hints = {{.subject = case_subject(fate->merged_into), .conversation = run.job.conversation}}});
  context.events.tell(happening::case_merged, {{"from", linked}, {"into", fate->merged_into}, {"session", run.session_id}});
  return again(kOneClockTick);
}

/// A Case on which another conversation of the contact is, and that is not shown: it may have been merged, and then she belongs on the one
/// that is left (F75).
Stopped follow_merged_case(const SessionRun& run, const CaseReading& reading) {
  const auto& known = reading.marked.cases;
  for (const auto& id : question_of(run).case_ids) {
    const bool is_shown =
        std::any_of(known.begin(), known.end(), [&](const auto& one) { return salesforce::is_same_id(one.id, id); });
    if (is_shown || run.context.store.links_of_case(id).empty()) continue;
    const auto fate = fate_of_case(run.context, id, run.job.traceparent);
    if (!fate) return failed(fate.error());
    if (fate->merged_into.empty()) continue;
    move_to_surviving(run.context, id, fate->merged_into);
    return again(kOneClockTick);
  }
  return std::nullopt;
}

Stopped bring_case_up_to_date(SessionRun& run) {
  auto reading = read_cases(run.context, question_of(run), run.job.traceparent);
  if (!reading) return failed(reading.error());
  if (auto stopped = adopt(run, *reading)) return stopped;
  if (has_lost_its_case(run, *reading)) return follow_lost_case(run);
  if (run.missing.is_empty() && !run.links.empty()) return std::nullopt;
  if (auto stopped = follow_merged_case(run, *reading)) return stopped;
  const bool is_for_a_rep = needs_an_open_case(run, *reading);
  const bool is_with_people = cases::is_with_people(run.session, run.history);
  const auto choice = cases::choose_case({.session_id = run.session_id,
                                          .links = run.links,
                                          .cases = reading->marked.cases,
                                          .needs_an_open_case = is_for_a_rep,
                                          .is_with_people = is_with_people,
                                          .written_at = run.missing.written_at()});
  // What the AI has not given away stays with the AI. Words that stand on a Case, closed right before they came, keep their files.
  if (choice.kind == cases::Choice::Kind::none) {
    if (run.links.empty()) return std::nullopt;
    std::erase_if(run.missing.with_files, [&](const auto* item) { return !stands_on_a_case(run, *item); });
    return std::nullopt;
  }
  if (choice.until) run.missing.keep_until(*choice.until);
  if (auto stopped = recall_summaries(run)) return *stopped;
  auto plan = plan_of(run, choice, *reading);
  plan.is_for_a_rep = is_for_a_rep;
  run.comments_there = plan.there;
  const auto written = write(run, plan, *reading);
  if (!written) return failed(written.error());
  return record(run, std::move(plan), *written);
}

}  // namespace casewire::bridge
