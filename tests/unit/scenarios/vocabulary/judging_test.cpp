// What a check must not be fooled by, in the simulated ring with our own bridge.

#include <gtest/gtest.h>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

ScenarioResult played(const std::string& steps) {
  const std::string text = "Feature: Judging\n  Scenario: One\n" + steps;
  const Fixtures fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures");
  const auto feature = read_feature("judging.feature", text, fixtures, casewire_vocabulary());
  if (!feature) {
    ADD_FAILURE() << render(feature.error().front(), text);
    return {};
  }
  PlayOptions options;
  options.make_ring = [] { return make_simulated_ring(*parse_iso8601("2026-01-05T09:00:00.000Z"), 1); };
  return play_all(feature->scenarios, fixtures, options, [](const ScenarioResult&) {}).front();
}

// A quote in an address ended the query's text; the error that came back counted as "no Case".
TEST(Judging, AnApostropheInAnAddressHidesNoCase) {
  const auto result = played(R"(
    Given the customer Dana writes from d'ana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then Dana has 0 cases
)");
  EXPECT_EQ(result.verdict, Verdict::failed);
  EXPECT_EQ(result.steps.back().found.substr(0, 6), "1 case");
}

TEST(Judging, AQueryThatTheOrgDoesNotUnderstandIsNoVerdict) {
  const auto result = played(R"(
    Given the org has no field "Case_From__c" on Cases
    And the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    Then case A opens from opencx
)");
  EXPECT_EQ(result.verdict, Verdict::unknown);
  EXPECT_EQ(result.steps.back().verdict, Verdict::unknown);
  EXPECT_NE(result.steps.back().found.find("the org does not understand a query of this check"), std::string::npos);
}

// Closed was a word: an org that closes with another one was judged wrongly both ways.
TEST(Judging, AnOrgMayCallAClosedCaseAsItLikes) {
  const std::string stage = R"(
    Given the org closes Cases with "Erledigt"
    And the rep Ruiz works the queue "Support"
    And the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx
)";
  EXPECT_EQ(played(stage + "    When Ruiz closes case A\n    Then case A is closed\n    And Dana has 0 open cases\n").verdict,
            Verdict::passed);
  EXPECT_EQ(played(stage + "    Then case A is closed\n").verdict, Verdict::failed);
}

// The AI that answers one customer broke the silence towards another.
TEST(Judging, SilenceIsThatOfTheConversationsOnWhichAPersonWorks) {
  const std::string both = R"(
    Given the AI keeps answering until a person is active
    And the rep Ruiz works the queue "Support"
    And the customer Dana writes from dana@example.test
    And the customer Eli writes from eli@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx
    When Ruiz takes case A
)";
  EXPECT_EQ(played(both + R"(
    When Eli emails help@acme.test about "Hello": "Hi"
    And the AI answers Eli: "Hi to you."
    Then the AI stays silent
)")
                .verdict,
            Verdict::passed);
  EXPECT_EQ(played(both + R"(
    When Dana replies: "Any news?"
    And the AI answers Dana: "No."
    Then the AI stays silent
)")
                .steps.back()
                .verdict,
            Verdict::failed);
}

// "In the same thread" held for any thread of hers.
TEST(Judging, TheSameThreadIsThatOfTheConversationInWhichItWasSaid) {
  const auto result = played(R"(
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI answers: "It is on its way."
    And Dana emails help@acme.test about "Another thing": "Hello"
    And the AI answers: "It is on its way."
    Then Dana receives "It is on its way." in the same thread
    And Dana receives "It is on its way." in the same thread
)");
  EXPECT_EQ(result.verdict, Verdict::failed);
  EXPECT_NE(result.steps.back().found.find("in another thread"), std::string::npos);
}

}  // namespace
}  // namespace casewire::scenarios
