#ifdef CASEWIRE_MIMALLOC
#include <mimalloc.h>
#endif

#include <string_view>

#include "scenarios/cli/program.hpp"

int main(int argc, char** argv) {
#ifdef CASEWIRE_MIMALLOC
  // Files and mails of megabytes come and go by the thousand, and half of what a run takes of the processor was memory that the kernel hands out in
  // pieces of 4 KB. A lone fake stays small instead.
  if (argc > 1 && std::string_view(argv[1]) == "run") mi_option_enable(mi_option_large_os_pages);
#endif
  return casewire::scenarios::run_program(argc, argv);
}
