#include "playing.hpp"

#include <algorithm>
#include <atomic>
#include <set>
#include <string_view>
#include <thread>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::walks {
namespace {

using scenarios::ScenarioResult;
using scenarios::Verdict;

constexpr std::string_view kUnfired = "this fault never fired";
constexpr std::string_view kLogged = "the end of what the bridge logged";
/// A feature file holds 1,000 scenarios at most.
constexpr std::size_t kAtOnce = 500;

std::string feature_of(const std::vector<Story>& stories) {
  std::string text =
      "Feature: Walks\n"
      "  Background:\n"
      "    Given the customer Dana writes from dana@example.test\n"
      "    And the rep Ruiz works the queue \"Support\"\n";
  for (const auto& story : stories) text += "  Scenario: " + story.name + "\n" + story.steps;
  return text;
}

Happened happened(const ScenarioResult& result) {
  Happened seen{.violations = result.violations.size()};
  std::set<std::string_view> sessions;
  for (const auto& entry : result.journal) {
    if (entry.as<sim::FaultStrike>()) ++seen.faults;
    if (const auto* call = entry.as<sim::HttpExchange>(); call && call->from == "bridge") ++seen.calls;
    if (const auto* life = entry.as<sim::BridgeEvent>()) {
      seen.kills += life->event == "crashed";
      seen.hindered += life->event == "hindered";
    }
    const auto* event = entry.as<sim::SessionEvent>();
    if (!event || event->message_id.empty()) continue;
    sessions.insert(event->session);
    if (event->sender == "contact") ++seen.messages;
    if (event->sender == "human_agent") ++seen.replies;
  }
  seen.conversations = sessions.size();
  return seen;
}

std::string told(const scenarios::Fleet& fleet) {
  using Kind = scenarios::Misfortune::Kind;
  std::string text;
  for (const auto& misfortune : fleet.misfortunes) {
    const auto one = "bridge " + std::to_string(misfortune.bridge + 1);
    text += "  after " + human_duration(misfortune.after) + " for " + human_duration(misfortune.lasts) + ": ";
    switch (misfortune.kind) {
      case Kind::killed: text += one + " is dead\n"; break;
      case Kind::stands_still: text += one + " stands still at step " + std::to_string(misfortune.at_step) + "\n"; break;
      case Kind::cut_off: text += one + " is cut off from the store\n"; break;
      case Kind::store_down: text += "the store is down\n"; break;
    }
  }
  return text;
}

Ended ended(const ScenarioResult& result, const Story& story) {
  Ended end{.why_not_green = {}, .happened = happened(result)};
  std::string why;
  for (const auto& step : result.steps) {
    if (step.reached && step.verdict != Verdict::passed) {
      why += step.keyword + " " + step.text + "\n  expected " + step.expected + "\n  found " + step.found + "\n";
    }
  }
  for (const auto& violation : result.violations) why += violation.invariant + ": " + violation.what + "\n";
  std::string output;
  for (const auto& complaint : result.complaints) {
    if (complaint.starts_with(kUnfired)) end.has_unfired_fault = true;
    if (complaint.starts_with(kLogged)) output += complaint + "\n";
    if (!complaint.starts_with(kUnfired) && !complaint.starts_with(kLogged)) why += complaint + "\n";
  }
  if (result.verdict == Verdict::unknown || result.verdict == Verdict::not_exercised) why += result.note + "\n";
  if (!why.empty()) end.why_not_green = feature_of({story}) + told(story.fleet) + why + output;
  return end;
}

/// All have the first one's bridges.
std::vector<Ended> play_some(const std::vector<Story>& stories, std::uint64_t seed, unsigned jobs) {
  const scenarios::Fixtures fixtures{std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"};
  const auto feature = scenarios::read_feature("walks.feature", feature_of(stories), fixtures, scenarios::casewire_vocabulary());
  if (!feature) {
    std::string problems;
    for (const auto& diagnostic : feature.error()) problems += render(diagnostic);
    return std::vector<Ended>(stories.size(), Ended{.why_not_green = "unreadable:\n" + problems});
  }
  scenarios::PlayOptions options;
  options.seed = seed;
  options.jobs = jobs;
  options.make_ring = [seed, &fleet = stories.front().fleet] {
    return scenarios::make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), seed, fleet);
  };
  const auto results = scenarios::play_all(feature->scenarios, fixtures, options, [](const ScenarioResult&) {});
  std::vector<Ended> ends;
  for (std::size_t i = 0; i < results.size(); ++i) ends.push_back(ended(results[i], stories[i]));
  return ends;
}

/// Each has misfortunes of its own.
std::vector<Ended> play_fleets(const std::vector<Story>& stories, std::uint64_t seed, unsigned jobs) {
  std::vector<Ended> ends(stories.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> players;
  for (unsigned i = 0; i < jobs; ++i) {
    players.emplace_back([&] {
      for (std::size_t mine = next++; mine < stories.size(); mine = next++)
        ends[mine] = play_some({stories[mine]}, seed, 1).front();
    });
  }
  for (auto& player : players) player.join();
  return ends;
}

}  // namespace

Happened& Happened::operator+=(const Happened& other) {
  conversations += other.conversations;
  messages += other.messages;
  replies += other.replies;
  kills += other.kills;
  hindered += other.hindered;
  faults += other.faults;
  calls += other.calls;
  violations += other.violations;
  return *this;
}

std::string ordinal(int number) {
  const int tens = number % 100;
  const char* ending = tens >= 11 && tens <= 13 ? "th"
                       : number % 10 == 1       ? "st"
                       : number % 10 == 2       ? "nd"
                       : number % 10 == 3       ? "rd"
                                                : "th";
  return std::to_string(number) + ending;
}

std::vector<Ended> play(const std::vector<Story>& stories, std::uint64_t seed) {
  const unsigned jobs = std::max(1u, std::thread::hardware_concurrency());
  if (std::any_of(stories.begin(), stories.end(), [](const Story& story) { return story.fleet.bridges > 1; })) {
    return play_fleets(stories, seed, jobs);
  }
  std::vector<Ended> ends;
  for (std::size_t first = 0; first < stories.size(); first += kAtOnce) {
    const auto last = std::min(first + kAtOnce, stories.size());
    const auto begin = stories.begin() + static_cast<std::ptrdiff_t>(first);
    const auto some = play_some({begin, begin + static_cast<std::ptrdiff_t>(last - first)}, seed, jobs);
    ends.insert(ends.end(), some.begin(), some.end());
  }
  return ends;
}

}  // namespace casewire::walks
