#include "tests/unit/scenarios/language/support.hpp"

namespace casewire::scenarios {
namespace {

const std::string kStage = R"(
  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
)";

TEST(Feature, ScenariosBeginWithTheStepsOfBothBackgrounds) {
  const Feature feature = good_feature(R"(Feature: Orders
  Background:
    Given the org "service-cloud"
  Rule: Customers first
    Background:
      Given the customer Dana writes from dana@example.test
    Example: One
      When Dana emails help@acme.test about "Order": "Where is it?"
  Rule: Reps first
    Scenario: One
      Given the rep Ruiz works the queue "Support"
)");
  ASSERT_EQ(feature.scenarios.size(), 2u);
  EXPECT_EQ(feature.scenarios[0].rule, "Customers first");
  ASSERT_EQ(feature.scenarios[0].steps.size(), 3u);
  EXPECT_EQ(feature.scenarios[0].steps[0].action.text("org"), "service-cloud");
  EXPECT_EQ(feature.scenarios[0].steps[1].action.text("address"), "dana@example.test");
  EXPECT_EQ(feature.scenarios[0].steps[2].action.text("text"), "Where is it?");
  ASSERT_EQ(feature.scenarios[1].steps.size(), 2u);
  EXPECT_EQ(feature.scenarios[1].name, "One");
}

TEST(Feature, AndAndButAndBulletsTakeTheirKeyword) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    * case A opens from opencx with the summary "Refund"
    But Dana has 1 case
    * the access token expires
    * Ruiz replies on case A: "Hello."
)");
  std::string keywords;
  for (const Step& step : feature.scenarios.at(0).steps) {
    keywords += step.keyword + " ";
  }
  EXPECT_EQ(keywords, "Given Given Given When When Then Then Then When ");
}

TEST(Feature, ATableGivesATextInEachRow) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary "Refund"
    And case A has the comments:
      | Where \| when? |
      | And\nhow?      |
)");
  const Action& comments = feature.scenarios.at(0).steps.at(6).action;
  EXPECT_EQ(comments.text("case"), "A");
  EXPECT_EQ(comments.texts("texts"), (std::vector<std::string>{"Where | when?", "And\nhow?"}));
}

TEST(Feature, TextsComeFromQuotesWithEscapesOrFromDocStrings) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    When Dana emails help@acme.test about "The \"big\" one": "a\nb \\ C:\dir"
    And Dana replies with the file "invoice.pdf" and the file "photo.png":
      """text/plain
      Dear all,

        see \"\"\"there\"\"\".
      """
    And the AI hands off: "Refund"
    Then case A opens from opencx with the summary:
      ```
      Refund
      ```
)");
  const auto& steps = feature.scenarios.at(0).steps;
  EXPECT_EQ(steps[3].action.text("subject"), "The \"big\" one");
  EXPECT_EQ(steps[3].action.text("text"), "a\nb \\ C:\\dir");
  EXPECT_EQ(steps[4].action.text("text"), "Dear all,\n\n  see \"\"\"there\"\"\".");
  EXPECT_EQ(steps[4].action.texts("file"), (std::vector<std::string>{"invoice.pdf", "photo.png"}));
  EXPECT_EQ(steps[6].action.text("summary"), "Refund");
}

TEST(Feature, OutlinesRollOutRowByRowWithTheirTagsAndLines) {
  const Feature feature = good_feature(R"(@f
Feature: Orders
  @s
  Scenario Outline: Waiting
    Given the customer Dana writes from dana@example.test
    When <time> pass
    And Dana emails help@acme.test about "<what>": "<what> or not"

    @short
    Examples: not long
      | time      | what      |
      | 2 seconds | a \| b\nc |
    @long @s
    Examples:
      | time   | what |
      | 3 days | x    |
)");
  ASSERT_EQ(feature.scenarios.size(), 2u);
  EXPECT_EQ(feature.scenarios[0].name, "Waiting (2 seconds, a | b\nc)");
  EXPECT_EQ(feature.scenarios[0].tags, (std::vector<std::string>{"@f", "@s", "@short"}));
  EXPECT_EQ(feature.scenarios[1].tags, (std::vector<std::string>{"@f", "@s", "@long"}));
  EXPECT_EQ(feature.scenarios[0].where.position.line, 12u);
  EXPECT_EQ(feature.scenarios[1].where.position.line, 16u);
  EXPECT_EQ(feature.scenarios[1].steps[1].action.duration(), std::chrono::days(3));
  EXPECT_EQ(feature.scenarios[0].steps[2].action.text("subject"), "a | b\nc");
  EXPECT_EQ(feature.scenarios[0].steps[1].where.position, (Position{6, 5}));
}

TEST(Feature, AnOutlineWithItsValuesInTheNameIsNotNamedTwice) {
  const Feature feature = good_feature(R"(Feature: Orders
  Scenario Template: Waiting <n> days
    When <n> days pass
    Scenarios:
      | n |
      | 2 |
)");
  EXPECT_EQ(feature.scenarios.at(0).name, "Waiting 2 days");
}

TEST(Feature, FaultsMayComeBetweenSteps) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    Given Salesforce answers the next 3 Case creates with status 503
    When Dana emails help@acme.test about "Order": "Where is it?"
    Given OpenCX accepts the next message send but loses the answer
    And the bridge crashes after its 11th call and starts again
    And the bridge is killed
    And the bridge starts again
)");
  const auto& steps = feature.scenarios.at(0).steps;
  EXPECT_EQ(steps[3].action.count(), 3u);
  EXPECT_EQ(steps[3].action.operation(), "Case create");
  EXPECT_EQ(steps[5].action.text("system"), "OpenCX");
  EXPECT_EQ(steps[5].action.operation(), "message send");
  EXPECT_EQ(steps[6].action.ordinal(), 11u);
}

TEST(Feature, OptionalPartsMayBeThereOrNot) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    When Dana emails help@acme.test about "Order": "Where is it?"
    Then Dana receives "a"
    And Dana receives "b" from help@acme.test
    And Dana receives "c" in the same thread with the file "photo.png"
)");
  const auto& steps = feature.scenarios.at(0).steps;
  EXPECT_FALSE(steps[4].action.says("in the same thread"));
  EXPECT_FALSE(steps[4].action.has("address"));
  EXPECT_EQ(steps[5].action.text("address"), "help@acme.test");
  EXPECT_TRUE(steps[6].action.says("in the same thread"));
  EXPECT_EQ(steps[6].action.texts("file"), (std::vector<std::string>{"photo.png"}));
}

TEST(Feature, WarnsOfAScenarioThatExpectsNothing) {
  const Feature feature = good_feature("Feature: Orders\n" + kStage + R"(
  Scenario: One
    When Dana emails help@acme.test about "Order": "Where is it?"
  Scenario: Two
    When Dana emails help@acme.test about "Order": "Where is it?"
    Then Dana has 0 cases
)");
  ASSERT_EQ(feature.warnings.size(), 1u);
  EXPECT_EQ(render_warning(feature.warnings.front(), {}),
            "test.feature:8:3: warning: this scenario expects nothing: it has no Then\n"
            "hint: say what must be true at its end; the invariants alone watch it\n");
}

TEST(Feature, ReadsWindowsLineEndsAndAByteOrderMark) {
  const Feature feature =
      good_feature("\xEF\xBB\xBF# language: en\r\nFeature: Orders\r\n  Scenario: One\r\n    When 1 day passes\r\n");
  EXPECT_EQ(feature.scenarios.at(0).name, "One");
}

}  // namespace
}  // namespace casewire::scenarios
