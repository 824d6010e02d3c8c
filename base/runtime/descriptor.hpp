#pragma once
// A file descriptor of the system that is closed when it is forgotten. Source: POSIX, close().

#include <unistd.h>

#include <utility>

namespace casewire {

/// Owns it; a negative number is none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  /// The caller's from here on.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

}  // namespace casewire
