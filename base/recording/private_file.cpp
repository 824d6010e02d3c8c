#include "base/recording/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace casewire::recording {

bool write_private(const std::string& file, std::string_view text) {
  const std::string beside = file + ".part";
  ::unlink(beside.c_str());  // what somebody else may have made readable
  const int out = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (out < 0) return false;
  bool good = true;
  while (good && !text.empty()) {
    const auto written = ::write(out, text.data(), text.size());
    good = written > 0;
    if (good) text.remove_prefix(static_cast<std::size_t>(written));
  }
  good = ::close(out) == 0 && good;
  if (good) good = ::rename(beside.c_str(), file.c_str()) == 0;
  if (!good) ::unlink(beside.c_str());
  return good;
}

}  // namespace casewire::recording
