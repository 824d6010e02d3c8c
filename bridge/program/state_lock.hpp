#pragma once
// One bridge for each state directory: a second one would take back the first one's leases and send replies twice.

#include <memory>
#include <string>

#include "base/text/result.hpp"

namespace casewire::bridge {

/// Holds `bridge.lock` in the directory until it goes. The system lets go of it when the process ends, however it ends.
class StateLock {
 public:
  /// The error names the directory, and says so when another process holds it.
  static Result<std::unique_ptr<StateLock>> take(const std::string& state_dir);
  ~StateLock();
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;

 private:
  explicit StateLock(int file) : file_(file) {}
  int file_;
};

}  // namespace casewire::bridge
