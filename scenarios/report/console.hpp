#pragma once
// The run as a person at a terminal, or a CI log, sees it. First ring, bridge and seed; then a line per finished
// scenario (on a terminal one line that counts, and says what is being played); for each failure its block at once; at the end where the report files
// are, and as the very last line the tally ("41 passed, 1 failed").

#include <cstddef>
#include <mutex>
#include <ostream>
#include <string>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct ConsoleOptions {
  bool colour = false;
  bool terminal = false;    ///< lines may be rewritten in place
  std::size_t width = 100;  ///< in characters, of the line that is rewritten
  bool verbose = false;     ///< each scenario's steps too
};

/// For the open file `descriptor` (1: standard output): colour only on a terminal, without NO_COLOR (no-color.org) and
/// TERM=dumb.
ConsoleOptions console_options(int descriptor);

/// Thread-safe: scenarios finish on any thread.
class Console {
 public:
  /// `out` outlives the console; nobody else writes to it meanwhile.
  explicit Console(std::ostream& out, ConsoleOptions options = {}) : out_(out), options_(options) {}

  /// `result` has ring, bridge and seed; its scenarios have not run.
  void begin(const RunResult& result, std::size_t scenario_count);
  void began(const ScenarioResult& scenario);
  /// How much time has passed in its world so far.
  void time_passed(const ScenarioResult& scenario, milliseconds passed);
  void finished(const ScenarioResult& scenario);
  /// Now and then, from any thread: a sign of life when nothing else was said for kSilence. `elapsed`: since begin().
  void tick(milliseconds elapsed);
  /// Says what is waited for, since the run was asked to end.
  void interrupted();
  static constexpr milliseconds kSilence{10'000};
  /// `report_files` are named as the user can open them.
  void end(const RunResult& result, const std::vector<std::string>& report_files);

 private:
  struct Playing {
    std::string place, name;
    milliseconds since{0};
    milliseconds in_its_world{0};
  };
  std::vector<Playing>::iterator place_in_playing(const ScenarioResult& scenario);
  void print_line(const ScenarioResult& scenario);
  void print_counter();
  std::string playing(std::size_t most) const;
  std::string progress_of(const Playing& one) const;
  void erase_counter();
  std::string painted(const char* colour, const std::string& text) const;

  std::ostream& out_;
  ConsoleOptions options_;
  std::mutex mutex_;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
  std::size_t bad_ = 0;
  bool counter_shown_ = false;
  std::vector<Playing> playing_;  ///< who began first, first
  milliseconds now_{0};           ///< of the newest tick
  milliseconds spoke_at_{0};
  std::string newest_;
};

}  // namespace casewire::scenarios
