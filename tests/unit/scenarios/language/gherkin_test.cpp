#include "scenarios/language/gherkin.hpp"

#include <gtest/gtest.h>

namespace casewire::scenarios::gherkin {
namespace {

Document good(std::string_view text) {
  Mistakes mistakes("test.feature");
  Document document = read(text, mistakes);
  EXPECT_TRUE(mistakes.none());
  return document;
}

TEST(Gherkin, DescriptionsMayHoldAnythingButHeadings) {
  const Document document = good(
      "Feature: A\n  When in doubt, read this: it helps.\n  * a bullet\n\n  Scenario: B\n"
      "  About the Case\n    When 1 day passes\n");
  ASSERT_EQ(document.rules.at(0).scenarios.size(), 1u);
  EXPECT_EQ(document.rules[0].scenarios[0].steps.size(), 1u);
}

TEST(Gherkin, ColumnsCountCharacters) {
  const Document document = good("Feature: A\n  Scenario: Größe 💡 x\n    When  ü passes\n");
  const Scenario& scenario = document.rules[0].scenarios[0];
  EXPECT_EQ(scenario.name.at(scenario.name.text().find('x')), (Position{2, 21}));
  EXPECT_EQ(scenario.steps[0].text.at(), (Position{3, 11}));
  EXPECT_EQ(scenario.steps[0].text.width(), 8u);
}

TEST(Gherkin, CellsKnowTheirPlacesAndEscapes) {
  const Document document = good("Feature: A\n  Scenario: B\n    Given x\n      | a \\| b | \\\\n\\n |  |\n");
  const Row& row = document.rules[0].scenarios[0].steps[0].table.at(0);
  ASSERT_EQ(row.size(), 3u);
  EXPECT_EQ(row[0].text(), "a | b");
  EXPECT_EQ(row[1].text(), "\\n\n");
  EXPECT_TRUE(row[2].empty());
  EXPECT_EQ(row[0].at(), (Position{4, 9}));
  EXPECT_EQ(row[0].at(4), (Position{4, 14}));
}

TEST(Gherkin, DocStringsLoseTheirIndentationAndNothingElse) {
  const Document document = good(
      "Feature: A\n  Scenario: B\n    Given x:\n      ```application/json\n        {\n     less\n"
      "\n      # no comment\n      ```\n    Given y\n");
  const auto& steps = document.rules[0].scenarios[0].steps;
  ASSERT_EQ(steps.size(), 2u);
  ASSERT_TRUE(steps[0].doc_string);
  EXPECT_EQ(steps[0].doc_string->media_type, "application/json");
  EXPECT_EQ(steps[0].doc_string->text, "  {\nless\n\n# no comment");
}

TEST(Gherkin, ACommentMayStandBehindTagsAndBetweenSteps) {
  const Document document = good("# one\n@a @b # two\nFeature: A\n  Scenario: B\n    Given x\n    # three\n    And y\n");
  EXPECT_EQ(document.tags.size(), 2u);
  EXPECT_EQ(document.rules[0].scenarios[0].steps.size(), 2u);
}

}  // namespace
}  // namespace casewire::scenarios::gherkin
