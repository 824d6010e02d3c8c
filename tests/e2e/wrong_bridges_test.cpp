// A harness that cannot turn red proves nothing: each of these bridges is ours with one defect, and each must be caught, at the
// right line and with a message that says what went wrong.

#include <gmock/gmock.h>

#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Ran play(const std::string& feature, const std::string& defect) {
  return casewire("run tests/e2e/wrong_bridges/" + feature + " --bridge \"$WRONG_BRIDGE " + defect + "\" --bridge-control");
}

TEST(WrongBridge, NoDefectIsGreen) {
  for (const char* feature :
       {"drops-a-reply.feature", "doubles-a-comment.feature", "ai-after-takeover.feature", "other-customer.feature"}) {
    const Ran ran = play(feature, "none");
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
  }
}

TEST(WrongBridge, ThatDropsAReplyFailsAtTheStepThatWaitsForIt) {
  const Ran ran = play("drops-a-reply.feature", "drop-reply");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("drops-a-reply.feature:14:5: failed: Then Dana receives \"Looking into it.\""),
                                HasSubstr("no mail at all"), HasSubstr("I1"),
                                HasSubstr("the rep's reply \"Looking into it.\" never reached the customer"),
                                HasSubstr("rerun: casewire run")))
      << ran.output;
}

TEST(WrongBridge, ThatDoublesACommentIsCaughtByAnInvariantAlthoughEveryStepHolds) {
  const Ran ran = play("doubles-a-comment.feature", "double-comment");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output,
              AllOf(HasSubstr("doubles-a-comment.feature:9:3"), HasSubstr("broken invariant I2: the Case has the comment"),
                    HasSubstr("Where is it?"), HasSubstr("2 times")))
      << ran.output;
}

TEST(WrongBridge, ThatLetsTheAiAnswerAfterTakeoverFailsAtTheSilence) {
  const Ran ran = play("ai-after-takeover.feature", "no-takeover");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.output, AllOf(HasSubstr("ai-after-takeover.feature:17:5: failed: Then the AI stays silent"), HasSubstr("I6"),
                                HasSubstr("I can help with that.")))
      << ran.output;
}

TEST(WrongBridge, ThatAnswersTheWrongCustomerIsCaughtByInvariantsAlthoughNoStepLooks) {
  const Ran ran = play("other-customer.feature", "other-customer");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(
      ran.output,
      AllOf(HasSubstr("broken invariant I1: the rep's reply \"It is cancelled.\" never reached the customer"),
            HasSubstr("broken invariant I7: the reply \"It is cancelled.\" to erin@example.test went to dana@example.test")))
      << ran.output;
}

}  // namespace
}  // namespace casewire::tests
