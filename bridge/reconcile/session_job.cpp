#include <algorithm>
#include <set>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/draft.hpp"
#include "bridge/cases/missing.hpp"
#include "bridge/reconcile/case_reading.hpp"
#include "bridge/reconcile/case_writing.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/file_copy.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

constexpr milliseconds kOneClockTick{1};

/// One run for one session. The steps stand in the order in which they happen.
class SessionJob {
 public:
  SessionJob(const Context& context, const Job& job)
      : context_(context),
        job_(job),
        session_id_(job.subject.substr(std::string_view("session:").size())),
        out_of_time_(context.runtime.steady_now() + kJobTime) {}

  JobResult run() {
    auto session = context_.opencx.session(session_id_, job_.traceparent);
    if (!session) return unreadable(session.error());
    session_ = std::move(*session);
    if (!is_of_interest(context_.store, session_)) return done();
    links_ = context_.store.links_of_session(session_id_);
    // The address is frozen with the first link: a merged or renamed contact does not move the conversation (F59).
    auto conversation = links_.empty() ? conversation_of(session_) : links_.back().conversation;
    if (job_.conversation != conversation) return moved(std::move(conversation));

    auto history = context_.opencx.history(session_id_, job_.traceparent);
    if (!history) return failed(history.error());
    history_ = std::move(*history);
    find_missing();
    if (!missing_.is_empty() || links_.empty()) {
      if (auto stopped = bring_case_up_to_date()) return *stopped;
    }
    if (auto stopped = copy_files()) return *stopped;
    if (auto stopped = write_case_id_back()) return *stopped;
    return done();
  }

 private:
  using Stopped = std::optional<JobResult>;

  JobResult unreadable(const Failure& failure) const {
    if (failure.code != "404") return failed(failure);
    // A hint is only a hint: the session may never have existed, or was deleted.
    context_.log.info("session unknown", {{"session", session_id_}});
    return finished();
  }

  std::string address() const {
    const std::string_view conversation = job_.conversation;
    return conversation.starts_with("contact:") ? std::string(conversation.substr(8)) : std::string{};
  }

  JobResult done() const {
    auto result = finished();
    const auto at = parse_iso8601(session_.updated_at);
    if (at && is_settled(*at, context_.runtime.now())) {
      result.marks.push_back({"seen:" + job_.subject, session_.updated_at, *at});
    }
    return result;
  }

  void find_missing() {
    const auto ledger = context_.store.ledger_about(session_id_);
    const auto own = cases::own_sends(ledger, history_);
    std::set<std::string, std::less<>> keys;
    Changes found{.at = context_.runtime.now()};
    for (const auto& entry : ledger) {
      if (entry.done) keys.insert(entry.key);
      const auto send = std::find_if(own.begin(), own.end(), [&](const auto& it) { return it.ledger_key == entry.key; });
      // The answer to this send was lost, and here it is.
      if (send == own.end() || !send->was_open || send->item_id.empty()) continue;
      auto settled = entry;
      settled.done = true;
      settled.result = send->item_id;
      found.ledger.push_back(std::move(settled));
    }
    if (!found.ledger.empty()) context_.store.commit(found);
    missing_ = cases::missing_of(history_, keys, own);
  }

  Stopped bring_case_up_to_date() {
    const auto reading = read_cases(context_.salesforce,
                                    {.session_id = session_id_,
                                     .linked_case_id = links_.empty() ? std::string{} : links_.back().case_id,
                                     .contact_email = address()},
                                    job_.traceparent);
    if (!reading) return failed(reading.error());
    if (auto stopped = follow_lost_case(*reading)) return stopped;
    cases::Situation situation{.session_id = session_id_,
                               .links = links_,
                               .own_cases = reading->own_cases,
                               .open_cases_of_contact = reading->open_cases_of_contact,
                               .needs_an_open_case = links_.empty() || missing_.has_news_of_contact()};
    const auto choice = cases::choose_case(situation);
    // Only a handoff opens a Case: what the AI has not given away stays with the AI.
    if (choice.kind == cases::Choice::Kind::create && !session_.handed_off) return done();
    return write(choice, *reading);
  }

  /// The linked Case is not there any more: merged away (F75), or deleted (F76).
  Stopped follow_lost_case(const CaseReading& reading) {
    if (links_.empty()) return std::nullopt;
    const auto& linked = links_.back().case_id;
    const bool is_there = std::any_of(reading.own_cases.begin(), reading.own_cases.end(),
                                      [&](const auto& known) { return salesforce::is_same_id(known.id, linked); });
    if (is_there) return std::nullopt;
    const auto fate = fate_of_case(context_, linked, job_.traceparent);
    if (!fate) return failed(fate.error());
    if (fate->merged_into.empty()) {
      return failed({.kind = Failure::Kind::permanent,
                     .system = "salesforce",
                     .code = "ENTITY_IS_DELETED",
                     .message = "the Case " + linked + " of this session was deleted"});
    }
    Changes relinked{.at = context_.runtime.now(),
                     .hints = {{.subject = case_subject(fate->merged_into), .conversation = job_.conversation}}};
    relinked.links = {links_.back()};
    relinked.links.front().case_id = fate->merged_into;
    context_.store.commit(relinked);
    context_.log.info("case merged", {{"from", linked}, {"into", fate->merged_into}, {"session", session_id_}});
    return again(kOneClockTick);
  }

  struct Pending {
    const opencx::HistoryItem* item;
    std::vector<cases::Comment> comments;
  };

  /// The handoffs that the Case's own description stands for.
  std::set<std::string_view> covered_handoffs(const cases::Choice& choice, const CaseReading& reading) const {
    std::set<std::string_view> covered;
    const auto all_until = [&](auto is_last) {
      for (const auto* handoff : missing_.handoffs) {
        covered.insert(handoff->id);
        if (is_last(*handoff)) break;
      }
    };
    if (choice.kind == cases::Choice::Kind::create) {
      all_until([](const auto&) { return false; });
    } else if (choice.is_new_link && !choice.is_adopted) {
      // Made before a crash. The ledger knows which handoff was its reason; without it the Case's own time must do.
      const auto entry = context_.store.ledger_entry(case_key(choice.number));
      if (entry && !entry->detail.empty()) {
        all_until([&](const auto& handoff) { return handoff.id == entry->detail; });
      } else {
        for (const auto& known : reading.own_cases) {
          for (const auto* handoff : missing_.handoffs) {
            if (known.id == choice.case_id && handoff->at <= known.created_at) covered.insert(handoff->id);
          }
        }
      }
    }
    // A session keeps the newest summary only: an older handoff has nothing left to say.
    for (const auto* handoff : missing_.handoffs) {
      if (handoff != missing_.handoffs.back() && handoff->text.empty()) covered.insert(handoff->id);
    }
    return covered;
  }

  std::string case_key(int number) const { return "case:" + cases::text_of(cases::Handoff{session_id_, number}); }

  std::vector<Pending> pending_comments(const std::set<std::string_view>& covered) const {
    std::vector<Pending> pending;
    for (const auto& item : history_) {
      const auto is_item = [&](const auto* other) { return other == &item; };
      if (std::any_of(missing_.messages.begin(), missing_.messages.end(), is_item)) {
        pending.push_back({&item, cases::comments_of_message(item)});
      }
      const bool is_missing_handoff = std::any_of(missing_.handoffs.begin(), missing_.handoffs.end(), is_item);
      if (is_missing_handoff && !covered.contains(item.id)) {
        const auto& summary = item.text.empty() ? session_.summary : item.text;
        pending.push_back({&item, cases::comments_of_handoff(item, summary)});
      }
    }
    return pending;
  }

  Stopped write(const cases::Choice& choice, const CaseReading& reading) {
    const bool creates = choice.kind == cases::Choice::Kind::create;
    const auto covered = covered_handoffs(choice, reading);
    const auto pending = pending_comments(covered);
    std::set<cases::CommentMark> there;
    if (const auto found = reading.comments.find(choice.case_id); found != reading.comments.end()) there = found->second;
    comments_there_ = there;

    CaseWriting writing{.choice = choice, .session_id = session_id_, .comments = {}};
    for (const auto& one : pending) {
      for (const auto& comment : one.comments) {
        const bool has_room = writing.comments.size() < kCommentsPerCall;
        if (has_room && !there.contains(comment.mark)) writing.comments.push_back(comment);
      }
    }
    LedgerEntry begun{.key = case_key(choice.number), .about = session_id_, .begun_at = context_.runtime.now()};
    if (creates) {
      writing.draft = cases::draft_case(session_, history_);
      writing.contact_id = reading.contact_id;
      if (!missing_.handoffs.empty()) begun.detail = missing_.handoffs.back()->id;
      context_.store.commit({.at = context_.runtime.now(), .ledger = {begun}});
    }
    WrittenCase written{.id = choice.case_id};
    if (creates || !writing.comments.empty()) {
      auto answer = write_case(context_.salesforce, writing, job_.traceparent);
      if (!answer) return failed(answer.error());
      written = std::move(*answer);
    }
    for (const auto& comment : writing.comments) there.insert(comment.mark);
    return record(choice, written, begun, covered, pending, there);
  }

  Stopped record(const cases::Choice& choice, const WrittenCase& written, LedgerEntry begun,
                 const std::set<std::string_view>& covered, const std::vector<Pending>& pending,
                 const std::set<cases::CommentMark>& there) {
    const bool creates = choice.kind == cases::Choice::Kind::create;
    const auto now = context_.runtime.now();
    Changes changes{.at = now};
    const auto remember = [&](std::string_view item_id) {
      changes.ledger.push_back(
          {.key = "comment:" + std::string(item_id), .about = session_id_, .done = true, .begun_at = now, .result = written.id});
    };
    // The customer's words on a Case that was closed meanwhile would be read by nobody: the next run opens the follow-up for them.
    const bool lost_the_race = written.is_closed && !creates && missing_.has_news_of_contact();
    bool is_complete = true;
    for (const auto id : covered) remember(id);
    for (const auto& one : pending) {
      const bool is_written = std::all_of(one.comments.begin(), one.comments.end(),
                                          [&](const auto& comment) { return there.contains(comment.mark); });
      if (is_written && !(lost_the_race && one.item->is_from_contact())) remember(one.item->id);
      is_complete = is_complete && is_written;
    }
    if (creates) {
      begun.done = true;
      begun.result = written.id;
      changes.ledger.push_back(std::move(begun));
    }
    if (choice.is_new_link) {
      changes.links.push_back({.session_id = session_id_,
                               .number = choice.number,
                               .case_id = written.id,
                               .conversation = job_.conversation,
                               .replies_since = replies_since(choice)});
      changes.marks.push_back(was_on_case(job_.conversation, written.id));
      context_.log.info(creates ? "case opened" : "case joined", {{"session", session_id_}, {"case", written.id}});
    }
    // The sweep need not look at what we made ourselves; a closed Case it must.
    const auto modified_at = parse_iso8601(written.system_modstamp);
    if (modified_at && !written.is_closed) {
      changes.marks.push_back({"seen:" + case_subject(written.id), written.system_modstamp, *modified_at});
    }
    context_.store.commit(changes);
    if (choice.is_new_link) links_.push_back(changes.links.front());
    if (lost_the_race || !is_complete) return again(kOneClockTick);
    return std::nullopt;
  }

  /// Everything on a Case that the bridge itself opened is its business. On a Case that it finds without remembering it (a restored
  /// or lost store), what is there already may have been mailed by its former self (F80).
  WallTime replies_since(const cases::Choice& choice) const {
    const bool made_by_us = choice.kind == cases::Choice::Kind::create || context_.store.ledger_entry(case_key(choice.number));
    if (made_by_us) return WallTime{};
    const auto others = context_.store.links_of_case(choice.case_id);
    return others.empty() ? context_.runtime.now() : others.front().replies_since;
  }

  Stopped copy_files() {
    const auto& case_id = links_.back().case_id;
    std::vector<FileCopy> files;
    for (const auto* item : missing_.with_files) {
      for (const auto& attachment : item->attachments) {
        files.push_back(
            {.id = attachment.id, .name = attachment.name, .url = attachment.url, .session_id = session_id_, .case_id = case_id});
      }
    }
    if (const auto draft = cases::draft_case(session_, history_); draft.is_description_cut) {
      files.push_back({.id = "summary-" + cases::text_of(cases::Handoff{session_id_, links_.back().number}),
                       .name = "summary.txt",
                       .bytes = session_.summary,
                       .session_id = session_id_,
                       .case_id = case_id});
    }
    for (auto& file : files) {
      if (context_.runtime.steady_now() >= out_of_time_) return again(kOneClockTick);
      const auto copied = copy_file(context_, file, job_.traceparent);
      if (copied) continue;
      if (copied.error().kind != Failure::Kind::permanent) return failed(copied.error());
      if (auto stopped = tell_rep_of_lost_file(file, copied.error())) return stopped;
    }
    return std::nullopt;
  }

  /// One bad file must not hold up the conversation, nor vanish.
  Stopped tell_rep_of_lost_file(const FileCopy& file, const Failure& failure) {
    context_.log.warning("file not copied", {{"session", session_id_}, {"file", file.id}, {"problem", text_of(failure)}});
    const auto note = cases::comments_of_note(
        "file-" + file.id, "The customer's file \"" + file.name + "\" could not be copied here. It is in the OpenCX session.");
    const cases::Choice choice{.kind = cases::Choice::Kind::append, .case_id = file.case_id};
    if (!comments_there_.contains(note.front().mark)) {
      const CaseWriting writing{.choice = choice, .session_id = session_id_, .comments = note};
      const auto written = write_case(context_.salesforce, writing, job_.traceparent);
      if (!written) return failed(written.error());
    }
    context_.store.commit({.at = context_.runtime.now(),
                           .ledger = {{.key = "file:" + file.id,
                                       .about = session_id_,
                                       .done = true,
                                       .begun_at = context_.runtime.now(),
                                       .detail = "not copied"}}});
    return std::nullopt;
  }

  Stopped write_case_id_back() {
    const auto& case_id = links_.back().case_id;
    if (session_.case_id == case_id) return std::nullopt;
    const auto written = context_.opencx.write_case_id(session_id_, case_id, job_.traceparent);
    if (written) return std::nullopt;
    // A convenience for people in the Inbox, by a way that is not documented: its refusal must not hold up the conversation.
    if (written.error().kind != Failure::Kind::permanent) return failed(written.error());
    context_.log.warning("case id not written back", {{"session", session_id_}, {"problem", text_of(written.error())}});
    return std::nullopt;
  }

  const Context& context_;
  const Job& job_;
  std::string session_id_;
  SteadyTime out_of_time_;
  opencx::Session session_{};
  std::vector<opencx::HistoryItem> history_{};
  std::vector<Link> links_{};
  cases::Missing missing_{};
  std::set<cases::CommentMark> comments_there_{};
};

}  // namespace

JobResult reconcile_session(const Context& context, const Job& job) { return SessionJob(context, job).run(); }

}  // namespace casewire::bridge
