#include "scenarios/runner/dynamic_program.hpp"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "scenarios/runner/child_process.hpp"

namespace casewire::scenarios {
namespace {

template <class T>
bool read_at(std::ifstream& file, std::uint64_t at, T& into) {
  file.seekg(static_cast<std::streamoff>(at));
  file.read(reinterpret_cast<char*>(&into), sizeof into);
  return file.gcount() == sizeof into;
}

/// "#!/usr/bin/env node" -> "node"; "#!/bin/sh -e" -> "/bin/sh"
std::string interpreter_of_script(std::string_view first_line) {
  const auto words = command_words(first_line);
  if (words.empty()) return {};
  const bool by_env = words.front().ends_with("/env") && words.size() > 1;
  return by_env ? words.back() : words.front();
}

bool is_dynamic(const std::string& path, int scripts_left) {
  std::ifstream file(path, std::ios::binary);
  char begin[2]{};
  if (!read_at(file, 0, begin)) return true;
  if (begin[0] == '#' && begin[1] == '!') {
    std::string line;
    std::getline(file, line);
    const auto interpreter = program_named(interpreter_of_script(line));
    return !interpreter || scripts_left == 0 || is_dynamic(*interpreter, scripts_left - 1);
  }
  Elf64_Ehdr head{};
  const bool is_elf =
      read_at(file, 0, head) && std::memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 && head.e_ident[EI_CLASS] == ELFCLASS64;
  if (!is_elf) return true;
  for (unsigned at = 0; at < head.e_phnum; ++at) {
    Elf64_Phdr part{};
    if (!read_at(file, head.e_phoff + std::uint64_t{at} * head.e_phentsize, part)) return true;
    if (part.p_type == PT_INTERP) return true;
  }
  return false;
}

}  // namespace

bool is_dynamic_program(const std::string& path) {
  constexpr int kScriptsMax = 3;  // a script may name a script
  return is_dynamic(path, kScriptsMax);
}

}  // namespace casewire::scenarios
