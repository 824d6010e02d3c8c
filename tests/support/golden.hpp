#pragma once
// Compares output with an approved file in the tree. With UPDATE_GOLDEN=1 in the environment the file is rewritten
// instead, and the reviewer reads the diff.

#include <string_view>

namespace casewire::tests {

/// `path` counts from the root of the sources. Adds a test failure that shows the first different line.
void expect_golden(std::string_view path, std::string_view actual);

}  // namespace casewire::tests
