#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/runtime/stopwatch.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/table.hpp"

namespace casewire::bench {
namespace {

double seconds_of(const std::string& options, int& exit_code) {
  const std::string command = std::string(CASEWIRE_PROGRAM) + " run " + options + " >/dev/null 2>&1";
  const RealStopwatch watch;
  exit_code = std::system(command.c_str());
  return static_cast<double>(watch.elapsed_microseconds()) / 1e6;
}

}  // namespace

void measure_suite() {
  heading("The whole suite");
  if (!std::filesystem::exists(CASEWIRE_PROGRAM)) return left_out("suite", "casewire is not built");
  double process = 0;
  for (const bool simulated : {false, true}) {
    int exit_code = 0;
    const double seconds = seconds_of(simulated ? "--simulated" : "", exit_code);
    // A red suite still takes its time; what it means is for ./dev run to say.
    value(simulated ? "simulated ring" : "process ring",
          milliseconds_text(seconds * 1000) + (exit_code == 0 ? "" : ", not green") + (simulated ? "" : " (goal: under 30 s)"));
    if (!simulated) process = seconds;
    if (simulated && seconds > 0)
      value("", "the process ring takes " + std::to_string(process / seconds).substr(0, 5) + " times as long");
  }
}

}  // namespace casewire::bench
