#pragma once
// What every command says when it cannot do what it was asked for.

#include <string>
#include <string_view>

namespace casewire::scenarios {

/// Says it on standard error; the answer is the exit code of a wrong command line.
int complain(std::string_view command, const std::string& problem);

}  // namespace casewire::scenarios
