#include "scenarios/runner/player.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <thread>

#include "base/runtime/stopwatch.hpp"
#include "base/text/strings.hpp"
#include "scenarios/runner/process_side.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/runner/state_copy.hpp"
#include "scenarios/tape/replayer.hpp"
#include "scenarios/tape/same.hpp"
#include "scenarios/tape/tape_files.hpp"

namespace casewire::scenarios {
namespace {

constexpr milliseconds kTellTimeEvery{20};  // a world's time may move a million times a second

Verdict verdict_of(Played::End end) {
  switch (end) {
    case Played::End::done: return Verdict::passed;
    case Played::End::failed: return Verdict::failed;
    case Played::End::cannot: return Verdict::not_exercised;
    case Played::End::harness_fault: return Verdict::unknown;
  }
  return Verdict::unknown;
}

void play_steps(const Scenario& scenario, Stage& stage, ScenarioResult& result) {
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    const Step& step = scenario.steps[i];
    StepResult& shown = result.steps[i];
    const std::uint64_t before = stage.is_open() ? stage.world().journal().size() : 0;
    if (stage.is_open()) stage.world().journal().append("script", sim::StepBegin{step.keyword, step.text});
    const Played outcome = stage.act(step.action);
    shown.reached = true;
    shown.verdict = verdict_of(outcome.end);
    shown.expected = outcome.expected;
    shown.found = outcome.found;
    shown.recorded = outcome.recorded;
    shown.made = outcome.made;
    if (stage.is_open() && stage.world().journal().size() > before) {
      shown.first_entry = before + 1;
      shown.last_entry = stage.world().journal().size();
    }
    if (outcome.end != Played::End::done) {
      result.verdict = shown.verdict;
      return;
    }
  }
}

/// What makes a run red although every step held.
void judge_the_whole(Stage& stage, ScenarioResult& result) {
  World& world = stage.world();
  result.violations = stage.violations();
  for (const std::string& request : world.org().not_modelled()) result.complaints.push_back("not modelled: " + request);
  for (const std::string& violation : world.platform().violations())
    result.complaints.push_back("OpenCX API description: " + violation);
  if (world.journal().overflowed()) result.complaints.push_back("the journal was full: some of what happened was not seen");
  if (Replayer* replayer = world.replayer()) {
    // The failed step tells the first; a bridge that tries again departs from the recording again, in the same way.
    std::set<std::string> seen;
    for (const StepResult& step : result.steps) seen.insert(step.found.substr(0, step.found.find('\n')));
    for (const std::string& mismatch : replayer->mismatches()) {
      if (seen.insert(mismatch).second) result.complaints.push_back("recording: " + mismatch);
    }
  }
  const bool broken = !result.violations.empty() || !result.complaints.empty();
  if (broken && result.verdict != Verdict::unknown) result.verdict = Verdict::failed;
  // Another bridge may do without the operation; and where time cannot be moved a fault may wait for what did not come yet.
  const bool is_owed = world.staging().bridge_is_ours && stage.ring().real_time() == nullptr;
  const Verdict of_unproved = is_owed ? Verdict::failed : Verdict::not_exercised;
  for (std::string& complaint : world.faults().unproved()) {
    result.complaints.push_back(std::move(complaint));
    if (result.verdict == Verdict::passed) result.verdict = of_unproved;
  }
}

std::string file_stem_of(const Scenario& scenario) {
  std::string name;
  for (const char c : scenario.feature + "-" + std::to_string(scenario.where.position.line) + "-" + scenario.name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  return name.substr(0, 120);
}

bool write_recording(const std::filesystem::path& file, const Tape& tape, std::size_t dropped) {
  std::ofstream out(file, std::ios::binary);
  out << write_har(tape, dropped);
  return bool(out.flush());
}

/// So that the diff of a recording that is made again shows news alone.
bool write_unless_known(const std::string& file, Tape tape, std::size_t dropped, const ScenarioResult& result) {
  tape.head.comment =
      "What Casewire's own models said, not Salesforce or OpenCX, by casewire record's proxies: " + result.feature + ": " +
      result.name;
  std::ifstream in(file, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const auto known = read_har(text, file, beside_tape(file));
  const auto written = read_har(write_har(tape), file);  // without secrets and hosts, as the other one is
  return (known && written && tell_the_same(*known, *written)) || save_tape(file, tape, dropped);
}

/// Where a scenario counts or strikes calls, those of a timer would be in its way: whoever wants the preflight says so.
std::map<std::string, std::string> usual_settings() { return {{"CASEWIRE_CHECK_EVERY", "never"}}; }

void write_recording(World& world, const std::filesystem::path& file, ScenarioResult& result, bool stays_if_known = false) {
  Tape tape = world.recorder()->tape();
  tape.head.is_of_fakes = true;
  const auto usual = usual_settings();
  for (const auto& [name, value] : world.staging().bridge_settings) {
    const auto known = usual.find(name);
    const bool is_usual = known != usual.end() && known->second == value;
    if (!is_usual && is_setting_of_a_tape(name)) tape.head.bridge_settings.emplace(name, value);
  }
  const std::size_t lost = world.recorder()->dropped();
  const bool is_written =
      stays_if_known ? write_unless_known(file.string(), std::move(tape), lost, result) : write_recording(file, tape, lost);
  if (!is_written) {
    result.complaints.push_back("cannot write " + file.string());
    result.verdict = Verdict::unknown;
  } else if (const std::size_t dropped = world.recorder()->dropped(); dropped != 0) {
    result.complaints.push_back("the recording was full: " + std::to_string(dropped) + " exchanges are not in " + file.string());
    result.verdict = Verdict::unknown;
  }
}

void add_people(const Action& action, std::vector<Person>& people) {
  for (const std::string_view slot : action.traits().introduces) {
    if (slot == "customer") people.push_back({Person::Role::customer, action.text(slot), action.text("address")});
    if (slot == "rep") people.push_back({Person::Role::rep, action.text(slot)});
  }
}

std::string subject_of(const Action& action) {
  if (action.group() != Group::check) return {};
  return action.text(action.has("case") ? "case" : "customer");
}

ScenarioResult result_before(const Scenario& scenario, const PlayOptions& options) {
  ScenarioResult result;
  result.feature = scenario.feature;
  result.rule = scenario.rule;
  result.name = scenario.name;
  result.tags = scenario.tags;
  result.pending = pending_reason(scenario.tags);
  result.where = scenario.where;
  result.seed = options.seed;
  result.file_stem = file_stem_of(scenario);
  if (options.rerun) result.rerun = options.rerun(scenario);
  for (const Step& step : scenario.steps) {
    StepResult shown;
    shown.keyword = step.keyword;
    shown.text = step.text;
    shown.below = below(step);
    shown.where = step.where;
    shown.window = step.action.sentence().window;
    shown.subject = subject_of(step.action);
    result.steps.push_back(std::move(shown));
    add_people(step.action, result.people);
  }
  return result;
}

/// After the journal was taken: what happens here is no part of the scenario.
void keep_artifacts(Ring& ring, const std::string& artifacts_folder, ScenarioResult& result) {
  const std::filesystem::path folder = std::filesystem::path(artifacts_folder) / result.file_stem;
  std::filesystem::create_directories(folder);
  if (ring.world().recorder() != nullptr) write_recording(ring.world(), folder / "tape.har", result);
  if (const auto* process = dynamic_cast<const ProcessSide*>(&ring)) {
    ring.kill_bridge();  // a store that is written to meanwhile would be copied torn
    copy_state(process->state_folder(), folder / "state");
  }
}

/// For failures that are not about a promise, unless the failed step quotes it already.
void add_bridge_output(std::string_view logged, ScenarioResult& result) {
  constexpr int kLinesMax = 20;
  std::string_view output = trimmed(logged);
  std::size_t begin = output.size();
  for (int lines = 0; lines < kLinesMax && begin != std::string_view::npos; ++lines) begin = output.rfind('\n', begin - 1);
  if (begin != std::string_view::npos) output.remove_prefix(begin + 1);
  const bool is_quoted = std::any_of(result.steps.begin(), result.steps.end(),
                                     [&](const StepResult& step) { return step.found.find(output) != std::string::npos; });
  if (!output.empty() && !is_quoted) result.complaints.push_back("the end of what the bridge logged:\n" + std::string(output));
}

/// What is known not to work yet makes no run red, and is never called passed.
void judge_as_pending(ScenarioResult& result, bool is_our_bridge) {
  if (result.verdict == Verdict::failed) {
    result.verdict = Verdict::pending;
  } else if (result.verdict == Verdict::passed && is_our_bridge) {
    result.verdict = Verdict::failed;
    result.complaints.push_back("it is tagged as pending (" + result.pending + ") and passes: take the tag away");
  }
}

/// Never throws: what goes wrong in the harness is the verdict `unknown`.
void play(const Scenario& scenario, const Fixtures& fixtures, const PlayOptions& options, ScenarioResult& result) {
  const RealStopwatch watch;
  try {
    const std::unique_ptr<Ring> ring = options.make_ring();
    const WallTime start = ring->now();
    if (options.on_time) {
      ring->tell_time_to([&, told = RealStopwatch()]() mutable {
        if (told.elapsed() < kTellTimeEvery) return;
        told.restart();
        options.on_time(result, ring->now() - start);
      });
    }
    Staging before;
    before.seed = options.seed;
    before.bridge_settings = usual_settings();
    before.by_proxies = !options.record_file.empty();
    before.record = before.by_proxies || !options.har_folder.empty() || !options.artifacts_folder.empty();
    before.journal_bytes_max = options.journal_bytes_max;
    Stage stage(*ring, fixtures, std::move(before));
    play_steps(scenario, stage, result);
    if (stage.is_open()) {
      const Played end = stage.finish(result.verdict != Verdict::passed);
      if (!end.done() && result.verdict == Verdict::passed) {
        result.verdict = verdict_of(end.end);
        result.complaints.push_back("after the last step: " + end.found);
      }
      judge_the_whole(stage, result);
      if (!options.record_file.empty()) write_recording(stage.world(), options.record_file, result, true);
      if (!options.har_folder.empty() && stage.world().recorder() != nullptr) {
        write_recording(stage.world(), std::filesystem::path(options.har_folder) / (result.file_stem + ".har"), result);
      }
      result.cases = stage.cases();
      result.bridge_log = ring->bridge_log()->lines();
      if (ring->bridge_log()->is_cut()) result.whole_log = ring->bridge_log();
      result.journal = stage.world().journal().take();
    }
    if (!result.pending.empty()) judge_as_pending(result, options.is_our_bridge);
    if (stage.is_open() && !options.artifacts_folder.empty() && is_worth_keeping(result)) {
      keep_artifacts(*ring, options.artifacts_folder, result);
    }
    result.virtual_time = ring->now() - start;
    result.note = ring->note();
    if (stage.is_open() && stage.world().replayer() != nullptr) {
      const std::string leniency = stage.world().replayer()->leniency();
      if (!leniency.empty()) result.note += (result.note.empty() ? "" : "; ") + ("the recording was taken loosely: " + leniency);
    }
    if (result.verdict != Verdict::passed && result.violations.empty()) add_bridge_output(ring->bridge_output(), result);
  } catch (const std::exception& error) {
    result.verdict = Verdict::unknown;
    result.complaints.push_back(std::string("the harness failed: ") + error.what());
  }
  result.real_time = watch.elapsed();
}

/// Two features may share their name, and names may differ in letters that file names leave out.
void tell_apart(std::vector<ScenarioResult>& results) {
  std::set<std::string> stems;
  for (ScenarioResult& result : results) {
    const std::string stem = result.file_stem;
    for (int number = 2; !stems.insert(result.file_stem).second; ++number) result.file_stem = stem + "-" + std::to_string(number);
  }
}

}  // namespace

std::string below(const Step& step) {
  const Said said = step.action.said();
  std::string lines;
  for (const std::string& row : said.rows) lines += (lines.empty() ? "" : "\n") + row;
  if (lines.empty() && step.text.ends_with(':') && !step.action.values().empty()) lines = step.action.values().back().text;
  return lines;
}

bool is_worth_keeping(const ScenarioResult& scenario) {
  return scenario.verdict == Verdict::failed || scenario.verdict == Verdict::unknown;
}

std::vector<ScenarioResult> play_all(const std::vector<Scenario>& scenarios, const Fixtures& fixtures, const PlayOptions& options,
                                     const std::function<void(const ScenarioResult&)>& on_finished) {
  std::vector<ScenarioResult> results;
  for (const Scenario& scenario : scenarios) results.push_back(result_before(scenario, options));
  tell_apart(results);
  std::atomic<std::size_t> next = 0;
  std::mutex reporting;
  const auto work = [&] {
    for (std::size_t i = next++; i < scenarios.size(); i = next++) {
      if (const std::string reason = options.stop_reason ? options.stop_reason() : std::string(); !reason.empty()) {
        results[i].verdict = Verdict::not_exercised;
        results[i].complaints.push_back(reason);
        continue;
      }
      if (options.on_begun) options.on_begun(results[i]);
      play(scenarios[i], fixtures, options, results[i]);
      const std::lock_guard lock(reporting);
      on_finished(results[i]);
    }
  };
  std::vector<std::thread> threads;
  const std::size_t count = std::min<std::size_t>(std::max(options.jobs, 1u), scenarios.size());
  for (std::size_t i = 1; i < count; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  return results;
}

}  // namespace casewire::scenarios
