#include "scenarios/cli/program.hpp"

int main(int argc, char** argv) { return casewire::scenarios::run_program(argc, argv); }
