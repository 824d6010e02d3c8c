#pragma once
// What the tests of the language share: the fixture folder of their own, and reading a text that must be good.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/language/feature.hpp"

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

inline Feature good_feature(const std::string& text) {
  const auto feature = read_feature("test.feature", text, Fixtures(kTestFolder + "/fixtures"));
  EXPECT_TRUE(feature) << rendered(feature ? std::vector<Diagnostic>{} : feature.error(), text);
  return feature ? *feature : Feature{};
}

}  // namespace casewire::scenarios
