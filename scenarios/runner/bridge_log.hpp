#pragma once
// What the bridge under test has logged, line by line, each beside the journal entry that it follows.

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Thread-safe. Keeps the first half MiB and then the newest one, and says in a line of its own how many lines it has dropped.
class BridgeLog {
 public:
  static constexpr std::size_t kFirstBytes = 512u << 10;
  static constexpr std::size_t kNewestBytes = 512u << 10;

  /// `text` may end in the middle of a line: the next piece goes on with it.
  void add(std::string_view text, WallTime at, std::uint64_t after);
  std::vector<LogLine> lines() const;

 private:
  void keep(LogLine line);

  mutable std::mutex mutex_;
  std::string begun_;  ///< a line whose end has not come
  LogLine place_;      ///< of begun_
  std::size_t first_bytes_ = 0, newest_bytes_ = 0, dropped_ = 0;
  std::vector<LogLine> first_;
  std::deque<LogLine> newest_;
};

}  // namespace casewire::scenarios
