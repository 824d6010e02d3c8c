#include "scenarios/report/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/text/counted.hpp"
#include "base/text/time.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/tally.hpp"

namespace casewire::scenarios {

using namespace report;

namespace {

// ECMA-48 "select graphic rendition".
constexpr const char* kGreen = "\x1b[32m";
constexpr const char* kRed = "\x1b[31m";
constexpr const char* kYellow = "\x1b[33m";
constexpr const char* kBold = "\x1b[1m";
constexpr const char* kPlain = "\x1b[0m";

const char* colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::passed: return kGreen;
    case Verdict::pending:
    case Verdict::not_exercised: return kYellow;
    case Verdict::failed:
    case Verdict::unknown: return kRed;
  }
  return kRed;
}

// What a customer wrote may hold escape sequences; a terminal must not act on them.
std::string harmless(std::string_view text) { return cleaned_utf8(text); }

std::string right_aligned(std::string text, std::size_t width) {
  if (text.size() < width) text.insert(0, width - text.size(), ' ');
  return text;
}

}  // namespace

ConsoleOptions console_options(int descriptor) {
  ConsoleOptions options;
  const char* term = std::getenv("TERM");
  options.terminal = isatty(descriptor) == 1 && term != nullptr && std::string_view(term) != "dumb";
  const char* no_color = std::getenv("NO_COLOR");
  options.colour = options.terminal && (no_color == nullptr || *no_color == '\0');
  winsize size{};
  if (options.terminal && ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) options.width = size.ws_col;
  return options;
}

std::string Console::painted(const char* colour, const std::string& text) const {
  return options_.colour ? colour + text + kPlain : text;
}

void Console::begin(const RunResult& result, std::size_t scenario_count) {
  const std::lock_guard lock(mutex_);
  total_ = scenario_count;
  out_ << "casewire: " << counted(scenario_count, "scenario") << (result.shard.empty() ? "" : ", shard " + result.shard + ",")
       << " in the " << result.ring << " ring, seed " << result.seed << ", against " << harmless(result.bridge) << "\n";
  if (!result.bridge_environment.empty()) out_ << "the bridge's environment: " << harmless(environment_line(result)) << "\n";
  if (!result.judging.empty()) out_ << "judged: " << result.judging << "\n";
  if (options_.terminal) print_counter();
  out_ << std::flush;
}

void Console::began(const ScenarioResult& scenario) {
  const std::lock_guard lock(mutex_);
  playing_.push_back({place_of(scenario), scenario.name, now_, {}});
}

std::vector<Console::Playing>::iterator Console::place_in_playing(const ScenarioResult& scenario) {
  return std::find_if(playing_.begin(), playing_.end(),
                      [&](const Playing& one) { return one.place == place_of(scenario) && one.name == scenario.name; });
}

void Console::time_passed(const ScenarioResult& scenario, milliseconds passed) {
  const std::lock_guard lock(mutex_);
  if (const auto one = place_in_playing(scenario); one != playing_.end()) one->in_its_world = passed;
}

void Console::tick(milliseconds elapsed) {
  const std::lock_guard lock(mutex_);
  now_ = elapsed;
  if (options_.terminal) {
    erase_counter();
    print_counter();
  } else if (now_ - spoke_at_ >= kSilence) {
    spoke_at_ = now_;
    out_ << done_ << " of " << total_ << " done after " << human_duration(std::chrono::floor<std::chrono::seconds>(now_));
    if (!playing_.empty()) out_ << "; playing: " << playing(3);
    out_ << "\n";
  } else {
    return;
  }
  out_ << std::flush;
}

void Console::interrupted() {
  const std::lock_guard lock(mutex_);
  erase_counter();
  spoke_at_ = now_;
  out_ << "casewire: asked to end; "
       << (playing_.empty() ? "reporting" : "waiting for what is being played: " + playing(playing_.size()))
       << ". Once more drops it all, reports too.\n"
       << std::flush;
}

/// Empty while it has only begun.
std::string Console::progress_of(const Playing& one) const {
  using std::chrono::floor, std::chrono::seconds;
  const auto since = floor<seconds>(now_ - one.since);
  if (since < seconds{1}) return {};
  return human_duration(since) + ", " + human_duration(floor<seconds>(one.in_its_world)) + " in its world";
}

std::string Console::playing(std::size_t most) const {
  std::string text;
  for (std::size_t at = 0; at < std::min(most, playing_.size()); ++at) {
    const Playing& one = playing_[at];
    const std::string how_far = progress_of(one);
    text += (text.empty() ? "" : "; ") + harmless(one.name) + (how_far.empty() ? "" : " (" + how_far + ")");
  }
  if (playing_.size() > most) text += "; and " + std::to_string(playing_.size() - most) + " more";
  return text;
}

void Console::print_line(const ScenarioResult& scenario) {
  const std::string total = std::to_string(total_);
  out_ << "[" << right_aligned(std::to_string(done_), total.size()) << "/" << total << "] " << name_of(scenario.verdict) << "  "
       << harmless(place_of(scenario)) << "  " << harmless(scenario.name) << " (" << human_duration(scenario.real_time) << ")\n";
  if (!options_.verbose) return;
  for (const StepResult& step : scenario.steps) {
    out_ << "    " << (step.reached ? name_of(step.verdict) : "not reached") << "  " << step.keyword << " " << harmless(step.text)
         << "\n";
  }
}

void Console::finished(const ScenarioResult& scenario) {
  const std::lock_guard lock(mutex_);
  ++done_;
  const bool bad = scenario.verdict != Verdict::passed && scenario.verdict != Verdict::pending;
  bad_ += bad ? 1 : 0;
  newest_ = scenario.name;
  const auto played = place_in_playing(scenario);
  if (played != playing_.end()) playing_.erase(played);
  erase_counter();
  spoke_at_ = now_;
  if (!options_.terminal || options_.verbose) print_line(scenario);
  if (bad) {
    const std::string block = harmless(failure_text(scenario));
    const auto first_line = block.find('\n');
    out_ << "\n" << painted(colour_of(scenario.verdict), block.substr(0, first_line)) << block.substr(first_line) << "\n";
  }
  if (options_.terminal) print_counter();
  out_ << std::flush;
}

void Console::end(const RunResult& result, const std::vector<std::string>& report_files) {
  const std::lock_guard lock(mutex_);
  erase_counter();
  const Tally count = tally(result);
  if (bad_ > 1) {
    out_ << "\n" << painted(kBold, "Not green:") << "\n";
    for (const ScenarioResult& scenario : result.scenarios) {
      if (scenario.verdict == Verdict::passed || scenario.verdict == Verdict::pending) continue;
      out_ << "  " << painted(colour_of(scenario.verdict), std::string(name_of(scenario.verdict))) << "  "
           << harmless(place_of(scenario)) << "  " << harmless(scenario.name) << "\n";
    }
  }
  if (count.pending != 0) out_ << "\n" << painted(kBold, "Pending:") << "\n";
  for (const ScenarioResult& scenario : result.scenarios) {
    if (scenario.verdict != Verdict::pending) continue;
    out_ << "  " << harmless(place_of(scenario)) << "  " << harmless(scenario.name) << ": " << harmless(scenario.pending) << "\n";
  }
  milliseconds virtual_time{0};
  for (const ScenarioResult& scenario : result.scenarios) virtual_time += scenario.virtual_time;
  out_ << "\n"
       << counted(result.scenarios.size(), "scenario") << " in " << human_duration(result.real_time) << "; in their worlds "
       << human_duration(virtual_time) << " passed\n";
  if (!result.left_out.empty())
    out_ << "left out, for they ask for more than the vendors' pages: " << left_out_line(result.left_out) << "\n";
  for (const std::string& file : report_files) out_ << "report: " << harmless(file) << "\n";
  // Programs read the last line: never painted.
  out_ << tally_line(count) << "\n" << std::flush;
}

void Console::print_counter() {
  std::string line = std::to_string(done_) + "/" + std::to_string(total_);
  if (bad_ != 0) line += ", " + std::to_string(bad_) + " not green";
  // The one that takes longest, once it takes long; before that the newest that ended.
  const std::string how_far = playing_.empty() ? std::string() : progress_of(playing_.front());
  line += "  " + (how_far.empty() ? harmless(newest_) : "playing for " + how_far + ": " + harmless(playing_.front().name));
  out_ << one_line(line, options_.width - 1);
  counter_shown_ = true;
}

void Console::erase_counter() {
  if (!counter_shown_) return;
  out_ << "\r\x1b[K";
  counter_shown_ = false;
}

}  // namespace casewire::scenarios
