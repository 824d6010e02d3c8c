// Files that must not be read, and what is said about each: bad/NAME.feature and bad/NAME.expected.txt.

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/support/golden.hpp"
#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

std::vector<std::string> bad_features() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kTestFolder + "/bad")) {
    if (entry.path().extension() == ".feature") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class BadFeature : public testing::TestWithParam<std::string> {};

TEST_P(BadFeature, IsRefusedWithItsMessage) {
  const std::string source = content_of(kTestFolder + "/bad/" + GetParam() + ".feature");
  const auto feature = read_for_test(GetParam() + ".feature", source);
  ASSERT_FALSE(feature);
  ASSERT_FALSE(feature.error().empty());
  tests::expect_golden("tests/unit/scenarios/language/bad/" + GetParam() + ".expected.txt", rendered(feature.error(), source));
}

INSTANTIATE_TEST_SUITE_P(, BadFeature, testing::ValuesIn(bad_features()), [](const auto& row) { return row.param; });

TEST(Feature, TooLargeAFileIsRefused) {
  const auto feature = read_for_test("big.feature", std::string((1u << 20) + 1, '#'));
  ASSERT_FALSE(feature);
  EXPECT_EQ(
      render(feature.error().front()),
      "big.feature: error: a feature file has at most 1 MiB, this one has more\nhint: split it: a file for each promise reads best\n");
}

TEST(Feature, SaysOnceThatItHasTooManyScenarios) {
  std::string text = "Feature: Many\n  Background:\n    Given the customer Dana writes from dana@example.test\n";
  for (int i = 0; i < 1003; ++i)
    text += "  Scenario: " + std::to_string(i) +
            "\n    When Dana emails help@acme.test about \"A\": \"B\"\n    Then Dana has 0 cases\n";
  const auto feature = read_for_test("many.feature", text);
  ASSERT_FALSE(feature);
  ASSERT_EQ(feature.error().size(), 1u);
  EXPECT_THAT(render(feature.error().front()), testing::HasSubstr("a file has at most 1000 scenarios"));
}

TEST(Feature, ReportsNoMoreMistakesThanAPersonReads) {
  std::string text = "Feature: Many\n  Scenario: One\n";
  for (int i = 0; i < 150; ++i) {
    text += "    When nobody knows what this is\n";
  }
  const auto feature = read_for_test("many.feature", text);
  ASSERT_FALSE(feature);
  EXPECT_EQ(feature.error().size(), 100u);
}

TEST(Feature, RefusesAnOutlineThatWouldRollOutToTooMuch) {
  std::string text = "Feature: Many\n  Scenario Outline: One\n    When Dana replies:\n      \"\"\"\n" + std::string(3000, 'x') +
                     "\n      <n>\n      \"\"\"\n    Examples:\n      | n |\n";
  for (int table = 0; table < 5; ++table) {
    for (int row = 0; row < 900; ++row) {
      text += "|" + std::to_string(table * 900 + row) + "|\n";
    }
    text += "    Examples:\n      | n |\n";
  }
  const auto feature = read_for_test("many.feature", text);
  ASSERT_FALSE(feature);
  EXPECT_EQ(feature.error().front().problem, "with its outlines rolled out the file is too large");
}

TEST(Fixtures, ANameDoesNotLeaveItsFolder) {
  const Fixtures fixtures(kTestFolder + "/fixtures");
  EXPECT_TRUE(fixtures.read("orgs", "service-cloud/org.json"));
  EXPECT_FALSE(fixtures.read("files", "../mail/order-1182.eml"));
  EXPECT_FALSE(fixtures.read("files", "/etc/hostname"));
  EXPECT_FALSE(fixtures.read("files", ""));
  EXPECT_EQ(fixtures.read("files", "invoce.pdf").error(), "there is no files/invoce.pdf, did you mean \"invoice.pdf\"?");
}

}  // namespace
}  // namespace casewire::scenarios
