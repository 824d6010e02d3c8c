#pragma once

#include <filesystem>

namespace casewire::scenarios {

/// Copies what a bridge keeps, over what is there: folders and files. A socket or pipe of one that was killed lies among them; it holds
/// nothing, and has no copy. Throws std::filesystem::filesystem_error.
inline void copy_state(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::create_directories(to);
  for (const auto& entry : std::filesystem::directory_iterator(from)) {
    const auto place = to / entry.path().filename();
    if (entry.is_directory()) copy_state(entry.path(), place);
    if (entry.is_regular_file()) {
      std::filesystem::copy_file(entry.path(), place, std::filesystem::copy_options::overwrite_existing);
    }
  }
}

}  // namespace casewire::scenarios
