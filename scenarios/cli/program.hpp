#pragma once
// The program `casewire`: its commands and their options (CLI11, in program.cpp and project_options.cpp only). Exit codes: 0 all passed, 1 a scenario
// failed, 2 unreadable input or usage, 3 the harness itself is at fault, 4 nothing, or not all, was exercised.

namespace casewire::scenarios {

int run_program(int argc, char** argv);

}  // namespace casewire::scenarios
