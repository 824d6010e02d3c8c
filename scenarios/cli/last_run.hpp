#pragma once
// What is remembered of the runs in a folder: each scenario's last verdict and time, in `.casewire/last-run.json` of the folder that the
// command was called in. Only a convenience: without it every scenario is unknown.

#include <map>
#include <string>
#include <tuple>

#include "base/text/time.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

class LastRun {
 public:
  struct Played {
    bool is_green = false;
    milliseconds time{0};  ///< zero: not known
  };
  enum class Times { learn, keep };
  /// Empty when there is none, or when it cannot be read.
  static LastRun read();
  /// Nullptr: not played here yet.
  const Played* of(const std::string& file, const std::string& rule, const std::string& name) const;
  bool is_empty() const { return played_.empty(); }
  /// Takes in what was played; what was not keeps its last verdict. A shard keeps the times: by them its siblings know their shares, and
  /// siblings that know different times would play some scenarios twice and others never.
  void learn(const RunResult& result, Times times);
  /// False when it cannot be written, as in a folder of somebody else's.
  bool write() const;

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  ///< file, rule, name: two rules may have a scenario of one name
  std::map<Key, Played> played_;
};

}  // namespace casewire::scenarios
