#pragma once
// Everything about a failure in one folder that can be sent to somebody: its report page, what the console said, the journal, the
// bridge's whole log in its world's time, the recording and the bridge's state (the player puts these two there), the feature file and
// the fixtures.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

struct ShowOptions {
  std::string folder;  ///< or the zip that `casewire pack` made of one; it is unpacked into this folder, under its name
};
/// Says what the folders of `casewire run --artifacts` hold, and how each failure is played again from them.
int show_artifacts(const ShowOptions& options);

/// Is such a folder, or has one in it.
bool holds_artifacts(const std::string& folder);

/// What the bridge logged, each line with its time and the journal entry before it.
std::string log_text(const ScenarioResult& scenario);

class Artifacts {
 public:
  Artifacts(std::string folder, std::string fixtures) : folder_(std::move(folder)), fixtures_(std::move(fixtures)) {}

  /// Keeps a scenario that failed; others are left. `run`: what it is part of, its scenarios do not matter.
  void keep(const RunResult& run, const ScenarioResult& scenario);
  std::size_t kept() const { return kept_; }
  /// What could not be written: complete text for standard error.
  const std::string& problems() const { return problems_; }

 private:
  std::string folder_, fixtures_;
  std::size_t kept_ = 0;
  std::string problems_;
};

}  // namespace casewire::scenarios
