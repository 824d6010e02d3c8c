#pragma once
// A program that runs beside a test, as `program &` does.

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <string>
#include <thread>

namespace casewire::tests {

/// Asks for half a minute.
template <class Question>
bool becomes_true(Question question) {
  for (int i = 0; i < 600; ++i) {
    if (question()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  return false;
}

/// In the background; its output is in a file. Goes with the test.
class Background {
 public:
  /// Returns when `ready` stands in its output; throws std::runtime_error with the output when it does not.
  Background(const std::string& command, const std::string& output, const char* ready);
  ~Background() { kill(); }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;
  void send(int signal) const;
  /// And waits for its end.
  void kill(int signal = SIGKILL);
  std::string output() const;

 private:
  bool has_ended() const;

  std::string output_;
  pid_t pid_ = -1;
};

}  // namespace casewire::tests
