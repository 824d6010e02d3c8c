#pragma once
// Whether a library can be preloaded into a program.

#include <string>

namespace casewire::scenarios {

/// False of a static program: its ELF file names no interpreter (man 5 elf, PT_INTERP). Of a script that of its first line counts. What
/// cannot be read, or is of another kind, is taken for dynamic: who starts it will see.
bool is_dynamic_program(const std::string& path);

}  // namespace casewire::scenarios
