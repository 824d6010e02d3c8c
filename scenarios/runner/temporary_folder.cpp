#include "scenarios/runner/temporary_folder.hpp"

#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace casewire::scenarios {

TemporaryFolder::TemporaryFolder(std::string_view name)
    : path_((std::filesystem::temp_directory_path() / (std::string(name) + "-XXXXXX")).string()) {
  if (::mkdtemp(path_.data()) == nullptr) {
    throw std::filesystem::filesystem_error("cannot make a temporary folder", path_,
                                            std::error_code(errno, std::generic_category()));
  }
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what is left behind is the system's to clean
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace casewire::scenarios
