#include "bridge/program/state_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace casewire::bridge {

Result<std::unique_ptr<StateLock>> StateLock::take(const std::string& state_dir) {
  const auto path = (std::filesystem::path{state_dir} / "bridge.lock").string();
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0 && ::flock(file, LOCK_EX | LOCK_NB) == 0) return std::unique_ptr<StateLock>{new StateLock(file)};
  const int why = errno;
  if (file >= 0) ::close(file);
  if (why == EWOULDBLOCK) {
    return fail(Diagnostic{.where = {state_dir, {}},
                           .problem = "another casewire-bridge works on this state directory",
                           .hint = "stop it first, or give each bridge a state directory of its own"});
  }
  return fail(Diagnostic{.where = {path, {}}, .problem = "cannot be locked: " + std::generic_category().message(why)});
}

StateLock::~StateLock() { ::close(file_); }

}  // namespace casewire::bridge
