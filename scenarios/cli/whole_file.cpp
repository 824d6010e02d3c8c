#include "scenarios/cli/whole_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace casewire::scenarios {

std::optional<std::string> whole_file(const std::string& file) {
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::is_directory(file, error)) return std::nullopt;  // a folder can be opened, and not be read
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return std::move(bytes).str();
}

}  // namespace casewire::scenarios
