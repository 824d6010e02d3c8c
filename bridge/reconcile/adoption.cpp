#include "bridge/reconcile/adoption.hpp"

#include <algorithm>
#include <optional>

#include "base/text/utf8.hpp"
#include "bridge/cases/clock_skew.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/former_sends.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/left_to_ai.hpp"
#include "bridge/reconcile/reply_reading.hpp"
#include "bridge/replies/text.hpp"

namespace casewire::bridge {
namespace {

void add_known(std::vector<std::string>& list, const std::string& value) {
  if (value.empty() || list.size() >= kKnownCasesMax) return;
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

std::vector<LedgerEntry> creates_of(const SessionRun& run) {
  auto entries = run.context.store.ledger_about(run.job.conversation);
  // Entries of version 0.1 are listed under the session.
  if (run.job.conversation != run.session_id) {
    for (auto& entry : run.context.store.ledger_about(run.session_id)) entries.push_back(std::move(entry));
  }
  std::erase_if(entries, [](const LedgerEntry& entry) { return !entry.key.starts_with("case:"); });
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return b.begun_at < a.begun_at; });
  return entries;
}

/// A copy may stand on a Case without the ledger's knowledge only if its answer was lost, or the store is older than it.
bool may_have_copies(const SessionRun& run) {
  for (const auto* item : run.missing.with_files) {
    if (may_be_of_a_former_self(run.context, run.context.vendors.opencx, item->at)) return true;
    for (const auto& file : item->attachments) {
      if (run.context.store.ledger_entry("file:" + file.id)) return true;
    }
  }
  return false;
}

cases::Memory memory_of(const SessionRun& run, const CaseReading& reading) {
  auto& store = run.context.store;
  cases::Memory memory{.session_id = run.session_id,
                       .conversation = run.job.conversation,
                       .is_with_people = cases::is_with_people(run.session, run.history),
                       .links = run.links,
                       .ledger = store.ledger_about(run.session_id),
                       .org_now = org_now(run.context)};
  for (auto& entry : creates_of(run)) memory.ledger.push_back(std::move(entry));
  for (const auto& known : reading.marked.cases) {
    const auto handoff = cases::handoff_in(known.handoff);
    if (!handoff || handoff->session_id == run.session_id) continue;
    for (auto& link : store.links_of_session(handoff->session_id)) memory.links.push_back(std::move(link));
  }
  return memory;
}

/// Of the links that are there or are about to be; nullopt: the Case has none.
std::optional<WallTime> replies_since_on(const Context& context, const Changes& changes, const std::string& case_id,
                                         std::string_view conversation) {
  auto links = context.store.links_of_case(case_id);
  for (const auto& link : changes.links) {
    if (link.case_id == case_id) links.push_back(link);
  }
  return replies_since(links, conversation);
}

/// The conversations that joined a Case, by what its comments say. They are taken up together with the one for which it was made, or the
/// Case's own job would look for its replies in that one alone, and take those of the others for unsent.
Stopped add_joined_sessions(const SessionRun& run, const CaseReading& reading, Changes& changes) {
  const auto& context = run.context;
  const auto is_linked = [&](const std::string& id) {
    return !context.store.links_of_session(id).empty() ||
           std::any_of(changes.links.begin(), changes.links.end(), [&](const Link& link) { return link.session_id == id; });
  };
  for (const auto& known : reading.marked.cases) {
    const auto comments = reading.marked.comments.find(known.id);
    if (comments == reading.marked.comments.end()) continue;
    for (const auto& comment : comments->second) {
      const auto& id = comment.mark.session_id;
      if (id.empty() || id == run.session_id || is_linked(id)) continue;
      const auto session = context.opencx.session(id, run.job.traceparent);
      if (!session) {
        auto failure = judged(context, session_subject(id), session.error());
        if (failure.code == "404" && failure.kind == Failure::Kind::permanent) continue;
        return failed(std::move(failure));
      }
      const auto conversation = conversation_of(*session);
      changes.links.push_back(
          {.session_id = id,
           .number = 1,
           .case_id = known.id,
           .conversation = conversation,
           .replies_since =
               replies_since_on(context, changes, known.id, conversation).value_or(context.vendors.org_time(comment.at))});
      changes.hints.push_back({.subject = session_subject(id), .conversation = conversation});
    }
  }
  return std::nullopt;
}

/// An agent's message that the ledger does not know is from the Inbox, unless it is older than this process: then a former self may have
/// sent it for a rep.
Stopped adopt_former_sends(SessionRun& run, const CaseReading& reading) {
  const auto is_suspicious = [&](const auto* item) {
    return item->is_from_agent() && may_be_of_a_former_self(run.context, run.context.vendors.opencx, item->at);
  };
  if (std::none_of(run.missing.messages.begin(), run.missing.messages.end(), is_suspicious)) return std::nullopt;
  std::vector<std::string> ids;
  for (const auto& known : reading.marked.cases) add_known(ids, known.id);
  const auto replies = read_unknown_replies(run.context, ids, run.job.traceparent);
  if (!replies) return failed(replies.error());
  Changes changes{.at = run.context.runtime.now()};
  auto claimed = cases::claimed_items(run.context.store.ledger_about(run.session_id));
  const auto claim = [&](std::string key, const opencx::HistoryItem& item) {
    claimed.insert(item.id);
    changes.ledger.push_back({.key = std::move(key),
                              .about = run.session_id,
                              .done = true,
                              .begun_at = item.at,
                              .detail = "sent by a former self",
                              .result = item.id});
  };
  for (const auto& reply : *replies) {
    if (const auto* item = cases::former_send(reply, run.history, claimed)) claim("reply:" + reply.row_id, *item);
  }
  for (const auto* item : run.missing.messages) {
    const bool brings_late_files = is_suspicious(item) && item->text == replies::text_of_late_files();
    if (brings_late_files) claim("reply:former:" + item->id, *item);
  }
  if (changes.ledger.empty()) return std::nullopt;
  run.context.store.commit(changes);
  run.context.events.tell(happening::replies_known,
                          {{"session", run.session_id}, {"replies", std::to_string(changes.ledger.size())}});
  run.missing = find_missing(run);
  return std::nullopt;
}

}  // namespace

CaseQuestion question_of(const SessionRun& run) {
  CaseQuestion question{.session_id = run.session_id};
  for (auto link = run.links.rbegin(); link != run.links.rend(); ++link) add_known(question.case_ids, link->case_id);
  for (const auto& entry : creates_of(run)) {
    if (!entry.done) add_known(question.handoffs, entry.key.substr(std::string_view("case:").size()));
    add_known(question.case_ids, entry.result);
    // The Case may have been merged into another since.
    const auto handoff = cases::handoff_in(std::string_view(entry.key).substr(std::string_view("case:").size()));
    if (!handoff || handoff->session_id == run.session_id) continue;
    for (const auto& link : run.context.store.links_of_session(handoff->session_id)) add_known(question.case_ids, link.case_id);
  }
  const auto address = std::string(address_of(run.job.conversation));
  if (character_count(address) <= cases::kSuppliedCharactersMax) question.contact_email = address;
  if (const auto times = run.missing.written_at(); !times.empty())
    question.closed_since = run.context.vendors.org_time(times.front()) - kClockSkew;
  return question;
}

Stopped adopt(SessionRun& run, CaseReading& reading) {
  if (may_have_copies(run)) {
    auto files = read_copied_files(run.context.salesforce, reading.marked.cases, run.job.traceparent);
    if (!files) return failed(files.error());
    reading.marked.files = std::move(*files);
  }
  auto changes = cases::adopted(reading.marked, memory_of(run, reading), run.history, run.context.runtime.now());
  if (auto stopped = add_joined_sessions(run, reading, changes)) return stopped;
  // A new mail that the AI keeps is of interest only because its contact is on a Case.
  for (const auto& link : changes.links) changes.marks.push_back(was_on_case(link.conversation));
  if (!changes.links.empty()) {
    for (auto& hint : left_meanwhile(run)) changes.hints.push_back(std::move(hint));
  }
  if (!changes.links.empty() || !changes.ledger.empty()) {
    run.context.store.commit(changes);
    for (const auto& link : changes.links) {
      run.context.events.tell(happening::case_adopted, {{"session", link.session_id}, {"case", link.case_id}});
    }
    run.links = run.context.store.links_of_session(run.session_id);
    run.missing = find_missing(run);
  }
  return adopt_former_sends(run, reading);
}

}  // namespace casewire::bridge
