// Feeds every file of a folder to a fuzz target. Names the file first, so that a crash tells which it was.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "tests/fuzz/fuzz.hpp"

namespace casewire::fuzz {
namespace {

std::map<std::string, Target>& targets() {
  static std::map<std::string, Target> all;
  return all;
}

}  // namespace

Named::Named(const char* name, Target target) { targets().emplace(name, target); }

}  // namespace casewire::fuzz

int main(int count, char** arguments) {
  const auto& targets = casewire::fuzz::targets();
  const auto target = count == 3 ? targets.find(arguments[1]) : targets.end();
  if (target == targets.end() || !std::filesystem::is_directory(arguments[2])) {
    std::fprintf(stderr, "usage: %s TARGET CORPUS_DIR, where TARGET is one of", arguments[0]);
    for (const auto& [name, called] : targets) std::fprintf(stderr, " %s", name.c_str());
    std::fprintf(stderr, "\n");
    return 2;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[2])) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::printf("%s\n", file.filename().c_str());
    std::fflush(stdout);
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    target->second(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
  }
  // An empty corpus would make a test that cannot fail.
  return files.empty() ? 1 : 0;
}
