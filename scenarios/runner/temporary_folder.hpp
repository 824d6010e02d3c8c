#pragma once
// A private folder that goes when its owner goes; what an owner left behind that was killed is swept by the next run.

#include <cstddef>
#include <string>
#include <string_view>

namespace casewire::scenarios {

class TemporaryFolder {
 public:
  /// Made in memory (/dev/shm) where there is plenty of it and TMPDIR is not set, else below the system's folder for temporary files; readable by this user only, and locked while it is in use. Throws
  /// std::filesystem::filesystem_error.
  explicit TemporaryFolder(std::string_view name);
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  bool take(std::string_view name);

  std::string path_;
  int lock_ = -1;
};

/// Removes the folders of that name whose owner is gone: nobody holds their lock. Returns how many.
std::size_t sweep_temporary_folders(std::string_view name);

}  // namespace casewire::scenarios
