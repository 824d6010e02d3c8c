#include "bridge/program.hpp"

int main(int argc, char** argv) { return casewire::bridge::run_program(argc, argv); }
