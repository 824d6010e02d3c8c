#pragma once
// The process ring: fakes on loopback ports, mail by SMTP, and a real bridge as a child process with its own store on disk.
// The harness's clock and, over the control connection, the bridge's are driven as one. A foreign bridge has no control
// connection: it lives in real time and is judged after a quiet period.

#include <memory>
#include <string>
#include <vector>

#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

struct ProcessRingOptions {
  std::vector<std::string> bridge_command;    ///< program and arguments
  EnvironmentVariables bridge_environment{};  ///< beside the settings
  bool bridge_is_ours = true;                 ///< false: what this house alone promises is not asked of it
  bool controlled = true;                     ///< false: a foreign bridge that does not know `--control`
  WallTime start{};                           ///< of a driven clock
  milliseconds quiet_period{300};             ///< real time, for a foreign bridge
  milliseconds patience{20'000};              ///< real time without quiet before the ring says who holds time up
};

/// `host` outlives the ring.
std::unique_ptr<Ring> make_process_ring(ProcessRingOptions options, ProcessHost& host);

}  // namespace casewire::scenarios
