#include "playing.hpp"

#include <algorithm>
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
    if (const auto* life = entry.as<sim::BridgeEvent>(); life && life->event == "crashed") ++seen.kills;
    const auto* event = entry.as<sim::SessionEvent>();
    if (!event || event->message_id.empty()) continue;
    sessions.insert(event->session);
    if (event->sender == "contact") ++seen.messages;
    if (event->sender == "human_agent") ++seen.replies;
  }
  seen.conversations = sessions.size();
  return seen;
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
  if (!why.empty()) end.why_not_green = feature_of({story}) + why + output;
  return end;
}

std::vector<Ended> play_some(const std::vector<Story>& stories, std::uint64_t seed) {
  const scenarios::Fixtures fixtures{std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"};
  const auto feature = scenarios::read_feature("walks.feature", feature_of(stories), fixtures, scenarios::casewire_vocabulary());
  if (!feature) {
    std::string problems;
    for (const auto& diagnostic : feature.error()) problems += render(diagnostic);
    return std::vector<Ended>(stories.size(), Ended{.why_not_green = "unreadable:\n" + problems});
  }
  scenarios::PlayOptions options;
  options.seed = seed;
  options.jobs = std::max(1u, std::thread::hardware_concurrency());
  options.make_ring = [seed] { return scenarios::make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), seed); };
  const auto results = scenarios::play_all(feature->scenarios, fixtures, options, [](const ScenarioResult&) {});
  std::vector<Ended> ends;
  for (std::size_t i = 0; i < results.size(); ++i) ends.push_back(ended(results[i], stories[i]));
  return ends;
}

}  // namespace

Happened& Happened::operator+=(const Happened& other) {
  conversations += other.conversations;
  messages += other.messages;
  replies += other.replies;
  kills += other.kills;
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
  std::vector<Ended> ends;
  for (std::size_t first = 0; first < stories.size(); first += kAtOnce) {
    const auto last = std::min(first + kAtOnce, stories.size());
    const auto begin = stories.begin() + static_cast<std::ptrdiff_t>(first);
    const auto some = play_some({begin, begin + static_cast<std::ptrdiff_t>(last - first)}, seed);
    ends.insert(ends.end(), some.begin(), some.end());
  }
  return ends;
}

}  // namespace casewire::walks
