// ./dev bench: prints what the pieces do beside what they could do. `casewire_bench [salesforce] [growth] [intake] [deeds] [fleet] [orgs] [recorder] [importer] [suite]`;
// nothing: all.

#include <cstdio>
#include <string_view>

#include "tests/bench/benches.hpp"

namespace {

struct Bench {
  std::string_view name;
  void (*measure)();
};

constexpr Bench kBenches[] = {{"salesforce", casewire::bench::measure_salesforce},
                              {"growth", casewire::bench::measure_org_growth},
                              {"intake", casewire::bench::measure_intake},
                              {"deeds", casewire::bench::measure_deeds},
                              {"fleet", casewire::bench::measure_fleet},
                              {"orgs", casewire::bench::measure_orgs},
                              {"recorder", casewire::bench::measure_recorder},
                              {"importer", casewire::bench::measure_importer},
                              {"suite", casewire::bench::measure_suite}};

}  // namespace

int main(int argc, char** argv) {
  for (int at = 1; at < argc; ++at) {
    bool known = false;
    for (const Bench& bench : kBenches) known = known || bench.name == argv[at];
    if (!known) {
      std::fprintf(stderr,
                   "usage: casewire_bench [salesforce] [growth] [intake] [deeds] [fleet] [orgs] [recorder] [importer] [suite]\n");
      return 2;
    }
  }
  for (const Bench& bench : kBenches) {
    bool wanted = argc == 1;
    for (int at = 1; at < argc; ++at) wanted = wanted || bench.name == argv[at];
    if (wanted) bench.measure();
  }
  return 0;
}
