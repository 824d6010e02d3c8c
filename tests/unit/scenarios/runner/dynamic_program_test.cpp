#include "scenarios/runner/dynamic_program.hpp"

#include <elf.h>
#include <gtest/gtest.h>

#include <cstring>
#include <fstream>

#include "scenarios/runner/temporary_folder.hpp"

namespace casewire::scenarios {
namespace {

/// An ELF file with one part of that type.
std::string elf_with(const TemporaryFolder& folder, Elf64_Word type) {
  const std::string path = folder.path() + "/program" + std::to_string(type);
  Elf64_Ehdr head{};
  std::memcpy(head.e_ident, ELFMAG, SELFMAG);
  head.e_ident[EI_CLASS] = ELFCLASS64;
  head.e_phoff = sizeof head;
  head.e_phnum = 1;
  head.e_phentsize = sizeof(Elf64_Phdr);
  Elf64_Phdr part{};
  part.p_type = type;
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(&head), sizeof head);
  file.write(reinterpret_cast<const char*>(&part), sizeof part);
  return path;
}

std::string script(const TemporaryFolder& folder, const std::string& interpreter) {
  const std::string path = folder.path() + "/script";
  std::ofstream(path) << "#!" << interpreter << "\nwhatever\n";
  return path;
}

TEST(DynamicProgram, NamesAnInterpreter) {
  const TemporaryFolder folder("casewire-test");
  EXPECT_TRUE(is_dynamic_program(elf_with(folder, PT_INTERP)));
  EXPECT_FALSE(is_dynamic_program(elf_with(folder, PT_LOAD)));
  EXPECT_TRUE(is_dynamic_program("/bin/sh"));
}

TEST(DynamicProgram, IsWhatPlaysAScript) {
  const TemporaryFolder folder("casewire-test");
  EXPECT_TRUE(is_dynamic_program(script(folder, "/bin/sh -e")));
  EXPECT_TRUE(is_dynamic_program(script(folder, "/usr/bin/env perl")));
  EXPECT_TRUE(is_dynamic_program("/nowhere")) << "who starts it will see";
}

}  // namespace
}  // namespace casewire::scenarios
