#include "tests/e2e/built_program.hpp"

#include <stdlib.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace casewire::tests {

Ran casewire(const std::string& arguments) { return shell("\"$CASEWIRE\" " + arguments); }

Ran shell(const std::string& command) {
  const std::string line =
      std::string("cd '" CASEWIRE_SOURCE_DIR "' && CASEWIRE='" CASEWIRE_PROGRAM "' BRIDGE='" CASEWIRE_BRIDGE_PROGRAM
                  "' WRONG_BRIDGE='" CASEWIRE_WRONG_BRIDGE "'; export CASEWIRE BRIDGE WRONG_BRIDGE; ( ") +
      command + " ) 2>&1 < /dev/null";
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot start a shell");
  Ran ran;
  std::array<char, 4096> buffer{};
  for (std::size_t bytes = 0; (bytes = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    ran.output.append(buffer.data(), bytes);
  const int status = ::pclose(pipe);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return ran;
}

ScratchFolder::ScratchFolder() : path_((std::filesystem::temp_directory_path() / "casewire-test-XXXXXX").string()) {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make a folder for the test");
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void ScratchFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ + "/" + name, std::ios::binary) << text;
}

std::string ScratchFolder::read(const std::string& name) const {
  std::ostringstream text;
  text << std::ifstream(path_ + "/" + name, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace casewire::tests
