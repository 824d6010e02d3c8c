#include "tests/bench/bare_commits.hpp"

#include <string>
#include <thread>
#include <vector>

#include "base/runtime/stopwatch.hpp"

namespace casewire::bench {

double bare_commits_per_second(bridge::Store& store, std::size_t commits, std::size_t threads) {
  std::vector<std::thread> writers;
  const RealStopwatch watch;
  for (std::size_t writer = 0; writer < threads; ++writer) {
    writers.emplace_back([&, writer] {
      for (std::size_t number = writer; number < commits; number += threads) {
        bridge::Changes changes;
        changes.hints.push_back({.subject = "session:bare-" + std::to_string(number)});
        store.commit(changes);
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  return static_cast<double>(commits) * 1e6 / static_cast<double>(watch.elapsed_microseconds());
}

}  // namespace casewire::bench
