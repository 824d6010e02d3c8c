#include <algorithm>
#include <set>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/missing.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/reply_reading.hpp"

namespace casewire::bridge {
namespace {

/// A file may be linked to its mail a little after the mail is there (F53).
constexpr milliseconds kFileSettles{30'000};
constexpr milliseconds kFileLook{5'000};
/// OpenCX's reads can lag its writes by up to 2 s: a lost send is looked for no sooner than this after it was begun.
constexpr milliseconds kSendSettles{5'000};

/// One run for one Case. The steps stand in the order in which they happen.
class CaseJob {
 public:
  CaseJob(const Context& context, const Job& job)
      : context_(context),
        job_(job),
        case_id_(job.subject.substr(std::string_view("case:").size())),
        out_of_time_(context.runtime.steady_now() + kJobTime) {}

  JobResult run() {
    links_ = context_.store.links_of_case(case_id_);
    if (!links_.empty() && job_.conversation != links_.front().conversation) return moved(links_.front().conversation);
    const bool with_comments = context_.config.salesforce.public_comments_are_replies;
    auto reading = read_replies(context_.salesforce, case_id_, with_comments, job_.traceparent);
    if (!reading) return failed(reading.error());
    if (!reading->state) return gone();
    state_ = *reading->state;
    if (links_.empty()) return not_linked();

    auto own_user = context_.salesforce.own_user_id(job_.traceparent);
    if (!own_user) return failed(own_user.error());
    const replies::Policy policy{
        .own_user_id = *own_user, .public_comments_are_replies = with_comments, .since = links_.front().replies_since};
    for (const auto& row : replies::select_replies(std::move(reading->rows), policy)) {
      if (context_.runtime.steady_now() >= out_of_time_) return again(kOneClockTick);
      if (auto stopped = deliver(row)) return *stopped;
    }
    if (state_.is_closed) {
      if (auto stopped = close_sessions()) return *stopped;
    }
    return done();
  }

 private:
  using Stopped = std::optional<JobResult>;

  JobResult done() const {
    auto result = finished();
    const auto at = parse_iso8601(state_.system_modstamp);
    if (at && is_settled(*at, context_.runtime.now())) {
      result.marks.push_back({"seen:" + job_.subject, state_.system_modstamp, *at});
    }
    return result;
  }

  JobResult gone() const {
    const auto fate = fate_of_case(context_, case_id_, job_.traceparent);
    if (!fate) return failed(fate.error());
    auto result = finished();
    // The session's own job moves its link; a Case that is not ours, or never was one, is none of our business.
    for (const auto& link : links_)
      result.hints.push_back({session_subject(link.session_id), link.conversation, job_.traceparent});
    if (!fate->merged_into.empty()) {
      Changes relinked{.at = context_.runtime.now(), .links = links_};
      for (auto& link : relinked.links) link.case_id = fate->merged_into;
      if (!links_.empty()) context_.store.commit(relinked);
      result.hints.push_back({case_subject(fate->merged_into), job_.conversation, job_.traceparent});
    } else if (!links_.empty()) {
      return failed({.kind = Failure::Kind::permanent,
                     .system = "salesforce",
                     .code = "ENTITY_IS_DELETED",
                     .message = "the Case was deleted"});
    }
    return result;
  }

  /// Heard of before the answer to its creation was stored (F4), or not ours at all.
  JobResult not_linked() const {
    const auto handoff = cases::handoff_in(state_.handoff);
    if (!state_.is_from_opencx || !handoff) return done();
    JobResult result =
        failed({.kind = Failure::Kind::transient, .system = "bridge", .message = "no session is linked to this Case yet"});
    result.hints.push_back({.subject = session_subject(handoff->session_id), .traceparent = job_.traceparent});
    return result;
  }

  /// Of several sessions on one Case: the one that the contact wrote to last.
  Outcome<std::string> receiving_session() {
    std::set<std::string> sessions;
    for (const auto& link : links_) sessions.insert(link.session_id);
    if (sessions.size() == 1) return *sessions.begin();
    if (!receiver_.empty()) return receiver_;
    WallTime newest{};
    receiver_ = links_.back().session_id;
    for (const auto& session : sessions) {
      const auto history = context_.opencx.history(session, job_.traceparent);
      if (!history && history.error().code == "404") continue;
      if (!history) return fail(history.error());
      for (const auto& item : *history) {
        if (!item.is_from_contact() || item.at < newest) continue;
        newest = item.at;
        receiver_ = session;
      }
    }
    return receiver_;
  }

  Stopped deliver(const replies::Row& row) {
    const auto known = context_.store.ledger_entry("reply:" + row.id);
    if (known && known->done) return std::nullopt;
    if (known) {
      // The answer was lost: it may have arrived.
      if (auto stopped = look_for(*known)) return stopped;
      if (was_found_) return std::nullopt;
    }
    Parcel parcel;
    if (auto stopped = fill(row, parcel)) return stopped;
    auto session = known ? Outcome<std::string>(known->about) : receiving_session();
    if (!session) return failed(session.error());
    return send(row, *session, std::move(parcel));
  }

  struct Parcel {
    std::string text;
    std::vector<opencx::FileToSend> files;
  };

  Stopped look_for(const LedgerEntry& begun) {
    was_found_ = false;
    const auto settled_at = begun.begun_at + kSendSettles;
    if (context_.runtime.now() < settled_at) return again(settled_at - context_.runtime.now());
    const auto history = context_.opencx.history(begun.about, job_.traceparent);
    if (!history) return failed(history.error());
    const auto own = cases::own_sends(context_.store.ledger_about(begun.about), *history);
    for (const auto& one : own) {
      if (one.ledger_key != begun.key || one.item_id.empty()) continue;
      auto done = begun;
      done.done = true;
      done.result = one.item_id;
      context_.store.commit({.at = context_.runtime.now(), .ledger = {done}});
      was_found_ = true;
    }
    return std::nullopt;
  }

  Stopped fill(const replies::Row& row, Parcel& parcel) {
    parcel.text = replies::reply_text(row.text, row.html);
    if (!row.has_attachment) return std::nullopt;
    const auto files = read_files(context_.salesforce, row.id, job_.traceparent);
    if (!files) return failed(files.error());
    if (files->empty()) {
      if (context_.runtime.now() < row.created_at + kFileSettles) return again(kFileLook);
      parcel.text = replies::with_notes(std::move(parcel.text), {}, true);
      return std::nullopt;
    }
    const auto packed = replies::pack(*files, context_.config.reply_attachment_bytes_max);
    for (const auto& file : packed.sent) {
      auto bytes = context_.salesforce.download("/sobjects/ContentVersion/" + file.version_id + "/VersionData", file.bytes,
                                                job_.traceparent);
      if (!bytes) return failed(bytes.error());
      parcel.files.push_back({file.name, std::string(replies::media_type_of(file.name)), std::move(*bytes)});
    }
    parcel.text = replies::with_notes(std::move(parcel.text), packed.left_out, false);
    return std::nullopt;
  }

  Stopped send(const replies::Row& row, const std::string& session_id, Parcel parcel) {
    LedgerEntry entry{.key = "reply:" + row.id,
                      .about = session_id,
                      .begun_at = context_.runtime.now(),
                      .detail = cases::text_digest(parcel.text)};
    context_.store.commit({.at = context_.runtime.now(), .ledger = {entry}});
    const opencx::AgentMessage message{.text = std::move(parcel.text),
                                       .agent_name = row.created_by_name,
                                       .agent_id = replies::agent_number(row.created_by_id),
                                       .files = std::move(parcel.files)};
    const auto sent = context_.opencx.send(session_id, message, job_.traceparent);
    if (!sent) return failed(sent.error());
    entry.done = true;
    entry.result = *sent;
    context_.store.commit({.at = context_.runtime.now(), .ledger = {entry}});
    context_.log.info("reply sent", {{"case", case_id_}, {"reply", row.id}, {"session", session_id}});
    return std::nullopt;
  }

  Stopped close_sessions() {
    for (const auto& link : links_) {
      const auto current = context_.store.links_of_session(link.session_id);
      if (current.back().number != link.number) continue;  // it has moved on to another Case
      if (auto stopped = close_session(link)) return stopped;
    }
    return std::nullopt;
  }

  /// Once per closing. A session with words of the contact that are not on the Case yet is not closed under their hands (F79): its
  /// own job opens the next Case for them.
  Stopped close_session(const Link& link) {
    LedgerEntry entry{.key = "close:" + case_id_ + ":" + link.session_id + ":" + state_.closed_at,
                      .about = case_id_,
                      .done = true,
                      .begun_at = context_.runtime.now()};
    if (context_.store.ledger_entry(entry.key)) return std::nullopt;
    const auto history = context_.opencx.history(link.session_id, job_.traceparent);
    if (!history && history.error().code == "404") return std::nullopt;  // deleted in OpenCX
    if (!history) return failed(history.error());
    const bool has_news = std::any_of(history->begin(), history->end(), [&](const auto& item) {
      return item.is_from_contact() && !context_.store.ledger_entry("comment:" + item.id);
    });
    Changes changes{.at = context_.runtime.now(), .ledger = {entry}};
    if (has_news) {
      changes.ledger.front().result = "contact wrote again";
      changes.hints.push_back({session_subject(link.session_id), link.conversation, job_.traceparent});
    } else {
      const auto closed = context_.opencx.close(link.session_id, job_.traceparent);
      if (!closed && closed.error().code != "404") return failed(closed.error());
      context_.log.info("session closed", {{"case", case_id_}, {"session", link.session_id}});
    }
    context_.store.commit(changes);
    return std::nullopt;
  }

  const Context& context_;
  const Job& job_;
  std::string case_id_;
  SteadyTime out_of_time_;
  std::vector<Link> links_{};
  CaseState state_{};
  std::string receiver_{};
  bool was_found_ = false;
};

}  // namespace

JobResult reconcile_case(const Context& context, const Job& job) { return CaseJob(context, job).run(); }

}  // namespace casewire::bridge
