#include "tests/support/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "base/text/strings.hpp"

namespace casewire::tests {
namespace {

std::string first_difference(std::string_view approved, std::string_view actual) {
  const auto want = split(approved, '\n');
  const auto got = split(actual, '\n');
  for (std::size_t line = 0; line < std::max(want.size(), got.size()); ++line) {
    const std::string_view wanted = line < want.size() ? want[line] : "(end of file)";
    const std::string_view found = line < got.size() ? got[line] : "(end of output)";
    if (wanted != found) {
      return "line " + std::to_string(line + 1) + "\n  approved  " + std::string(wanted) + "\n  actual    " + std::string(found);
    }
  }
  return "no different line";
}

}  // namespace

void expect_golden(std::string_view path, std::string_view actual) {
  const std::string file = std::string(CASEWIRE_SOURCE_DIR) + "/" + std::string(path);
  const char* update = std::getenv("UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") {
    std::ofstream out(file, std::ios::binary);
    out << actual;
    ASSERT_TRUE(out.flush()) << "cannot write " << file;
    return;
  }
  std::ifstream in(file, std::ios::binary);
  ASSERT_TRUE(in) << "no approved file " << file << "; UPDATE_GOLDEN=1 writes it";
  std::ostringstream approved;
  approved << in.rdbuf();
  if (approved.str() != actual) {
    ADD_FAILURE() << path << " differs at " << first_difference(approved.str(), actual)
                  << "\nUPDATE_GOLDEN=1 approves the new text";
  }
}

}  // namespace casewire::tests
