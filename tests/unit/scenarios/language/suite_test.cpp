// The shipped scenarios are read as `casewire run` reads them.

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "base/text/strings.hpp"
#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

std::vector<std::string> suite_files() {
  const std::string root = std::string(CASEWIRE_SOURCE_DIR) + "/scenarios/suite";
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".feature") {
      paths.push_back(entry.path().lexically_relative(CASEWIRE_SOURCE_DIR).string());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

class Suite : public testing::TestWithParam<std::string> {};

TEST_P(Suite, IsReadWithoutAMistakeAndNamesItsPromise) {
  const std::string source = content_of(std::string(CASEWIRE_SOURCE_DIR) + "/" + GetParam());
  const auto feature =
      read_feature(GetParam(), source, Fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"), casewire_vocabulary());
  ASSERT_TRUE(feature) << rendered(feature.error(), source);
  ASSERT_FALSE(feature->scenarios.empty());
  for (const Scenario& scenario : feature->scenarios) {
    EXPECT_TRUE(std::any_of(scenario.tags.begin(), scenario.tags.end(), [](const std::string& tag) {
      return tag.starts_with("@promise:");
    })) << scenario.name;
  }
}

// What a row puts into an outline's name brings words of its own: "The <store> knows" became "The the backup knows".
TEST_P(Suite, SaysNoWordTwiceInARowInAName) {
  const std::string source = content_of(std::string(CASEWIRE_SOURCE_DIR) + "/" + GetParam());
  const auto feature =
      read_feature(GetParam(), source, Fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"), casewire_vocabulary());
  ASSERT_TRUE(feature) << rendered(feature.error(), source);
  for (const Scenario& scenario : feature->scenarios) {
    std::string_view before;
    const std::string name = lowercase(scenario.name);
    for (const std::string_view word : split(name, ' ')) {
      EXPECT_NE(word, before) << scenario.name;
      before = word;
    }
  }
}

TEST_P(Suite, HoldsNoStrangerToWhatOnlyOurBridgePromises) {
  const std::string source = content_of(std::string(CASEWIRE_SOURCE_DIR) + "/" + GetParam());
  const auto feature =
      read_feature(GetParam(), source, Fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures"), casewire_vocabulary());
  ASSERT_TRUE(feature) << rendered(feature.error(), source);
  for (const Scenario& scenario : feature->scenarios) {
    if (std::count(scenario.tags.begin(), scenario.tags.end(), "@house") != 0) continue;
    for (const Step& step : scenario.steps) {
      EXPECT_FALSE(step.action.sentence().traits.house)
          << scenario.name << ": \"" << step.action.said().text() << "\" is for a scenario with the tag @house";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(, Suite, testing::ValuesIn(suite_files()), [](const auto& row) {
  std::string name = row.param.substr(row.param.find("suite/") + 6);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

}  // namespace
}  // namespace casewire::scenarios
