// From a customer's bundle to the scenario, as `casewire import` does it before it plays anything.

#include <filesystem>

#include "base/runtime/stopwatch.hpp"
#include "scenarios/evidence/bundle.hpp"
#include "scenarios/evidence/retelling.hpp"
#include "scenarios/evidence/story.hpp"
#include "scenarios/evidence/symptoms.hpp"
#include "scenarios/tape/tape_files.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/table.hpp"
#include "tests/support/many_customers.hpp"

namespace casewire::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kExchanges = 1'000;

}  // namespace

void measure_importer() {
  heading("casewire import of a bundle of 1,000 exchanges (goal: under 60 s with the run)");
  const scenarios::Tape tape = tests::of_many_customers(kExchanges);
  if (tape.exchanges.empty()) return left_out("import", "the shipped recording cannot be read");
  const fs::path folder = fs::temp_directory_path() / "casewire-bench-importer";
  std::error_code error;
  fs::create_directories(folder, error);
  if (!scenarios::save_tape((folder / "ticket.har").string(), tape)) return left_out("import", "no bundle could be written");

  const RealStopwatch watch;
  auto evidence = scenarios::open_bundle(folder.string(), {});
  if (!evidence) return left_out("import", evidence.error().problem);
  const auto files = evidence->files;
  const scenarios::Story story = scenarios::told_by(*std::move(evidence), {});
  const scenarios::Judgement judgement = scenarios::judge(story);
  const scenarios::Retelling retelling = scenarios::retell(story, files, "ticket");
  const double seconds = static_cast<double>(watch.elapsed_microseconds()) / 1e6;
  value("exchanges", std::to_string(tape.exchanges.size()));
  value("read, judged and told again in", milliseconds_text(1000 * seconds));
  value("speed", rate(static_cast<double>(tape.exchanges.size()) / seconds));
  value("the scenario has", std::to_string(retelling.feature.size()) + " bytes");
  fs::remove_all(folder, error);
}

}  // namespace casewire::bench
