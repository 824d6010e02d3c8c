#include <algorithm>

#include "bridge/cases/adoption.hpp"
#include "bridge/reconcile/session_run.hpp"

namespace casewire::bridge {
namespace {

/// How far OpenCX's two notes of one handoff, the history's and the one of its analytics, may lie apart (assumed).
constexpr std::chrono::minutes kNotedWithin{1};

const opencx::HandoffEvent* event_of(const std::vector<opencx::HandoffEvent>& events, const std::string& session_id,
                                     const opencx::HistoryItem& handoff) {
  const opencx::HandoffEvent* nearest = nullptr;
  const auto distance = [&](const opencx::HandoffEvent& event) { return std::chrono::abs(event.at - handoff.at); };
  for (const auto& event : events) {
    if (event.session_id != session_id || distance(event) > kNotedWithin) continue;
    if (nearest == nullptr || distance(event) < distance(*nearest)) nearest = &event;
  }
  return nearest;
}

void tell_of_lost_summary(const SessionRun& run, const opencx::HistoryItem& handoff, std::string problem) {
  run.context.events.tell(happening::summary_not_found,
                          {{"session", run.session_id}, {"handoff", handoff.id}, {"problem", std::move(problem)}});
}

}  // namespace

Stopped recall_summaries(SessionRun& run) {
  const auto newest = cases::last_described_in(run.history);
  for (auto& item : run.history) {
    const bool is_missing =
        std::find(run.missing.handoffs.begin(), run.missing.handoffs.end(), &item) != run.missing.handoffs.end();
    if (!is_missing || item.id == newest || !item.text.empty()) continue;
    if (run.context.runtime.steady_now() >= run.out_of_time) return again(kOneClockTick);
    const auto events = run.context.opencx.handoffs(item.at - kNotedWithin, item.at + kNotedWithin, run.job.traceparent);
    // A key without the scope, or an edition without the path: the summary is a help to the rep, and the conversation does not wait for it.
    const bool is_refused = !events && (events.error().kind == Failure::Kind::permanent || events.error().status == 404);
    if (!events && !is_refused) return failed(events.error());
    if (is_refused) {
      tell_of_lost_summary(run, item, text_of(events.error()));
    } else if (const auto* event = event_of(*events, run.session_id, item); event != nullptr) {
      // The newest one's words need not be said twice.
      if (event->summary != run.session.summary) item.text = event->summary;
    } else {
      tell_of_lost_summary(run, item, "OpenCX lists no such handoff");
    }
  }
  return std::nullopt;
}

}  // namespace casewire::bridge
