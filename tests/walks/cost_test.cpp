// What the bridge asks of both vendors, call by call: how few, how soon, for how much time at once.

#include <gmock/gmock.h>

#include "base/text/encoding.hpp"
#include "told_story.hpp"

namespace casewire::walks {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class Cost : public ToldStory {
 protected:
  /// The time that a list of conversations is asked for.
  milliseconds span_of(const sim::HttpExchange& look) {
    const auto instant = [&](const std::string& name) -> std::optional<WallTime> {
      const auto place = look.target.find(name + "=");
      if (place == std::string::npos) return std::nullopt;
      const auto rest = look.target.substr(place + name.size() + 1);
      return parse_iso8601(percent_decoded(rest.substr(0, rest.find('&'))).value_or(""));
    };
    return instant("updated_before").value_or(ring().now()) - instant("updated_after").value();
  }
};

TEST_F(Cost, AHandoffTakesThreeCallsOfSalesforce) {
  tell("    When Dana emails help@acme.test about \"Lamp\": \"It flickers.\"\n");
  forget_calls();
  tell("    When the AI hands off: \"A person, please\"\n");
  EXPECT_THAT(query("SELECT Id FROM Case"), SizeIs(1));
  EXPECT_LE(calls_to("salesforce").size(), 3u);
}

// deploy/README.md reckons with these.
TEST_F(Cost, AConversationTakesAHandfulOfCallsOfOpenCxForEachThingThatHappens) {
  const auto costs = [&](const std::string& happens, std::size_t of_opencx, std::size_t of_salesforce) {
    forget_calls();
    tell(happens + "    When 5 seconds pass\n");
    EXPECT_LE(calls_to("opencx").size(), of_opencx) << happens;
    EXPECT_LE(calls_to("salesforce").size(), of_salesforce) << happens;
  };
  tell("    When 1 minute passes\n");
  costs("    When Dana emails help@acme.test about \"Lamp\": \"It flickers.\"\n", 1, 0);
  costs("    When the AI hands off: \"A person, please\"\n    Then case A opens from opencx\n", 4, 3);
  costs("    When Ruiz replies on case A: \"Looking into it.\"\n", 3, 1);
  costs("    When Dana replies: \"Thank you, the green one.\"\n", 2, 2);
}

TEST_F(Cost, AnIdleSweepTakesOneCallOfEach) {
  hand_off();
  tell("    When Ruiz replies on case A: \"Looking into it.\"\n    And 1 hour passes\n");
  forget_calls();
  tell("    When 10 minutes pass\n");
  EXPECT_EQ(calls_to("salesforce").size(), 1u);
  EXPECT_EQ(calls_to("opencx").size(), 1u);
}

TEST_F(Cost, AYearInWhichNothingHappensIsADayAndAFewQuestions) {
  hand_off();
  tell("    When Ruiz replies on case A: \"Looking into it.\"\n    And 1 day passes\n");
  forget_calls();
  tell("    When 1 year passes\n");
  const std::size_t questions = calls_to("opencx").size();
  EXPECT_GE(questions, 24u * 6) << "the first day is played in full";
  EXPECT_LE(questions, 24u * 6 + 200);
  tell(
      "    When Dana replies: \"Is there any news?\"\n"
      "    Then case A gains the comment \"Is there any news?\"\n"
      "    When Ruiz replies on case A: \"It comes tomorrow.\"\n"
      "    Then Dana receives \"It comes tomorrow.\"\n"
      "    And the bridge has nothing left to do\n");
}

TEST_F(Cost, WhatTheWorldDoesAfterDaysOfSilenceIsNotLate) {
  hand_off();
  tell(
      "    Given the next webhook from OpenCX arrives again after 8 days\n"
      "    When Dana replies: \"The green one.\"\n"
      "    And 9 days pass\n");
  std::vector<WallTime> webhooks;
  for (const sim::Entry& entry : ring().world().journal().entries()) {
    const auto* call = entry.as<sim::HttpExchange>();
    if (call != nullptr && call->from == "opencx") webhooks.push_back(entry.at);
  }
  ASSERT_GE(webhooks.size(), 2u);
  EXPECT_EQ(webhooks.back() - webhooks[webhooks.size() - 2], std::chrono::days{8});
}

// H: pages of 2,000, and one second that does not end with a page.
TEST_F(Cost, FiveThousandRowsOfOneSecondTakeAPageForEachTwoThousandAndNoneIsMissed) {
  constexpr int kRows = 5'000;
  hand_off();
  tell("    When 1 hour passes\n    Given webhooks from Salesforce are lost for 5 minutes\n");
  const auto case_id = string_member(query("SELECT Id FROM Case").front(), "Id");
  const auto& ruiz = world().rep_ids().at("Ruiz");
  for (int row = 0; row < kRows; ++row) {
    // Drafts, and in the middle of them a reply.
    const bool is_sent = row == kRows / 2;
    const auto made =
        is_sent ? world().org().reply(ruiz, case_id, {.text = "It is on its way."})
                : world().org().create(ruiz, "EmailMessage",
                                       {{"ParentId", case_id}, {"Incoming", false}, {"Status", "5"}, {"TextBody", "Draft"}});
    ASSERT_TRUE(made) << made.error();
  }
  const auto ends = query("SELECT MIN(SystemModstamp) first, MAX(SystemModstamp) last FROM EmailMessage");
  EXPECT_EQ(string_member(ends.front(), "first"), string_member(ends.front(), "last"));
  forget_calls();
  tell("    When 15 minutes pass\n    Then Dana receives \"It is on its way.\"\n");
  EXPECT_LE(calls_to("salesforce").size(), 6u) << "three pages for the look, and three for the Case's job";
}

TEST_F(Cost, AConversationThatTheAiKeepsCostsTheSweepNoFurtherCall) {
  tell(
      "    When the bridge is killed\n"
      "    And Dana emails help@acme.test about \"Order 1182\": \"Where is it?\"\n"
      "    And 5 minutes pass\n");
  forget_calls();
  tell("    When the bridge starts again\n");
  EXPECT_EQ(calls_to("opencx").size(), 1u);
  EXPECT_EQ(calls_to("salesforce").size(), 2u) << "a token and the sweep";
  tell("    When 30 minutes pass\n");
  EXPECT_THAT(looks().back().target, HasSubstr("updated_after=2026-01-05T08%3A55")) << "five minutes before her mail";
  tell("    When Dana emails help@acme.test about \"Order 1182\": \"Hello?\"\n    And 20 minutes pass\n");
  EXPECT_THAT(looks().back().target, HasSubstr("updated_after=2026-01-05T09%3A30")) << "it is not listed for ever";
}

// F38: what a look has found is kept before the next one begins.
TEST_F(Cost, ALongOutageIsLookedAtInPieces) {
  hand_off();
  tell(
      "    When the bridge is killed\n"
      "    And Dana emails help@acme.test about \"Another thing\": \"Something else.\"\n"
      "    And 20 hours pass\n"
      "    And Dana emails help@acme.test about \"One more thing\": \"And one more thing.\"\n"
      "    And 20 hours pass\n");
  forget_calls();
  arm("the third look fails", {.system = "opencx", .operation = "session list", .first = 3}, sim::Refuse{"503"});
  tell("    When the bridge starts again\n");
  EXPECT_EQ(looks().size(), 3u);
  EXPECT_THAT(query("SELECT Id FROM CaseComment"), SizeIs(2)) << "what the first two have found";
  tell(
      "    When 1 minute passes\n"
      "    Then case A has the comments:\n"
      "      | It flickers. |\n"
      "      | Something else. |\n"
      "      | And one more thing. |\n");
  EXPECT_LE(looks().size(), 9u);
}

TEST_F(Cost, LessTimeIsAskedForWhenOpenCxHasTooMuchToTell) {
  hand_off();
  tell(
      "    When the bridge is killed\n"
      "    And Dana emails help@acme.test about \"Another thing\": \"Something else.\"\n"
      "    And 40 hours pass\n");
  forget_calls();
  constexpr std::uint32_t kPagesOfALook = 200, kLooksTooLong = 3;
  http::Response endless{
      .status = 200, .headers = {{"Content-Type", "application/json"}}, .body = R"({"items":[],"next":"bW9yZQ"})"};
  arm("three looks find no end", {.system = "opencx", .operation = "session list", .times = kPagesOfALook * kLooksTooLong},
      sim::AnswerWith{endless});
  tell("    When the bridge starts again\n    And 1 hour passes\n    Then case A tells \"Something else.\" 1 time\n");
  const auto looked = looks();
  ASSERT_GT(looked.size(), kPagesOfALook * kLooksTooLong);
  const auto first = span_of(looked.front());
  for (std::uint32_t look = 1; look < kLooksTooLong; ++look) {
    EXPECT_LT(span_of(looked[look * kPagesOfALook]), span_of(looked[(look - 1) * kPagesOfALook]));
  }
  EXPECT_LT(span_of(looked[kPagesOfALook * kLooksTooLong]), first / 2);
  tell("    When 20 minutes pass\n");
  forget_calls();
  tell("    When 10 minutes pass\n");
  EXPECT_EQ(calls_to("opencx").size(), 1u) << "it has come to the present";
}

TEST_F(Cost, TheSweepWaitsAsLongAsOpenCxAsks) {
  tell("    When the bridge is killed\n");
  forget_calls();
  arm("OpenCX asks for two minutes", {.system = "opencx", .operation = "session list"},
      sim::Refuse{.code = "429", .retry_after_s = 120});
  tell("    When the bridge starts again\n    And 118 seconds pass\n");
  EXPECT_EQ(looks().size(), 1u);
  tell("    When 3 seconds pass\n");
  EXPECT_EQ(looks().size(), 2u);
}

// F17: forty replies wait for the limit to lift, and go out in order.
TEST_F(Cost, RepliesWaitWhileTheApiLimitLastsAndGoOutInOrder) {
  hand_off();
  tell("    Given the org's API calls are used up\n");
  std::string replies, received;
  for (int i = 1; i <= 40; ++i) {
    const auto text = "Reply number " + std::to_string(i) + ".";
    replies += "    When Ruiz replies on case A: \"" + text + "\"\n";
    received += "      | " + text + " |\n";
  }
  tell(replies);
  forget_calls();
  tell("    When 12 hours pass\n");
  EXPECT_LE(calls([](const auto&) { return true; }).size(), 12u * 12 * 3 + 100)
      << "I10: about one probe in 5 minutes, and the sweep";
  tell(
      "    Then Dana has received 0 mails\n"
      "    Given the org's API calls are given back\n"
      "    When 11 minutes pass\n"
      "    Then Dana receives in this order:\n" +
      received + "    And Dana has received 40 mails\n");
}

// A slow line must not fail for ever what it would carry in a minute.
TEST_F(Cost, ALargeFileHasMoreTimeThanAQuestion) {
  tell("    Given a file \"plan.pdf\" of 3 MB\n    When 1 second passes\n");
  arm("an upload takes 40 seconds", {.system = "salesforce", .operation = "file create"}, sim::Delay{std::chrono::seconds{40}});
  tell(
      "    When Dana emails help@acme.test about \"Plan\" with the file \"plan.pdf\": \"See file.\"\n"
      "    And the AI hands off: \"A plan\"\n"
      "    And 10 minutes pass\n"
      "    Then Salesforce has been asked for 1 file create\n");
  EXPECT_THAT(query("SELECT Id FROM ContentVersion"), SizeIs(1));
}

}  // namespace
}  // namespace casewire::walks
