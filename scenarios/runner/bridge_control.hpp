#pragma once
// The harness's end of the control connection (docs/testing-your-bridge.md, "Virtual time").

#include <cstdint>
#include <optional>
#include <string>

#include "base/http/transport.hpp"
#include "base/text/time.hpp"

namespace casewire::scenarios {

struct BridgeStatus {
  bool ready = false;
  std::uint64_t busy = 0;
  std::uint64_t changes = 0;
  std::uint64_t calls = 0;  ///< of those that are busy: how many only wait for an answer
  std::uint64_t jobs_due = 0;
  std::uint64_t jobs_waiting = 0;
  std::uint64_t jobs_parked = 0;
  std::optional<WallTime> next_timer{};
  std::string busy_tasks{};  ///< joined, for reports
};

class BridgeControl {
 public:
  BridgeControl(std::string url, http::Transport& transport) : url_(std::move(url)), transport_(transport) {}
  /// The error says what went wrong; a bridge that was killed gives one too.
  Result<BridgeStatus, std::string> status();
  Result<BridgeStatus, std::string> set_clock(WallTime now);

 private:
  Result<BridgeStatus, std::string> ask(const http::Request& request);
  std::string url_;
  http::Transport& transport_;
};

}  // namespace casewire::scenarios
