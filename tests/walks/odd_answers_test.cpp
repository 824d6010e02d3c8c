// Answers that no vendor means: of another shape, without an end, about somebody who is gone. What is not understood is not nothing.

#include <gmock/gmock.h>

#include "told_story.hpp"

namespace casewire::walks {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

http::Response json_answer(int status, std::string body) {
  return {.status = status, .headers = {{"Content-Type", "application/json"}}, .body = std::move(body)};
}

class OddAnswers : public ToldStory {
 protected:
  OddAnswers() { tell("    When 1 second passes\n"); }
  void hand_off_in_vain() {
    tell(
        "    When Dana emails help@acme.test about \"Lamp\": \"It flickers.\"\n    And the AI hands off: \"A person, please\"\n");
  }
};

// An ignored handoff, or a Case without its transcript, would be believed.
TEST_F(OddAnswers, OfAnotherShapeAreAskedForAgain) {
  const auto odd = json_answer(200, R"({"success":true,"data":{"items":[]}})");
  arm("odd sessions", {.system = "opencx", .operation = "session read", .times = 6}, sim::AnswerWith{odd});
  arm("odd histories", {.system = "opencx", .operation = "history read", .times = 6}, sim::AnswerWith{odd});
  hand_off_in_vain();
  EXPECT_THAT(query("SELECT Id FROM Case"), IsEmpty());
  tell(
      "    When 10 minutes pass\n"
      "    Then case A opens from opencx with the summary \"A person, please\"\n"
      "    And case A has the comments:\n"
      "      | It flickers. |\n");
}

// Half a history would look like a whole one.
TEST_F(OddAnswers, WithoutAnEndParkTheConversation) {
  may_leave_parked = true;
  arm("a history without an end", {.system = "opencx", .operation = "history read", .times = 0},
      sim::AnswerWith{json_answer(200, R"({"items":[],"next":"bW9yZQ"})")});
  hand_off_in_vain();
  tell("    When 1 minute passes\n    Then the bridge has parked 1 job\n");
  EXPECT_THAT(ring().bridge_output(), HasSubstr("over 200 pages"));
  EXPECT_THAT(query("SELECT Id FROM Case"), IsEmpty());
}

// Nobody is left to be told that the Case was closed.
TEST_F(OddAnswers, OfASessionThatIsGoneHoldNoClosingUp) {
  hand_off();
  for (const char* operation : {"session read", "session update"}) {
    arm(std::string("gone: ") + operation, {.system = "opencx", .operation = operation, .times = 0},
        sim::AnswerWith{json_answer(404, R"({"statusCode":404,"message":"Chat session not found","error":"Not Found"})")});
  }
  may_leave_parked = true;  // that the session stays open is the platform's word
  tell("    When Ruiz closes case A\n    And 1 hour passes\n    Then the bridge has parked 0 jobs\n");
}

// F8: the vendor's own words, and nobody else waits.
TEST_F(OddAnswers, ThatRefuseAreShownInTheVendorsWords) {
  hand_off();
  arm("refused with words", {.system = "opencx", .operation = "message send"},
      sim::AnswerWith{json_answer(400, R"({"statusCode":400,"message":"attachments are not allowed","error":"Bad Request"})")});
  tell("    When Ruiz replies on case A: \"Hello.\"\n    Then the bridge has parked 1 job\n");
  EXPECT_THAT(ring().bridge_output(), HasSubstr("attachments are not allowed"));
  tell(
      "    When Dana emails help@acme.test about \"Order 1182\": \"I am still here\"\n"
      "    And Ruiz replies on case A: \"Hello again.\"\n"
      "    Then Dana receives in this order:\n"
      "      | Hello. |\n"
      "      | Hello again. |\n");
}

// F10
TEST_F(OddAnswers, ThatRefuseTheOriginOpenTheCaseWithoutIt) {
  constexpr const char* kHalted = R"([{"errorCode":"PROCESSING_HALTED","message":"rolled back"}])";
  constexpr const char* kRefused = R"([{"message":"Case Origin: bad value for restricted picklist field: Email",)"
                                   R"("errorCode":"INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST","fields":["Origin"]}])";
  std::string parts;
  for (const auto* reference : {"case", "comments1", "after"}) {
    parts += std::string(parts.empty() ? "" : ",") + R"({"body":)" + (parts.empty() ? kRefused : kHalted) +
             R"(,"httpHeaders":{},"httpStatusCode":400,"referenceId":")" + reference + "\"}";
  }
  arm("the org knows no such origin", {.system = "salesforce", .operation = "Case create"},
      sim::AnswerWith{json_answer(200, R"({"compositeResponse":[)" + parts + "]}")});
  hand_off();
  tell("    Then case A tells \"It flickers.\" 1 time\n    And case A tells \"so Origin is empty\" 1 time\n");
}

}  // namespace
}  // namespace casewire::walks
