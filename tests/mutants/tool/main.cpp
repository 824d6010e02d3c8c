// casewire_mutants check TREE            are all mutants' places there?
// casewire_mutants plant TREE OUT        writes OUT: the tree with every mutant planted, each behind its number
// casewire_mutants list TREE             one line each: number, file, name, kind, what is wrong; tabs between

#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>

#include "tests/mutants/tool/mutant.hpp"

namespace {

using namespace casewire;
namespace fs = std::filesystem;

constexpr const char* kSwitch = R"(#pragma once
// Which mutant this process is: CASEWIRE_PLANTED holds its number, 0 or nothing is the right bridge.
#include <cstdlib>
namespace casewire::mutants {
inline bool is_planted(int number) {
  static const int chosen = [] {
    const char* text = std::getenv("CASEWIRE_PLANTED");
    return text == nullptr ? 0 : std::atoi(text);
  }();
  return chosen == number;
}
}  // namespace casewire::mutants
)";

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Left alone when it says that already: what did not change is not built again.
void write_if_changed(const fs::path& file, const std::string& text) {
  if (fs::exists(file) && content_of(file) == text) return;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

using ByFile = std::map<std::string, std::vector<mutants::Mutant>>;

/// The planted sources by their path; complains on standard error.
std::optional<std::map<std::string, std::string>> all_planted(const fs::path& tree, const ByFile& by_file) {
  std::map<std::string, std::string> sources;
  bool is_sound = true;
  for (const auto& [file, of_file] : by_file) {
    // One after the other first, so that every problem is told.
    const std::string source = content_of(tree / file);
    bool file_is_sound = true;
    for (const auto& mutant : of_file) {
      if (const auto place = mutants::place_of(mutant, source); !place) {
        std::cerr << render(place.error()) << "\n";
        file_is_sound = false;
      }
    }
    if (file_is_sound) {
      auto text = mutants::planted(source, of_file);
      if (text) {
        sources[file] = "#include \"bridge/planted.hpp\"\n" + *text;
      } else {
        std::cerr << render(text.error()) << "\n";
        file_is_sound = false;
      }
    }
    is_sound = is_sound && file_is_sound;
  }
  if (!is_sound) return std::nullopt;
  return sources;
}

void write_tree(const fs::path& tree, const fs::path& out, const std::map<std::string, std::string>& sources) {
  // Everything but the bridge is the tree's own.
  for (const char* name : {"CMakeLists.txt", "CMakePresets.json", "base", "cmake", "fixtures", "scenarios", "sim"}) {
    if (!fs::exists(fs::symlink_status(out / name))) fs::create_symlink(tree / name, out / name);
  }
  for (const auto& entry : fs::recursive_directory_iterator(tree / "bridge")) {
    if (!entry.is_regular_file()) continue;
    const auto path = fs::relative(entry.path(), tree);
    const auto found = sources.find(path.string());
    write_if_changed(out / path, found == sources.end() ? content_of(entry.path()) : found->second);
  }
  write_if_changed(out / "bridge/planted.hpp", kSwitch);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool plants = words.size() == 3 && words[0] == "plant";
  if (!plants && (words.size() != 2 || (words[0] != "check" && words[0] != "list"))) {
    std::cerr << "casewire_mutants: check TREE | plant TREE OUT | list TREE\n";
    return 2;
  }
  const fs::path tree = fs::canonical(words[1]);
  const auto all = mutants::read_mutants(tree / "tests/mutants/plants");
  if (!all) {
    std::cerr << render(all.error()) << "\n";
    return 1;
  }
  if (words[0] == "list") {
    for (const auto& mutant : *all) {
      std::cout << mutant.number << '\t' << mutant.file << '\t' << mutant.name << '\t' << mutant.kind << '\t' << mutant.wrong
                << "\n";
    }
    return 0;
  }
  ByFile by_file;
  for (const auto& mutant : *all) by_file[mutant.file].push_back(mutant);
  const auto sources = all_planted(tree, by_file);
  if (!sources) return 1;
  if (plants) {
    fs::create_directories(words[2]);
    write_tree(tree, fs::canonical(words[2]), *sources);
  }
  std::cout << all->size() << " mutants, each in its place\n";
  return 0;
}
