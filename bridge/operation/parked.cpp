#include "bridge/operation/parked.hpp"

#include "bridge/operation/given_up.hpp"
#include "bridge/operation/trace.hpp"
#include "bridge/reconcile/interest.hpp"

namespace casewire::bridge {
namespace {

LogFields who(Store& store, const std::string& subject) {
  LogFields facts{{"subject", subject}};
  if (auto session = session_of(store, subject); !session.empty()) facts.emplace_back("session", std::move(session));
  return facts;
}

/// The parked job of a subject, given as it is listed, or as a bare id of a session or Case.
Result<Job, std::string> parked_job(const Insight& insight, const std::string& given) {
  for (const auto& subject : {given, "session:" + given, "case:" + given}) {
    auto job = insight.store.job(subject);
    if (job && job->parked) return std::move(*job);
  }
  return fail("no job of \"" + given + "\" is parked; \"casewire-bridge parked list\" shows those that are");
}

Json retry(const Insight& insight, const std::vector<std::string>& subjects) {
  Changes changes{.at = insight.runtime.now()};
  for (const auto& subject : subjects) changes.hints.push_back({.subject = subject});
  if (!subjects.empty()) insight.store.commit(changes);
  for (const auto& subject : subjects) insight.events.tell(happening::parked_retried, who(insight.store, subject));
  insight.wake_workers();
  return {{"retried", subjects}};
}

}  // namespace

Json parked_json(const Insight& insight) {
  const auto total = insight.store.count_jobs(insight.runtime.now()).parked;
  Json list = Json::array();
  for (const auto& job : insight.store.parked_jobs(kParkedShown)) list.push_back(job_json(insight, job.subject));
  return {{"parked", std::move(list)}, {"total", total}};
}

Result<Json, std::string> parked_job_json(const Insight& insight, const std::string& subject) {
  const auto parked = parked_job(insight, subject);
  if (!parked) return fail(parked.error());
  return trace_json(insight, parked->subject);
}

Result<Json, std::string> retry_parked(const Insight& insight, const std::string& subject) {
  if (subject == "all") {
    std::vector<std::string> subjects;
    for (const auto& job : insight.store.parked_jobs(kParkedShown)) subjects.push_back(job.subject);
    return retry(insight, subjects);
  }
  const auto parked = parked_job(insight, subject);
  if (!parked) return fail(parked.error());
  return retry(insight, {parked->subject});
}

Result<Json, std::string> drop_parked(const Insight& insight, const std::string& subject) {
  const auto parked = parked_job(insight, subject);
  if (!parked) return fail(parked.error());
  const auto now = insight.runtime.now();
  insight.store.commit({.at = now,
                        .marks = {{dropped_mark(parked->subject), iso8601(now), now}, given_up_mark(*parked, now)},
                        .dropped = {parked->subject}});
  insight.events.tell(happening::parked_dropped, who(insight.store, parked->subject));
  return Json{{"dropped", parked->subject}};
}

}  // namespace casewire::bridge
