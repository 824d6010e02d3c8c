#include "scenarios/cli/last_run.hpp"

#include <filesystem>
#include <fstream>

#include "base/text/json.hpp"
#include "scenarios/cli/whole_file.hpp"

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFolder = ".casewire";
constexpr const char* kLastRunFile = ".casewire/last-run.json";

std::string plain(const std::string& file) { return fs::path(file).lexically_normal().string(); }

}  // namespace

LastRun LastRun::read() {
  LastRun last;
  const auto json = parse_json(whole_file(kLastRunFile).value_or(""), kLastRunFile);
  if (!json) return last;
  const Json& scenarios = member(*json, "scenarios");
  if (!scenarios.is_array()) return last;
  for (const Json& one : scenarios) {
    const Json& green = member(one, "green");
    const Json& time = member(one, "ms");
    last.played_[{string_member(one, "file"), string_member(one, "rule"), string_member(one, "name")}] = {
        green.is_boolean() && green.get<bool>(), milliseconds{time.is_number_integer() ? time.get<std::int64_t>() : 0}};
  }
  return last;
}

const LastRun::Played* LastRun::of(const std::string& file, const std::string& rule, const std::string& name) const {
  const auto found = played_.find({plain(file), rule, name});
  return found == played_.end() ? nullptr : &found->second;
}

void LastRun::learn(const RunResult& result, Times times) {
  for (const ScenarioResult& scenario : result.scenarios) {
    const Key key(plain(scenario.where.file), scenario.rule, scenario.name);
    // What was interrupted before it began keeps what is known of it.
    const bool was_played = scenario.verdict != Verdict::not_exercised || scenario.real_time.count() > 0;
    if (!was_played) continue;
    Played& played = played_[key];
    played.is_green = scenario.verdict == Verdict::passed || scenario.verdict == Verdict::pending;
    if (times == Times::learn) played.time = scenario.real_time;
  }
}

bool LastRun::write() const {
  Json scenarios = Json::array();
  for (const auto& [key, played] : played_) {
    const auto& [file, rule, name] = key;
    scenarios.push_back(
        {{"file", file}, {"rule", rule}, {"name", name}, {"green", played.is_green}, {"ms", played.time.count()}});
  }
  std::error_code error;
  fs::create_directories(kFolder, error);
  if (error) return false;
  // Beside the file first: a run that ends in between must not leave half of it.
  const std::string beside = std::string(kLastRunFile) + ".new";
  {
    std::ofstream out(beside, std::ios::binary);
    out << dump_json(Json{{"scenarios", std::move(scenarios)}}) << "\n";
    if (!out.flush()) return false;
  }
  fs::rename(beside, kLastRunFile, error);
  return !error;
}

}  // namespace casewire::scenarios
