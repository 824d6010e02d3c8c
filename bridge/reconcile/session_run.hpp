#pragma once
// One run for one session: what it knows, and the steps that are not told in session_job.cpp itself.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/cases/missing.hpp"
#include "bridge/cases/transcript.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// Not to be copied: `missing` points into `history`.
struct SessionRun {
  const Context& context;
  const Job& job;
  SteadyTime out_of_time;
  std::string session_id;
  opencx::Session session{};
  std::vector<opencx::HistoryItem> history{};
  std::vector<Link> links{};  ///< of the session; the last one names its Case
  cases::Missing missing{};
  std::string case_id{};                          ///< that this run's messages stand on; empty: not chosen yet
  std::set<cases::CommentMark> comments_there{};  ///< the bridge's own that the step before found on it
};

/// What is not on a Case yet. On the way it settles sends whose answers were lost and whose messages are in the history.
cases::Missing find_missing(const SessionRun& run);

/// The end of a run that has nothing left to do. A version that has settled need not be looked at again.
JobResult done(const SessionRun& run);

/// The session's linked Case is not there any more: merged away (F75), or deleted (F76). The next run goes on with the surviving one.
JobResult follow_lost_case(const SessionRun& run);

/// Adopts, then opens the session's Case, joins the contact's open one or extends the session's own, with the messages that are missing
/// there, and remembers each. Afterwards `links` is not empty.
Stopped bring_case_up_to_date(SessionRun& run);

/// Gives the missing handoffs that are not the newest their summaries, which the session does not have any more. What OpenCX cannot tell stays
/// unsaid, and an event says so.
Stopped recall_summaries(SessionRun& run);

/// Copies the customer's files, and a summary that was too long, to the Case. One bad file does not hold up the conversation, nor does
/// it vanish: a comment tells the rep of it.
Stopped copy_files(SessionRun& run);

}  // namespace casewire::bridge
