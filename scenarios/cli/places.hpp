#pragma once
// Where a source tree or an installation keeps what a command line does not name. Each is empty when there is none.

#include <string>
#include <vector>

namespace casewire::scenarios {

std::string default_suite();
/// The nearest folder "fixtures" here or above, else the one that comes with the program.
std::string default_fixtures();
/// The one that comes with the program: installed, or in the source tree that it was built in.
std::string built_in_fixtures();
/// The nearest folder "fixtures" at or above the path.
std::string fixtures_above(const std::string& path);
/// The casewire-bridge beside this program.
std::string built_bridge();
/// A command line's words, its program as it is found from here when the command is meant from that folder; empty: from here.
std::vector<std::string> words_from_folder(const std::string& command_line, const std::string& folder);

}  // namespace casewire::scenarios
