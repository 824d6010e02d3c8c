#pragma once
// Where a source tree or an installation keeps what a command line does not name. Each is empty when there is none.

#include <string>

namespace casewire::scenarios {

std::string default_suite();
std::string default_fixtures();
/// The nearest folder "fixtures" at or above the path.
std::string fixtures_above(const std::string& path);
/// The casewire-bridge beside this program.
std::string built_bridge();

}  // namespace casewire::scenarios
