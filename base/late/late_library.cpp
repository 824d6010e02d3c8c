#include "base/late/late_library.hpp"

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

namespace casewire {

void* LateLibrary::handle() {
  std::call_once(once_, [this] { handle_ = dlopen(file_, RTLD_NOW | RTLD_LOCAL); });
  return handle_;
}

std::optional<std::string> LateLibrary::why_missing() {
  if (handle() != nullptr) return std::nullopt;
  return std::string(file_) + " cannot be loaded: install Debian's package " + package_;
}

void* LateLibrary::address_of(const char* function) {
  if (const auto missing = why_missing()) {
    std::fprintf(stderr, "%s\n", missing->c_str());
    std::_Exit(127);
  }
  void* const address = dlsym(handle(), function);
  if (address == nullptr) {
    std::fprintf(stderr, "%s has no %s: it is older than what this was compiled with\n", file_, function);
    std::_Exit(127);
  }
  return address;
}

}  // namespace casewire
