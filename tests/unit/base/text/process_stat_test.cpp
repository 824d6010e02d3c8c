#include "base/text/process_stat.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace casewire {
namespace {

TEST(ProcessStat, IsReadAsTheKernelWritesIt) {
  const auto stat = process_stat("4711 (a) name (b) S 1 4700 4700 0 -1 4194560 120 0 0 0 25 17 0 0 20 0 1 0 99 0 0\n");
  EXPECT_EQ(stat.state, 'S');
  EXPECT_EQ(stat.name, "a) name (b");
  EXPECT_EQ(stat.group, 4700);
  EXPECT_EQ(stat.ticks, 42u);
}

TEST(ProcessStat, WhoIsGoneIsDead) {
  for (const char* line : {"", "4711", "4711 (name", "4711 (name)", "4711 (name) "})
    EXPECT_EQ(process_stat(line).state, 'X') << line;
  EXPECT_EQ(process_stat("4711 (name) R").group, 0);
}

TEST(ProcessStat, ToldByThisKernel) {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  EXPECT_EQ(process_stat(line).state, 'R');
  EXPECT_EQ(process_stat(line).group, ::getpgrp());
}

}  // namespace
}  // namespace casewire
