#pragma once
// `casewire init`: a home for a project's own scenarios, with a first one that passes.

#include <string>

namespace casewire::scenarios {

struct InitOptions {
  std::string folder = ".";   ///< the project's
  std::string ci = "github";  ///< "github", "gitlab", "jenkins" or "none"
};
/// The program's exit code: 0 all is there; 2 something cannot be written. What is there already is left alone.
int init_project(const InitOptions& options);

}  // namespace casewire::scenarios
