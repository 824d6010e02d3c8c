#include <algorithm>

#include "bridge/cases/choice.hpp"
#include "bridge/reconcile/absence.hpp"
#include "bridge/reconcile/afterthoughts.hpp"
#include "bridge/reconcile/closing.hpp"
#include "bridge/reconcile/context.hpp"
#include "bridge/reconcile/fencing.hpp"
#include "bridge/reconcile/interest.hpp"
#include "bridge/reconcile/ledger_reach.hpp"
#include "bridge/reconcile/refusals.hpp"
#include "bridge/reconcile/reply_delivery.hpp"
#include "bridge/reconcile/reply_reading.hpp"

namespace casewire::bridge {
namespace {

/// How often to look for a file that a reply announced.
constexpr milliseconds kLateFilesLook{60'000};

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
    const auto& settings = context_.config.salesforce;
    auto reading = read_replies(context_.salesforce, case_id_, settings.public_posts_are_replies, job_.traceparent);
    if (!reading) return failed(reading.error());
    if (!reading->state) return gone();
    is_there(context_, job_.subject);
    state_ = *reading->state;
    // Whether they were sent nobody can tell any more.
    const auto reach = ledger_reach(context_.config, context_.runtime.now());
    std::erase_if(reading->rows, [&](const replies::Row& row) { return row.created_at < reach; });
    if (links_.empty()) {
      if (auto moved = move_links_here(reading->rows, std::move(reading->merged_away))) return *moved;
      return not_linked(reading->rows);
    }

    auto own_user = context_.salesforce.own_user_id(job_.traceparent);
    if (!own_user) return failed(own_user.error());
    const auto policy = reply_policy(settings, *own_user, links_);
    const auto selection = replies::select_replies(std::move(reading->rows), policy);
    note_refusals(context_, case_id_, selection.refused);
    const auto& rows = selection.chosen;
    if (auto stopped = follow_merged_cases(rows, std::move(reading->merged_away))) return *stopped;
    ReplyDelivery delivery(context_, job_, links_);
    for (const auto& row : rows) {
      if (context_.runtime.steady_now() >= out_of_time_) return again(kOneClockTick);
      if (auto stopped = delivery.deliver(row)) return *stopped;
    }
    for (const auto& row : rows) {
      if (context_.runtime.steady_now() >= out_of_time_) return again(kOneClockTick);
      if (auto stopped = delivery.deliver_late_files(row)) return *stopped;
    }
    if (auto stopped = tell_of_afterthoughts(context_, job_, case_id_, selection)) return *stopped;
    if (!salesforce::is_same_id(state_.owner_id, *own_user)) {
      if (auto stopped = fence_for_owner(context_, job_, case_id_, state_.owner_id, links_)) return *stopped;
    }
    // Before the closing: a message would open a closed session again.
    if (delivery.is_waiting_for_files()) return again(kLateFilesLook);
    if (state_.is_closed) {
      if (auto stopped = close_sessions(context_, job_, {case_id_, state_.closed_at}, links_)) return *stopped;
    }
    return done(rows);
  }

 private:
  JobResult done(const std::vector<replies::Row>& rows) const {
    auto result = finished();
    result.marks = seen_versions(context_, rows);
    const auto at = parse_iso8601(state_.system_modstamp);
    if (at && is_settled(*at, org_now(context_))) {
      result.marks.push_back({"seen:" + job_.subject, state_.system_modstamp, *at});
    }
    return result;
  }

  JobResult gone() const {
    const auto fate = fate_of_case(context_, case_id_, job_.traceparent);
    if (!fate) return failed(fate.error());
    const bool is_believed = fate->is_deleted || (fate->is_gone && is_gone_for_good(context_, job_.subject));
    if (fate->merged_into.empty() && !is_believed) {
      return failed({.kind = Failure::Kind::transient, .system = "salesforce", .message = "the Case is not shown"});
    }
    auto result = finished();
    // The session's own job moves its link; a Case that is not ours, or never was one, is none of our business.
    for (const auto& link : links_)
      result.hints.push_back({session_subject(link.session_id), link.conversation, job_.traceparent});
    if (!fate->merged_into.empty()) {
      move_to_surviving(context_, case_id_, fate->merged_into);
      result.hints.push_back({case_subject(fate->merged_into), job_.conversation, job_.traceparent});
    } else if (!links_.empty()) {
      return failed({.kind = Failure::Kind::permanent,
                     .system = "salesforce",
                     .code = std::string(kDeleted),
                     .message = "the Case was deleted"});
    }
    return result;
  }

  /// Whose conversation a reply belongs to is known only when the conversations of the Cases that were merged into this one are on it
  /// too: nobody tells of a merge.
  Stopped follow_merged_cases(const std::vector<replies::Row>& rows, std::vector<std::string> merged_away) const {
    const bool is_all_sent = std::all_of(rows.begin(), rows.end(), [&](const replies::Row& row) {
      const auto known = context_.store.ledger_entry("reply:" + row.id);
      return known && known->done;
    });
    return is_all_sent ? std::nullopt : move_links_here(rows, std::move(merged_away));
  }

  Stopped move_links_here(const std::vector<replies::Row>& rows, std::vector<std::string> merged_away) const {
    auto moved = again(kOneClockTick);
    bool has_moved = false;
    for (int merges = 0; merges < kMergesMax && !merged_away.empty(); ++merges) {
      for (const auto& other : merged_away) {
        const auto links = context_.store.links_of_case(other);
        if (links.empty()) continue;
        if (links_.empty()) leave_alone(rows);
        move_to_surviving(context_, other, case_id_);
        context_.events.tell(happening::case_merged, {{"from", other}, {"into", case_id_}, {"session", links.back().session_id}});
        // Each session names its Case in OpenCX.
        for (const auto& link : links)
          moved.hints.push_back({session_subject(link.session_id), link.conversation, job_.traceparent});
        has_moved = true;
      }
      auto earlier = cases_merged_into(context_, merged_away, job_.traceparent);
      if (!earlier) return failed(earlier.error());
      merged_away = std::move(*earlier);
    }
    return has_moved ? Stopped{std::move(moved)} : Stopped{};
  }

  /// What was seen here while the Case was none of ours goes to nobody now either (by-telephone.feature). What the merge has brought along was
  /// never seen here, nor was what was written since.
  void leave_alone(const std::vector<replies::Row>& rows) const {
    const auto now = context_.runtime.now();
    Changes changes{.at = now};
    for (const auto& row : rows) {
      const auto key = "reply:" + row.id;
      if (context_.store.mark("seen:" + key) && !context_.store.ledger_entry(key))
        changes.ledger.push_back({.key = key, .about = case_id_, .done = true, .begun_at = now});
    }
    if (!changes.ledger.empty()) context_.store.commit(changes);
  }

  /// Heard of before the answer to its creation was stored (F4), or not ours at all.
  JobResult not_linked(const std::vector<replies::Row>& rows) const {
    const auto handoff = cases::handoff_in(state_.handoff);
    if (!state_.is_from_opencx || !handoff) {
      auto result = done({});
      for (const auto& row : rows) {
        const auto at = parse_iso8601(row.version);
        if (at && is_settled(*at, org_now(context_))) result.marks.push_back({"seen:reply:" + row.id, row.version, *at});
      }
      return result;
    }
    JobResult result =
        failed({.kind = Failure::Kind::transient, .system = "bridge", .message = "no session is linked to this Case yet"});
    result.hints.push_back({.subject = session_subject(handoff->session_id), .traceparent = job_.traceparent});
    // It may be with the AI again, and of no interest to a bridge that knows nothing of its Case.
    result.marks.push_back(was_on_case(session_subject(handoff->session_id)));
    return result;
  }

  const Context& context_;
  const Job& job_;
  std::string case_id_;
  SteadyTime out_of_time_;
  std::vector<Link> links_{};
  CaseState state_{};
};

}  // namespace

JobResult reconcile_case(const Context& context, const Job& job) { return CaseJob(context, job).run(); }

}  // namespace casewire::bridge
