
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Room for a look at each side every few seconds, and for what one event may cost with its files, retries and repetitions.
constexpr std::size_t kCallsPerHourMax = 2'000;
constexpr std::size_t kCallsPerEventMax = 200;

// Sweeps go on for as long as the bridge runs; what is counted is how many calls an hour takes.
std::vector<Find> work_ends(const History& history) {
  std::vector<Find> out;
  std::map<std::chrono::hours, std::size_t> calls, events;
  const auto hour = [](WallTime at) { return std::chrono::duration_cast<std::chrono::hours>(at.time_since_epoch()); };
  for (const SessionMoment& event : history.session_events) ++events[hour(event.at)];
  for (const CaseChange& change : history.cases) ++events[hour(change.at)];
  for (const Utterance& reply : history.rep_replies) ++events[hour(reply.at)];
  for (const FileLink& link : history.files) ++events[hour(link.at)];
  for (const Call& call : history.calls) {
    const auto now = hour(call.at);
    const std::size_t allowed = kCallsPerHourMax + kCallsPerEventMax * (events[now] + events[now - std::chrono::hours(1)]);
    if (++calls[now] != allowed + 1) continue;
    out.push_back(
        {"the bridge made more than " + std::to_string(allowed) + " calls in an hour in which little happened", call.entry});
  }
  return out;
}

}  // namespace

const Invariant rows::kWorkEnds{
    .id = "I10",
    .title = "Work ends",
    .shown =
        "In no hour the bridge makes more than 2,000 calls and 200 more for each event of that hour and the one before: messages, replies, changed Cases, "
        "files. A world that does not become quiet is a failure that names who holds it up.",
    .source = "the vendors' limits on calls",
    .make_judge = [] { return Judge(work_ends); }};

}  // namespace casewire::sim
