#include "bridge/reconcile/absence.hpp"

#include <algorithm>

namespace casewire::bridge {
namespace {

std::string absence_mark(const std::string& what) { return "absent:" + what; }

}  // namespace

bool is_gone_for_good(const Context& context, const std::string& what) {
  const auto now = context.runtime.now();
  const auto noted = context.store.mark(absence_mark(what));
  const auto since = noted && !noted->empty() ? parse_iso8601(*noted) : std::nullopt;
  if (since && *since <= now) return now - *since >= kAbsenceBelievedAfter;
  context.store.commit({.at = now, .marks = {{absence_mark(what), iso8601(now), now}}});
  return false;
}

void is_there(const Context& context, const std::string& what) {
  const auto noted = context.store.mark(absence_mark(what));
  if (!noted || noted->empty()) return;
  const auto now = context.runtime.now();
  context.store.commit({.at = now, .marks = {{absence_mark(what), {}, now}}});
}

std::vector<std::string> parked_as_deleted(Store& store, const std::string& case_id) {
  std::vector<std::string> subjects{case_subject(case_id)};
  for (const auto& link : store.links_of_case(case_id)) {
    auto session = session_subject(link.session_id);
    if (std::find(subjects.begin(), subjects.end(), session) == subjects.end()) subjects.push_back(std::move(session));
  }
  std::erase_if(subjects, [&](const std::string& subject) {
    const auto job = store.job(subject);
    return !job || !job->parked || job->problem.find(kDeleted) == std::string::npos;
  });
  return subjects;
}

Failure judged(const Context& context, const std::string& what, Failure failure) {
  if (failure.code != "404") return failure;
  failure.kind = is_gone_for_good(context, what) ? Failure::Kind::permanent : Failure::Kind::transient;
  return failure;
}

}  // namespace casewire::bridge
