#include "scenarios/cli/narrowing.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <numeric>
#include <optional>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

std::optional<std::size_t> number_in(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

struct ShardVariables {
  const char* index;
  const char* count;
  std::size_t first;  ///< what the server calls its first machine
};
constexpr std::array<ShardVariables, 3> kShardVariables{{{"CI_NODE_INDEX", "CI_NODE_TOTAL", 1},
                                                         {"CIRCLE_NODE_INDEX", "CIRCLE_NODE_TOTAL", 0},
                                                         {"BUILDKITE_PARALLEL_JOB", "BUILDKITE_PARALLEL_JOB_COUNT", 0}}};

/// Empty: not set, or to nothing.
std::string said_of(const char* variable) {
  const char* value = std::getenv(variable);
  return value == nullptr ? std::string() : std::string(value);
}

Result<Shard, std::string> checked(std::optional<std::size_t> index, std::optional<std::size_t> count, const std::string& text) {
  constexpr std::size_t kShardsMax = 1000;
  if (!index || !count || *index < 1 || *count < 1 || *index > *count || *count > kShardsMax) {
    return fail("--shard takes a share such as 2/5, or \"ci\"; found \"" + text + "\"");
  }
  return Shard{*index, *count};
}

}  // namespace

Result<Shard, std::string> read_shard(const std::string& text) {
  if (text != "ci") {
    const auto parts = split(text, '/');
    if (parts.size() != 2) return checked(std::nullopt, std::nullopt, text);
    return checked(number_in(parts[0]), number_in(parts[1]), text);
  }
  for (const auto& variables : kShardVariables) {
    const std::string index = said_of(variables.index), count = said_of(variables.count);
    // GitLab says of a job that is not shared that it is one of one, and not which.
    if (index.empty() && count == "1") return Shard{};
    if (index.empty() || count.empty()) continue;
    auto number = number_in(index);
    if (number) *number += 1 - variables.first;
    return checked(number, number_in(count), variables.index + ("=" + index) + ", " + variables.count + "=" + count);
  }
  const bool is_github = !said_of("GITHUB_ACTIONS").empty();
  return fail("--shard ci: " + std::string(is_github ? "GitHub sets no variables for it; say --shard ${{ matrix.shard }}/2"
                                                     : "this CI server sets no variables that are known; say --shard 2/5"));
}

std::vector<Scenario> named(std::vector<Scenario> scenarios, const std::vector<std::string>& texts) {
  if (texts.empty()) return scenarios;
  std::erase_if(scenarios, [&](const Scenario& scenario) {
    const std::string whole = lowercase(scenario.feature + "\n" + scenario.rule + "\n" + scenario.name);
    return std::none_of(texts.begin(), texts.end(),
                        [&](const std::string& text) { return whole.find(lowercase(text)) != std::string::npos; });
  });
  return scenarios;
}

std::vector<Scenario> not_green(std::vector<Scenario> scenarios, const LastRun& last) {
  std::erase_if(scenarios, [&](const Scenario& scenario) {
    const LastRun::Played* played = last.of(scenario.where.file, scenario.rule, scenario.name);
    return played != nullptr && played->is_green;
  });
  return scenarios;
}

std::vector<Scenario> share_of(std::vector<Scenario> scenarios, const Shard& shard, const LastRun& last) {
  std::vector<std::int64_t> times;
  std::int64_t known = 0, sum = 0;
  for (const Scenario& scenario : scenarios) {
    const LastRun::Played* played = last.of(scenario.where.file, scenario.rule, scenario.name);
    const bool is_known = played != nullptr && played->time.count() > 0;
    times.push_back(is_known ? played->time.count() : -1);
    if (is_known) {
      ++known;
      sum += times.back();
    }
  }
  // What nobody has played yet takes as long as the others.
  const std::int64_t usual = known == 0 ? 1 : std::max<std::int64_t>(sum / known, 1);
  for (std::int64_t& time : times) time = time < 0 ? usual : time;

  // The longest first, each to the machine that has least to do.
  std::vector<std::size_t> order(scenarios.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return times[a] > times[b]; });
  std::vector<std::int64_t> load(shard.count, 0);
  std::vector<bool> is_mine(scenarios.size(), false);
  for (const std::size_t at : order) {
    const auto least = std::min_element(load.begin(), load.end());
    *least += times[at];
    is_mine[at] = static_cast<std::size_t>(least - load.begin()) + 1 == shard.index;
  }
  std::vector<Scenario> mine;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    if (is_mine[i]) mine.push_back(std::move(scenarios[i]));
  }
  return mine;
}

}  // namespace casewire::scenarios
