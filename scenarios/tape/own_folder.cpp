#include "scenarios/tape/own_folder.hpp"

#include <algorithm>
#include <system_error>

namespace casewire::scenarios {

namespace fs = std::filesystem;

bool lies_within(const fs::path& folder, const fs::path& file) {
  std::error_code error;
  const fs::path whole = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
  if (error) return false;
  const fs::path real = fs::canonical(file, error);
  return !error && std::mismatch(whole.begin(), whole.end(), real.begin(), real.end()).first == whole.end();
}

}  // namespace casewire::scenarios
