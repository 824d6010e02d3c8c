#include "bridge/program/state_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace casewire::bridge {
namespace {

namespace fs = std::filesystem;

/// As far as it can be: whoever cannot read it is told so when the bridge starts.
void give_to_owner(const std::string& state_dir) {
  struct stat folder {};
  if (::geteuid() != 0 || ::stat(state_dir.c_str(), &folder) != 0 || folder.st_uid == 0) return;
  std::error_code ignored;
  for (fs::recursive_directory_iterator entry(state_dir, ignored), end; entry != end; entry.increment(ignored)) {
    struct stat made {};
    const auto& path = entry->path();
    if (::lstat(path.c_str(), &made) != 0 || made.st_uid != 0) continue;
    if (::lchown(path.c_str(), folder.st_uid, folder.st_gid) != 0) return;
  }
}

}  // namespace

Result<void> make_state_dir(const std::string& state_dir) {
  std::error_code error;
  if (fs::create_directories(state_dir, error)) fs::permissions(state_dir, fs::perms::owner_all, error);
  if (!error && ::access(state_dir.c_str(), W_OK | X_OK) == 0) return {};
  const auto why = error ? error : std::error_code(errno, std::generic_category());
  return fail(Diagnostic{.where = {state_dir, {}},
                         .problem = "the state directory cannot be written to: " + why.message(),
                         .hint = "run it as the directory's owner, or name another one: state_dir"});
}

Result<std::unique_ptr<StateLock>> StateLock::take(const std::string& state_dir) {
  const auto path = (std::filesystem::path{state_dir} / "bridge.lock").string();
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return std::unique_ptr<StateLock>{new StateLock(file, state_dir)};
  const int why = errno;
  if (file >= 0) ::close(file);
  if (why == EWOULDBLOCK) {
    return fail(Diagnostic{.where = {state_dir, {}},
                           .problem = "another casewire-bridge works on this state directory",
                           .hint = "stop it first, or give each bridge a state directory of its own"});
  }
  return fail(Diagnostic{.where = {path, {}}, .problem = "cannot be locked: " + std::generic_category().message(why)});
}

StateLock::~StateLock() {
  give_to_owner(state_dir_);
  ::close(file_);
}

}  // namespace casewire::bridge
