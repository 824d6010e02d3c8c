#include <algorithm>
#include <iostream>
#include <set>
#include <tuple>

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/last_run.hpp"
#include "scenarios/cli/narrowing.hpp"
#include "scenarios/cli/report_files.hpp"
#include "scenarios/cli/whole_file.hpp"
#include "scenarios/report/console.hpp"
#include "scenarios/report/run_json.hpp"

namespace casewire::scenarios {
namespace {

/// Shards of one run agree in what they tested; anything else would be a report of nothing.
std::string difference(const RunResult& one, const RunResult& other) {
  if (one.ring != other.ring) return "the rings differ: " + one.ring + " and " + other.ring;
  if (one.bridge != other.bridge) return "the bridges differ: " + one.bridge + " and " + other.bridge;
  if (one.bridge_environment != other.bridge_environment) {
    return "the bridges' environments differ: " + environment_line(one) + " and " + environment_line(other);
  }
  if (one.judging != other.judging) return "they were judged otherwise: " + one.judging + ", and " + other.judging;
  if (one.seed != other.seed) return "the seeds differ: " + std::to_string(one.seed) + " and " + std::to_string(other.seed);
  return {};
}

/// Of sorted scenarios. Shards that have one in common lack others.
std::string played_twice(const RunResult& merged) {
  const auto twice = std::adjacent_find(merged.scenarios.begin(), merged.scenarios.end(), [](const auto& a, const auto& b) {
    return a.where.file == b.where.file && a.where.position.line == b.where.position.line && a.name == b.name && a.seed == b.seed;
  });
  if (twice == merged.scenarios.end()) return {};
  return "casewire: two of the files have " + place_of(*twice) + ", " + twice->name +
         "\nhint: is one of them there twice? Or the shards knew different last runs (.casewire/last-run.json); then others are missing\n";
}

/// As one run would have played them.
bool stands_before(const ScenarioResult& a, const ScenarioResult& b) {
  return std::tie(a.number, a.where.file, a.where.position.line) < std::tie(b.number, b.where.file, b.where.position.line);
}

/// The shards that were read, against how many there are.
class Shards {
 public:
  /// What is wrong with it; empty: nothing.
  std::string add(const RunResult& run) {
    if (run.shard.empty()) return {};
    const auto shard = read_shard(run.shard);
    if (!shard) return shard.error();
    if (count_ != 0 && shard->count != count_)
      return "it is shard " + run.shard + ", and others are of " + std::to_string(count_);
    count_ = shard->count;
    seen_.insert(shard->index);
    return {};
  }
  /// Those that nobody gave, for people; empty: none.
  std::string missing() const {
    std::string text;
    for (std::size_t index = 1; index <= count_; ++index) {
      if (!seen_.contains(index)) text += (text.empty() ? "" : ", ") + Shard{index, count_}.text();
    }
    return text;
  }

 private:
  std::size_t count_ = 0;
  std::set<std::size_t> seen_;
};

}  // namespace

int merge_runs(const MergeOptions& options) {
  RunResult merged;
  Shards shards;
  std::string problems = report_problems(options.reports);
  for (std::size_t i = 0; i < options.files.size(); ++i) {
    const std::string& file = options.files[i];
    const auto text = whole_file(file);
    if (!text) {
      problems += "casewire: cannot read " + file + "\n";
      continue;
    }
    auto run = read_run_json(*text, file);
    if (!run) {
      problems += render(run.error()) + "\n";
      continue;
    }
    if (const std::string what = shards.add(*run); !what.empty()) problems += "casewire: " + file + ": " + what + "\n";
    if (merged.ring.empty()) {
      merged = std::move(*run);
      merged.shard.clear();
      continue;
    }
    if (const std::string what = difference(merged, *run); !what.empty()) {
      problems += "casewire: " + file + " is of another run: " + what + "\n";
      continue;
    }
    for (const auto& [tag, count] : run->left_out) merged.left_out[tag] += count;
    merged.started_at = std::min(merged.started_at, run->started_at);
    merged.real_time = std::max(merged.real_time, run->real_time);  // they ran beside each other
    for (ScenarioResult& scenario : run->scenarios) merged.scenarios.push_back(std::move(scenario));
  }
  if (!problems.empty()) {
    std::cerr << problems;
    return 2;
  }
  std::stable_sort(merged.scenarios.begin(), merged.scenarios.end(), stands_before);
  if (const std::string twice = played_twice(merged); !twice.empty()) {
    std::cerr << twice;
    return 2;
  }
  LastRun last = LastRun::read();
  last.learn(merged, LastRun::Times::learn);
  static_cast<void>(last.write());
  Console console(std::cout, console_options(1));
  console.begin(merged, merged.scenarios.size());
  for (const ScenarioResult& scenario : merged.scenarios) console.finished(scenario);
  const WrittenReports written = write_reports(merged, options.reports);
  console.end(merged, written.files);
  std::cerr << written.problems;
  const std::string missing = shards.missing();
  if (!missing.empty()) std::cerr << "casewire: not all of the run is here: missing is shard " << missing << "\n";
  if (!written.problems.empty()) return 3;
  // What was not seen is not green.
  const int code = exit_code(merged);
  return code == 0 && !missing.empty() ? 4 : code;
}

}  // namespace casewire::scenarios
