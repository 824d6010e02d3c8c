#pragma once
// One bridge for each state directory: a second one would take back the first one's leases and send replies twice.

#include <memory>
#include <string>

#include "base/text/result.hpp"

namespace casewire::bridge {

/// Makes the directory if it is not there, for this user alone. The error says why nothing can be written in it.
Result<void> make_state_dir(const std::string& state_dir);

/// Holds `bridge.lock` in the directory until it goes; then what root has made in the directory is its owner's, as which the bridge runs. The system lets go of it when the process ends, however it ends.
class StateLock {
 public:
  /// The error names the directory, and says so when another process holds it.
  static Result<std::unique_ptr<StateLock>> take(const std::string& state_dir);
  ~StateLock();
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  StateLock(int file, std::string state_dir) : file_(file), state_dir_(std::move(state_dir)) {}
  int file_;
  std::string state_dir_;
};

}  // namespace casewire::bridge
