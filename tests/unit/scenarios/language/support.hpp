#pragma once
// What the tests of the language share: the fixture folder of their own, and reading a text that must be good.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/language/feature.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {

inline const std::string kTestFolder = std::string(CASEWIRE_SOURCE_DIR) + "/tests/unit/scenarios/language";

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

inline std::string rendered(const std::vector<Diagnostic>& diagnostics, const std::string& source) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    text += (text.empty() ? "" : "\n") + render(diagnostic, source);
  }
  return text;
}

/// With the sentences of the program and the fixtures of these tests.
inline auto read_for_test(const std::string& path, const std::string& text) {
  return read_feature(path, text, Fixtures(kTestFolder + "/fixtures"), casewire_vocabulary());
}

inline Feature good_feature(const std::string& text) {
  const auto feature = read_for_test("test.feature", text);
  EXPECT_TRUE(feature) << rendered(feature ? std::vector<Diagnostic>{} : feature.error(), text);
  return feature ? *feature : Feature{};
}

}  // namespace casewire::scenarios
