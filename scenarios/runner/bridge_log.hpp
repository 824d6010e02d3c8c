#pragma once
// What the bridge under test has logged, line by line, each beside the journal entry that it follows.

#include <cstdint>
#include <cstdio>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// Thread-safe. Reports get the first half MiB and the newest one; what is between them goes to a temporary file without a name, for whoever
/// wants all of it.
class BridgeLog {
 public:
  static constexpr std::size_t kFirstBytes = 512u << 10;
  static constexpr std::size_t kNewestBytes = 512u << 10;
  /// Of the file. What comes on top is counted and not kept.
  static constexpr std::size_t kFileBytes = 128u << 20;

  /// `text` may end in the middle of a line: the next piece goes on with it.
  void add(std::string_view text, WallTime at, std::uint64_t after);
  /// For a report: says in a line of its own how many are left out.
  std::vector<LogLine> lines() const;
  /// Every line, in order; one of its own says how many are lost, if the file was full or could not be written.
  void each_line(const std::function<void(const LogLine&)>& tell) const;
  /// lines() leaves some out.
  bool is_cut() const;

 private:
  void keep(LogLine line);
  void put_aside(const LogLine& line);

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  mutable std::mutex mutex_;
  std::string begun_;  ///< a line whose end has not come
  LogLine place_;      ///< of begun_
  std::size_t first_bytes_ = 0, newest_bytes_ = 0, left_out_ = 0;
  std::vector<LogLine> first_;
  std::deque<LogLine> newest_;
  std::unique_ptr<std::FILE, Close> middle_;  ///< lines "<ms> <entry> <text>"
  std::size_t middle_bytes_ = 0, lost_ = 0;
};

}  // namespace casewire::scenarios
