#include "scenarios/report/idle.hpp"

#include <algorithm>
#include <map>

#include "base/text/strings.hpp"
#include "scenarios/report/entry_text.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kCycleMax = 8;
constexpr std::size_t kRepetitionsMin = 3;
constexpr std::size_t kCallsMax = 32;      // a round that does more than this is not idle
constexpr milliseconds kSweepEnds{1'000};  // virtual time without an entry; a sweep's own calls follow each other faster

struct Round {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t kind = 0;  // equal rounds have equal numbers; 0: not idle
};

bool is_skip(const sim::Entry& entry) { return entry.as<sim::TimeSkip>() != nullptr; }

bool begins_a_round(const std::vector<sim::Entry>& journal, std::size_t at) {
  return is_skip(journal[at]) || (at > 0 && journal[at].at - journal[at - 1].at >= kSweepEnds);
}

bool is_call_of_the_bridge(const sim::Entry& entry) {
  const auto* call = entry.as<sim::HttpExchange>();
  return call && call->from == "bridge" && !is_trouble(entry);
}

std::string signature(const sim::HttpExchange& call) {
  return call.to + " " + call.method + " " + purpose(call) + " " + outcome(call);
}

std::vector<Round> rounds_of(const std::vector<sim::Entry>& journal, const std::vector<std::uint64_t>& keep) {
  std::vector<Round> rounds;
  std::map<std::vector<std::string>, std::size_t> kinds;
  for (std::size_t at = 0; at < journal.size();) {
    if (!begins_a_round(journal, at) || (!is_skip(journal[at]) && !is_call_of_the_bridge(journal[at]))) {
      if (rounds.empty() || rounds.back().kind != 0) rounds.push_back({at, at, 0});
      ++at;
      continue;
    }
    std::vector<std::string> calls;
    std::size_t end = at;
    // Two skips in a row are one: the clock stopped for somebody who had nothing to do.
    while (end < journal.size() && is_skip(journal[end])) ++end;
    while (end < journal.size() && is_call_of_the_bridge(journal[end]) && calls.size() <= kCallsMax &&
           (calls.empty() || !begins_a_round(journal, end))) {
      calls.push_back(signature(*journal[end++].as<sim::HttpExchange>()));
    }
    Round round{at, end - 1, 0};
    bool idle = true;
    for (std::size_t inside = round.first; inside <= round.last; ++inside) {
      idle = idle && std::find(keep.begin(), keep.end(), journal[inside].sequence) == keep.end();
    }
    if (idle && calls.size() <= kCallsMax) {
      // A sweep that looks twice where it mostly looks once is the same sweep.
      std::sort(calls.begin(), calls.end());
      calls.erase(std::unique(calls.begin(), calls.end()), calls.end());
      round.kind = kinds.emplace(calls, kinds.size() + 1).first->second;
    }
    rounds.push_back(round);
    at = round.last + 1;
  }
  return rounds;
}

// How many times rounds[at, at + period) stands there in a row.
std::size_t repetitions(const std::vector<Round>& rounds, std::size_t at, std::size_t period) {
  std::size_t end = at;
  while (end < rounds.size() && rounds[end].kind != 0 && rounds[end].kind == rounds[at + (end - at) % period].kind &&
         (end == at || rounds[end].first == rounds[end - 1].last + 1)) {
    ++end;
  }
  return (end - at) / period;
}

std::string calls_of(const std::vector<sim::Entry>& journal, std::size_t first, std::size_t last) {
  std::vector<std::string> names;
  for (std::size_t at = first; at <= last; ++at) {
    const auto* call = journal[at].as<sim::HttpExchange>();
    if (!call) continue;
    std::string name = purpose(*call);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
  }
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

}  // namespace

std::vector<IdleRun> idle_runs(const std::vector<sim::Entry>& journal, const std::vector<std::uint64_t>& keep) {
  const std::vector<Round> rounds = rounds_of(journal, keep);
  std::vector<IdleRun> runs;
  for (std::size_t at = 0; at < rounds.size();) {
    std::size_t best = 0;
    std::size_t period = 1;
    for (std::size_t candidate = 1; candidate <= kCycleMax && at + candidate <= rounds.size(); ++candidate) {
      const std::size_t count = repetitions(rounds, at, candidate);
      if (count >= kRepetitionsMin && count * candidate > best * period) {
        best = count;
        period = candidate;
      }
    }
    if (best == 0) {
      ++at;
      continue;
    }
    const Round& first = rounds[at + period];
    const Round& last = rounds[at + best * period - 1];
    runs.push_back(
        {first.first, last.last, (best - 1) * period, calls_of(journal, rounds[at].first, rounds[at + period - 1].last)});
    at += best * period;
  }
  return runs;
}

}  // namespace casewire::scenarios::report
