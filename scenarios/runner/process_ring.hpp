#pragma once
// The process ring: fakes on loopback ports, mail by SMTP, and a real bridge as a child process with its own store on disk.
// A bridge with a control connection has its clock driven together with the harness's own (process_ring/driven_ring.cpp); one without is shown
// the world's time by a preloaded library (process_ring/preloaded_ring.cpp), or lives in real time and is waited for (process_ring/stranger_ring.cpp).

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/runner/child_process.hpp"
#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

/// What the folders are called in which bridges keep their state; those of a run that was killed can be swept by it.
inline constexpr std::string_view kBridgeFolder = "casewire-state";

struct ProcessRingOptions {
  std::vector<std::string> bridge_command;    ///< program and arguments
  EnvironmentVariables bridge_environment{};  ///< beside the settings
  std::string bridge_folder{};                ///< in which it is started; empty: the working folder
  bool bridge_is_ours = true;                 ///< false: what this house alone promises is not asked of it
};

/// `start`: what the driven clocks show first. `host` outlives the ring, here and below.
std::unique_ptr<Ring> make_driven_ring(ProcessRingOptions options, WallTime start, ProcessHost& host);

/// Of a dynamically linked program: its clock is moved by a library that is preloaded into it.
std::unique_ptr<Ring> make_preloaded_ring(ProcessRingOptions options, WallTime start, ProcessHost& host);

std::unique_ptr<Ring> make_stranger_ring(ProcessRingOptions options, Patience patience, ProcessHost& host);

}  // namespace casewire::scenarios
