#pragma once
// `casewire redact IN OUT`: a recording without people.

#include <string>

#include "scenarios/cli/host_options.hpp"

namespace casewire::scenarios {

struct RedactOptions {
  std::string in, out;
  std::string key_file;     ///< keeps pseudonyms the same in all tapes of one customer; empty: a key that nobody has
  std::string policy_file;  ///< what may stay beside the vendors' vocabulary; may be empty
  HostOptions hosts{};
};
/// The program's exit code. Writes nothing when something was left that should not be.
int redact_recording(const RedactOptions& options);

}  // namespace casewire::scenarios
