#include "scenarios/report/console.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

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
  out_ << "casewire: " << scenario_count << (scenario_count == 1 ? " scenario" : " scenarios") << " in the " << result.ring
       << " ring, seed " << result.seed << ", against " << harmless(result.bridge) << "\n";
  if (!result.bridge_environment.empty()) out_ << "the bridge's environment: " << harmless(environment_line(result)) << "\n";
  if (!result.judging.empty()) out_ << "judged: " << result.judging << "\n";
  out_ << std::flush;
}

void Console::finished(const ScenarioResult& scenario) {
  const std::lock_guard lock(mutex_);
  ++done_;
  const bool bad = scenario.verdict != Verdict::passed && scenario.verdict != Verdict::pending;
  bad_ += bad ? 1 : 0;
  newest_ = scenario.name;
  erase_counter();
  if (!options_.terminal) {
    const std::string total = std::to_string(total_);
    out_ << "[" << right_aligned(std::to_string(done_), total.size()) << "/" << total << "] " << name_of(scenario.verdict) << "  "
         << harmless(place_of(scenario)) << "  " << harmless(scenario.name) << " (" << human_duration(scenario.real_time)
         << ")\n";
  }
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
       << result.scenarios.size() << (result.scenarios.size() == 1 ? " scenario in " : " scenarios in ")
       << human_duration(result.real_time) << "; in their worlds " << human_duration(virtual_time) << " passed\n";
  if (!result.left_out.empty())
    out_ << "left out, for they ask for more than the vendors' pages: " << left_out_line(result) << "\n";
  for (const std::string& file : report_files) out_ << "report: " << harmless(file) << "\n";
  // Programs read the last line: never painted.
  out_ << tally_line(count) << "\n" << std::flush;
}

void Console::print_counter() {
  std::string line = std::to_string(done_) + "/" + std::to_string(total_);
  if (bad_ != 0) line += ", " + std::to_string(bad_) + " not green";
  line += "  " + harmless(newest_);
  out_ << one_line(line, options_.width - 1);
  counter_shown_ = true;
}

void Console::erase_counter() {
  if (!counter_shown_) return;
  out_ << "\r\x1b[K";
  counter_shown_ = false;
}

}  // namespace casewire::scenarios
