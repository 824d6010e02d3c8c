#include "bridge/reconcile/fencing.hpp"

#include <set>

#include "bridge/cases/ownership.hpp"
#include "bridge/reconcile/absence.hpp"

namespace casewire::bridge {

void tell_where_the_ai_may_speak(const Context& context, const std::string& case_id, const std::vector<std::string>& sessions,
                                 const std::string& person) {
  const auto now = context.runtime.now();
  for (const auto& session : sessions) {
    LedgerEntry told{
        .key = "unfenced:" + case_id + ":" + session + ":" + person, .about = case_id, .done = true, .begun_at = now};
    if (context.store.ledger_entry(told.key)) continue;
    context.events.tell(
        happening::ai_not_silenced,
        {{"case", case_id}, {"session", session}, {"reason", "OpenCX takes a session from the AI only by a message in it"}});
    context.store.commit({.at = now, .ledger = {std::move(told)}});
  }
}

Stopped fence_for_owner(const Context& context, const Job& job, const std::string& case_id, const std::string& owner_id,
                        const std::vector<Link>& links) {
  constexpr std::string_view kUserPrefix = "005";
  const Mark seen{"owner:" + case_id, owner_id, {}};
  if (!owner_id.starts_with(kUserPrefix) || context.store.mark(seen.name) == owner_id) return std::nullopt;
  std::set<std::string> sessions;
  for (const auto& link : links) sessions.insert(link.session_id);
  std::vector<std::string> kept_by_the_ai;
  for (const auto& session : sessions) {
    const auto history = context.opencx.history(session, job.traceparent);
    if (!history) {
      auto failure = judged(context, session_subject(session), history.error());
      if (failure.code == "404" && failure.kind == Failure::Kind::permanent) continue;
      return failed(std::move(failure));
    }
    if (!cases::is_with_people({}, *history)) kept_by_the_ai.push_back(session);
  }
  tell_where_the_ai_may_speak(context, case_id, kept_by_the_ai, owner_id);
  context.store.commit({.at = context.runtime.now(), .marks = {seen}});
  return std::nullopt;
}

}  // namespace casewire::bridge
