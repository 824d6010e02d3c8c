// ./dev soak: conversations made by the machine, with faults and kills, in the simulated ring; each walk is a world of its own, so that memory stays
// what 500 of them take. A red one is told as a scenario that can be played alone.

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iomanip>
#include <iostream>

#include "base/runtime/stopwatch.hpp"
#include "base/text/time.hpp"
#include "story.hpp"

namespace casewire::walks {
namespace {

constexpr std::size_t kTogether = 500, kRedMax = 10;
constexpr milliseconds kTellEvery{10'000};

struct Soak {
  std::uint64_t conversations = 50'000;
  std::uint64_t first = 1;
  bool is_of_fleets = false;

  int run() {
    const RealStopwatch watch;
    RealStopwatch told;
    while (all_.conversations < conversations && red_ <= kRedMax) {
      play_more();
      if (told.elapsed() < kTellEvery) continue;
      told.restart();
      std::cerr << "soak: " << human_duration(watch.elapsed() / 1'000 * 1'000) << ", " << all_.conversations << " of "
                << conversations << " conversations, " << red_ << " walks not green\n";
    }
    tell(watch.elapsed());
    return red_ == 0 ? 0 : 1;
  }

 private:
  void play_more() {
    const std::size_t together = std::min<std::uint64_t>(kTogether, conversations);
    std::vector<Story> stories;
    for (std::size_t i = 0; i < together; ++i) {
      stories.push_back((is_of_fleets ? random_fleet_story : random_story)(first + walks_ + i));
    }
    for (const auto& end : play(stories, 1)) {
      all_ += end.happened;
      if (end.why_not_green.empty()) continue;
      ++red_;
      std::cout << end.why_not_green << "\n";
    }
    walks_ += together;
  }

  void tell(milliseconds took) const {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds_of = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    const auto processor = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    const auto row = [](const char* name, auto value) {
      std::cout << "  " << std::left << std::setw(24) << name << value << "\n";
    };
    std::cout << "walks " << first << " to " << first + walks_ - 1 << ", " << human_duration(took / 1'000 * 1'000) << "\n";
    row("conversations", all_.conversations);
    row("messages", all_.messages);
    row("replies", all_.replies);
    row("kills of the bridge", all_.kills);
    if (is_of_fleets) row("others that befell one", all_.hindered);
    row("faults", all_.faults);
    row("calls of the bridge", all_.calls);
    row("invariants broken", all_.violations);
    row("walks not green", red_);
    row("most memory, MB", used.ru_maxrss / 1'024);
    row("a second of processor",
        std::to_string(static_cast<std::uint64_t>(static_cast<double>(all_.conversations) / processor)) + " conversations");
  }

  Happened all_{};
  std::uint64_t walks_ = 0;
  std::size_t red_ = 0;
};

}  // namespace
}  // namespace casewire::walks

int main(int argc, char** argv) {
  casewire::walks::Soak soak;
  CLI::App app{"Random conversations with faults and kills, in the simulated ring. Exit code 0: all are green; 1: not all are."};
  app.add_option("conversations", soak.conversations, "how many, at least")->capture_default_str();
  app.add_option("--first", soak.first, "the number of the first walk; the same numbers give the same walks")
      ->capture_default_str();
  app.add_flag("--fleets", soak.is_of_fleets,
               "three bridges on one store, which die, stand still, or are cut off from it, as it may be down");
  CLI11_PARSE(app, argc, argv);
  return soak.run();
}
