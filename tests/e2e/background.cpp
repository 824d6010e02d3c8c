#include "tests/e2e/background.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/text/process_stat.hpp"
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

/// Its parent is whoever takes orphans in, and may not have buried it yet. A program whose first thread is dead still holds its files
/// and locks until the last of its threads is.
bool Background::has_ended() const {
  const auto place = "/proc/" + std::to_string(pid_);
  std::ifstream file(place + "/stat");
  std::string about;
  if (!std::getline(file, about)) return true;
  if (process_stat(about).state != 'Z') return false;
  std::error_code gone;
  const std::filesystem::directory_iterator threads(place + "/task", gone);
  return gone || std::distance(begin(threads), end(threads)) <= 1;
}

}  // namespace casewire::tests
