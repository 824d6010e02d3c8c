#include "bridge/reconcile/absence.hpp"

namespace casewire::bridge {
namespace {

std::string absence_mark(const std::string& what) { return "absent:" + what; }

}  // namespace

bool is_gone_for_good(const Context& context, const std::string& what) {
  const auto now = context.runtime.now();
  const auto noted = context.store.mark(absence_mark(what));
  const auto since = noted && !noted->empty() ? parse_iso8601(*noted) : std::nullopt;
  // While a former self was down nobody looked.
  if (since && *since >= context.started_at && *since <= now) return now - *since >= kAbsenceBelievedAfter;
  context.store.commit({.at = now, .marks = {{absence_mark(what), iso8601(now), now}}});
  return false;
}

void is_there(const Context& context, const std::string& what) {
  const auto noted = context.store.mark(absence_mark(what));
  if (!noted || noted->empty()) return;
  const auto now = context.runtime.now();
  context.store.commit({.at = now, .marks = {{absence_mark(what), {}, now}}});
}

std::map<std::string, std::vector<std::string>> parked_by_deleted_case(Store& store) {
  constexpr std::size_t kParkedMax = 500, kCasesMax = 200;
  constexpr std::string_view kCase = "case:", kSession = "session:";
  std::map<std::string, std::vector<std::string>> parked;
  for (const auto& job : store.parked_jobs(kParkedMax)) {
    if (job.problem.find(kDeleted) == std::string::npos) continue;
    std::vector<std::string> cases;
    if (job.subject.starts_with(kCase)) cases.push_back(job.subject.substr(kCase.size()));
    if (job.subject.starts_with(kSession)) {
      for (const auto& link : store.links_of_session(job.subject.substr(kSession.size()))) cases.push_back(link.case_id);
    }
    for (const auto& id : cases) {
      if (parked.contains(id) || parked.size() < kCasesMax) parked[id].push_back(job.subject);
    }
  }
  return parked;
}

Failure judged(const Context& context, const std::string& what, Failure failure) {
  if (failure.code != "404") return failure;
  failure.kind = is_gone_for_good(context, what) ? Failure::Kind::permanent : Failure::Kind::transient;
  return failure;
}

}  // namespace casewire::bridge
