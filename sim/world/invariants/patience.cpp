#include <deque>
#include <map>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// A probe every minute, a few conversations with a back-off each, and room for other manners than ours.
constexpr std::size_t kFailedCallsPerHourMax = 600;

// Nobody is asked again before the time it gave: by the same call after a 503, by any call after a 429.
void retry_after_is_kept(const History& history, std::vector<Find>& out) {
  struct Pause {
    const Call* call;
    WallTime until;
  };
  std::vector<Pause> pauses;
  for (const Call& call : history.calls) {
    for (const Pause& pause : pauses) {
      const Call& told = *pause.call;
      // A bridge that was started anew may have forgotten it.
      if (call.to != told.to || call.at <= told.at || call.at >= pause.until || call.starts != told.starts) continue;
      if (!told.is_limited && (call.method != told.method || call.target != told.target)) continue;
      out.push_back({call.to + " was asked again before the time that its Retry-After gave", call.entry});
      break;
    }
    if (call.has_failed && call.retry_after_s) pauses.push_back({&call, call.at + std::chrono::seconds(*call.retry_after_s)});
  }
}

void an_outage_is_left_alone(const History& history, std::vector<Find>& out) {
  std::map<std::string, std::deque<WallTime>> failed;
  for (const Call& call : history.calls) {
    if (!call.has_failed) continue;
    std::deque<WallTime>& hour = failed[call.to];
    hour.push_back(call.at);
    while (hour.front() + std::chrono::hours(1) <= call.at) hour.pop_front();
    if (hour.size() != kFailedCallsPerHourMax + 1) continue;
    out.push_back({call.to + " was called more than " + std::to_string(kFailedCallsPerHourMax) +
                       " times in an hour in which it answered nothing",
                   call.entry});
  }
}

std::vector<Find> patience_is_kept(const History& history) {
  std::vector<Find> out;
  retry_after_is_kept(history, out);
  an_outage_is_left_alone(history, out);
  return out;
}

}  // namespace

const Invariant rows::kPatience{
    .id = "I17",
    .title = "Whoever is down is left alone",
    .shown =
        "No vendor is called more than 600 times in an hour without an answer; after a 429 with `Retry-After` nothing is asked of it before that time, after "
        "another failure with it not the same again.",
    .source = "RFC 9110, \"Retry-After\"; the vendors' limits on calls",
    .make_judge = [] { return Judge(patience_is_kept); }};

}  // namespace casewire::sim
