#include "scenarios/runner/temporary_folder.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <system_error>

namespace casewire::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kUnique = "-XXXXXX";  // of mkdtemp
constexpr int kTries = 10;

/// In memory where there is plenty: a bridge waits for the disk at each commit, and a rehearsal's state outlives no loss of power. Who sets one
/// of the usual variables has chosen already.
fs::path place_for_folders() {
  constexpr const char* kShared = "/dev/shm";
  constexpr std::uintmax_t kPlenty = std::uintmax_t{1} << 30;  // a container's 64 MB are not
  for (const char* name : {"TMPDIR", "TMP", "TEMP", "TEMPDIR"}) {
    if (std::getenv(name) != nullptr) return fs::temp_directory_path();
  }
  struct statvfs about {};
  const bool is_there = ::statvfs(kShared, &about) == 0 && ::access(kShared, R_OK | W_OK | X_OK) == 0;
  return is_there && std::uintmax_t{about.f_bavail} * about.f_frsize >= kPlenty ? fs::path(kShared) : fs::temp_directory_path();
}

/// The descriptor that holds it; -1: somebody else does, or it is no folder of ours.
int locked(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (descriptor < 0) return -1;
  struct stat opened {
  }, there{};
  const bool is_ours = ::fstat(descriptor, &opened) == 0 && opened.st_uid == ::geteuid();
  // Whoever held it before may have removed it in between.
  if (is_ours && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::stat(path.c_str(), &there) == 0 &&
      there.st_ino == opened.st_ino) {
    return descriptor;
  }
  ::close(descriptor);
  return -1;
}

}  // namespace

TemporaryFolder::TemporaryFolder(std::string_view name) {
  // A sweep may take the folder away in the moment before it is locked.
  for (int tries = 0; tries < kTries; ++tries) {
    if (take(name)) return;
  }
  throw fs::filesystem_error("cannot lock a temporary folder", path_,
                             std::make_error_code(std::errc::resource_unavailable_try_again));
}

bool TemporaryFolder::take(std::string_view name) {
  static const fs::path place = place_for_folders();
  path_ = (place / (std::string(name) + std::string(kUnique))).string();
  if (::mkdtemp(path_.data()) == nullptr) {
    throw fs::filesystem_error("cannot make a temporary folder", path_, std::error_code(errno, std::generic_category()));
  }
  lock_ = locked(path_);
  return lock_ >= 0;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what is left behind the next sweep takes
  fs::remove_all(path_, ignored);
  ::close(lock_);
}

std::size_t sweep_temporary_folders(std::string_view name) {
  std::size_t swept = 0;
  std::error_code error;
  // An earlier run may have found less memory than this one.
  for (const fs::path& place : std::set{place_for_folders(), fs::temp_directory_path(error)}) {
    for (const auto& entry : fs::directory_iterator(place, error)) {
      const std::string file = entry.path().filename().string();
      if (file.size() != name.size() + kUnique.size() || !file.starts_with(std::string(name) + "-")) continue;
      const int lock = locked(entry.path().string());
      if (lock < 0) continue;
      std::error_code problem;
      fs::remove_all(entry.path(), problem);
      ::close(lock);
      swept += problem ? 0 : 1;
    }
  }
  return swept;
}

}  // namespace casewire::scenarios
