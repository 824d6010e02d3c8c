// What a check must not be fooled by, in the simulated ring with our own bridge.

#include <gtest/gtest.h>

#include "scenarios/language/feature.hpp"
#include "scenarios/runner/player.hpp"
#include "scenarios/runner/simulated_ring.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/vocabulary.hpp"

namespace casewire::scenarios {
namespace {

/// What a bridge of another style writes, and ours does not.
Played written_by_the_bridge(Stage& stage, const Action& action, const char* object, Json fields) {
  auto& org = stage.world().org();
  std::string problem;
  fields["ParentId"] = stage.case_id(action.text("case"));
  stage.ring().perform([&] {
    const auto row = org.create(org.integration_user_id(), object, fields);
    if (!row) problem = row.error();
    if (row && action.text_if_any("file")) {
      const auto hung = org.attach(org.integration_user_id(), *row, {{.name = action.text("file"), .content = "It flickers."}});
      if (!hung) problem = hung.error();
    }
  });
  return problem.empty() ? Played{} : Played::failed("it can be written", problem);
}
Played posts(Stage& stage, const Action& action) {
  return written_by_the_bridge(stage, action, "FeedItem", {{"Type", "TextPost"}, {"Body", action.text("text")}});
}
Played keeps_a_mail(Stage& stage, const Action& action) {
  return written_by_the_bridge(stage, action, "EmailMessage",
                               {{"Incoming", true}, {"Status", "0"}, {"IsClientManaged", true}, {"TextBody", "As a mail."}});
}

const Vocabulary& with_another_style() {
  static const Vocabulary vocabulary = [] {
    auto families = casewire_vocabulary().families();
    families.push_back(
        {Group::deed,
         "Another style",
         {{"the bridge posts {text} on case {case}", R"(the bridge posts "Any news?" on case A)", "A post", {}, posts},
          {"the bridge keeps a mail with the thing {file:text} on case {case}",
           R"(the bridge keeps a mail with the thing "a.txt" on case A)",
           "A mail",
           {},
           keeps_a_mail}}});
    return Vocabulary(std::move(families), casewire_vocabulary().operations(), casewire_vocabulary().refusals());
  }();
  return vocabulary;
}

ScenarioResult played(const std::string& steps, const Vocabulary& vocabulary = casewire_vocabulary()) {
  const std::string text = "Feature: Judging\n  Scenario: One\n" + steps;
  const Fixtures fixtures(std::string(CASEWIRE_SOURCE_DIR) + "/fixtures");
  const auto feature = read_feature("judging.feature", text, fixtures, vocabulary);
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

// "Gains the comment" knew comments and mails; files counted on the Case itself alone.
TEST(Judging, ABridgeMayPostAndHangFilesOnMails) {
  const auto result = played(R"(
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order": "Where is it?"
    And the AI hands off: "Refund"
    Then case A opens from opencx
    When the bridge posts "Dana: Any news?" on case A
    Then case A gains the comment "Any news?"
    And case A tells "Any news?" 1 time
    And case A tells in this order:
      | Where is it? |
      | Any news?    |
    When the bridge keeps a mail with the thing "lamp.txt" on case A
    Then case A has 1 file
    And "It flickers." stands in the file "lamp.txt" of case A
)",
                             with_another_style());
  for (const StepResult& step : result.steps) EXPECT_EQ(step.verdict, Verdict::passed) << step.found;
}

}  // namespace
}  // namespace casewire::scenarios
