#pragma once
// Runs the built programs as a user would: a command line in, exit code and output out.

#include <string>

namespace casewire::tests {

struct Ran {
  int exit_code = -1;
  std::string output;  ///< standard output and error together
};

/// `arguments` is a shell fragment; the program `casewire` of this build stands before it. The working folder is the source tree.
Ran casewire(const std::string& arguments);
/// The same for any shell command; $CASEWIRE, $BRIDGE and $WRONG_BRIDGE name the built programs.
Ran shell(const std::string& command);

/// A folder that goes when the test ends.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::string& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;

 private:
  std::string path_;
};

}  // namespace casewire::tests
