#include "bridge/cases/pending.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

opencx::HistoryItem item(std::string id, std::string type, std::string text, WallTime at) {
  opencx::HistoryItem item;
  item.id = std::move(id);
  item.at = at;
  item.type = std::move(type);
  item.sender_type = "contact";
  item.text = std::move(text);
  return item;
}

/// A mail, a handoff, and another one an hour later.
class TwoHandoffs : public testing::Test {
 protected:
  const std::vector<opencx::HistoryItem> history_{item("m1", "message", "Where?", kNine), item("h1", "handoff", "", kNine + 1min),
                                                  item("h2", "handoff", "", kNine + 1h)};
  const Missing missing_ = missing_of(history_, {}, {});
};

TEST_F(TwoHandoffs, AreBothDescribedByANewCaseWhereTheFirstSaysNothing) {
  EXPECT_THAT(covered_handoffs(history_, missing_, {.kind = Choice::Kind::create}), ElementsAre("h1", "h2"));
}

TEST(Handoffs, SayInACommentWhatANewCaseDoesNotDescribe) {
  const std::vector<opencx::HistoryItem> history{item("h1", "handoff", "Where is it", kNine),
                                                 item("h2", "handoff", "", kNine + 1h)};
  const auto missing = missing_of(history, {}, {});
  const auto covered = covered_handoffs(history, missing, {.kind = Choice::Kind::create});
  EXPECT_THAT(covered, ElementsAre("h2"));
  const auto pending = pending_comments(history, missing, covered, "Refund");
  ASSERT_THAT(pending, SizeIs(1));
  EXPECT_THAT(pending[0].comments.front().body, HasSubstr("Where is it"));
}

TEST(Handoffs, NeverSayTheSummaryOfANewerOne) {
  const std::vector<opencx::HistoryItem> history{item("h1", "handoff", "", kNine), item("h2", "handoff", "", kNine + 1h)};
  const auto missing = missing_of(history, {{.key = "comment:h2", .about = "s", .done = true}}, {});
  EXPECT_THAT(covered_handoffs(history, missing, {.kind = Choice::Kind::append, .case_id = "500A"}), ElementsAre("h1"));
}

TEST_F(TwoHandoffs, SayTheirSummaryAsACommentWhenTheyJoinACaseWithAnotherDescription) {
  const Choice adopted{.kind = Choice::Kind::append, .case_id = "500A"};
  const auto covered = covered_handoffs(history_, missing_, adopted);
  EXPECT_THAT(covered, ElementsAre("h1")) << "the session keeps the newest summary only";
  const auto pending = pending_comments(history_, missing_, covered, "Refund");
  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_THAT(pending[0].comments.front().body, HasSubstr("Where?"));
  EXPECT_THAT(pending[1].comments.front().body, HasSubstr("Refund"));
}

TEST_F(TwoHandoffs, LeaveNothingToSayOnceTheyAreDone) {
  const auto missing = missing_of(history_,
                                  {{.key = "comment:m1", .about = "s", .done = true},
                                   {.key = "comment:h1", .about = "s", .done = true},
                                   {.key = "comment:h2", .about = "s", .done = true}},
                                  {});
  EXPECT_THAT(pending_comments(history_, missing, {}, "Refund"), IsEmpty());
}

// F73
TEST(PendingComments, SpeaksOfAStrandedMessageWithoutSayingItAgain) {
  const std::vector<opencx::HistoryItem> history{item("m1", "message", "Where?", kNine)};
  Missing missing;
  missing.stranded.push_back(&history.front());
  const auto pending = pending_comments(history, missing, {}, "Refund");
  ASSERT_THAT(pending, SizeIs(1));
  EXPECT_THAT(pending[0].comments.front().body, HasSubstr("wrote at 2026-01-05T09:00Z"));
  EXPECT_THAT(pending[0].comments.front().body, testing::Not(HasSubstr("Where?")));
  EXPECT_FALSE(is_stranded_note_there(history.front(), {}));
  EXPECT_TRUE(is_stranded_note_there(history.front(), {pending[0].comments.front().mark}));
}

}  // namespace
}  // namespace casewire::bridge::cases
