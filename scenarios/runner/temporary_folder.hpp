#pragma once
// A private folder that goes when its owner goes.

#include <string>
#include <string_view>

namespace casewire::scenarios {

class TemporaryFolder {
 public:
  /// Made below the system's folder for temporary files, readable by this user only. Throws std::filesystem::filesystem_error.
  explicit TemporaryFolder(std::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace casewire::scenarios
