#include "scenarios/cli/complaint.hpp"

#include <iostream>

namespace casewire::scenarios {

int complain(std::string_view command, const std::string& problem) {
  std::cerr << "casewire " << command << ": " << problem << "\n";
  return 2;
}

}  // namespace casewire::scenarios
