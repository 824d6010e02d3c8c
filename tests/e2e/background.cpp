#include "tests/e2e/background.hpp"

#include <fstream>
#include <stdexcept>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {

Background::Background(const std::string& command, const std::string& output, const char* ready) : output_(output) {
  pid_ = std::stoi(shell(command + " > " + output + " 2>&1 & echo $!").output);
  if (!becomes_true([&] { return shell("grep -q '" + std::string(ready) + "' " + output).exit_code == 0; })) {
    throw std::runtime_error(command + ": " + shell("cat " + output).output);
  }
}

void Background::send(int signal) const { ::kill(pid_, signal); }

void Background::kill(int signal) {
  if (pid_ <= 0) return;
  send(signal);
  becomes_true([this] { return has_ended(); });
  pid_ = -1;
}

std::string Background::output() const { return shell("cat " + output_).output; }

/// Its parent is whoever takes orphans in, and may not have buried it yet.
bool Background::has_ended() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string about;
  return !std::getline(file, about) || about.find(") Z ") != std::string::npos;
}

}  // namespace casewire::tests
