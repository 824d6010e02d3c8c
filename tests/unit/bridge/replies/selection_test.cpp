#include "bridge/replies/selection.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::replies {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOwn = "005VE000000bridgeA";

Row reply(std::string id = "02s1") {
  Row row;
  row.id = std::move(id);
  row.created_by_id = "005VE000000ruiz0AA";
  row.created_at = kNine;
  row.status = "3";
  row.text = "Soon.";
  return row;
}

struct SelectionCase {
  const char* name;
  std::function<void(Row&, Policy&)> change;
  std::optional<Refusal> want;
};

class RefusalOf : public testing::TestWithParam<SelectionCase> {};
TEST_P(RefusalOf, DeniesByDefault) {
  auto row = reply();
  Policy policy{.own_user_id = kOwn};
  GetParam().change(row, policy);
  EXPECT_EQ(refusal_of(row, policy), GetParam().want);
}
// clang-format off
INSTANTIATE_TEST_SUITE_P(, RefusalOf, testing::ValuesIn(std::vector<SelectionCase>{
    {"ARepsReplyGoes", [](Row&, Policy&) {}, std::nullopt},
    {"F45OwnUserInShortForm", [](Row& r, Policy&) { r.created_by_id = std::string(kOwn).substr(0, 15); }, Refusal::own_writing},
    {"F44APastedMarkIsNoAuthor", [](Row& r, Policy&) { r.text = "x\n[opencx h 1/1]"; }, std::nullopt},
    {"Incoming", [](Row& r, Policy&) { r.is_incoming = true; }, Refusal::incoming},
    {"Draft", [](Row& r, Policy&) { r.status = "5"; }, Refusal::not_sent},
    {"F43TransmittedBySalesforce", [](Row& r, Policy&) { r.message_identifier = "<a@b>"; }, Refusal::sent_by_salesforce},
    {"OlderThanTheLink", [](Row&, Policy& p) { p.since = {{"dana@example.test", kNine + 1ms}}; }, Refusal::before_the_link},
    {"ForACustomerWhoCameLaterThanAnother",
     [](Row& r, Policy& p) { r.to = "Dana@example.test"; p.since = {{"dana@example.test", kNine + 1ms}, {"eli@example.test", {}}}; },
     Refusal::before_the_link},
    {"ForOneWhoWasThereBeforeAnother",
     [](Row& r, Policy& p) { r.to = "eli@example.test"; p.since = {{"dana@example.test", kNine + 1ms}, {"eli@example.test", {}}}; },
     std::nullopt},
    {"ForNobodyOnTheCase",
     [](Row& r, Policy& p) { r.to = "mona@example.test"; p.since = {{"eli@example.test", {}}, {"dana@example.test", kNine + 1ms}}; },
     Refusal::before_the_link},
    {"F46InternalComment", [](Row& r, Policy& p) { r.kind = Kind::comment; p.public_comments_are_replies = true; }, Refusal::internal},
    {"PublicCommentByDefault", [](Row& r, Policy&) { r.kind = Kind::comment; r.is_published = true; }, Refusal::comments_stay},
    {"PublicCommentWhereTheyCount",
     [](Row& r, Policy& p) { r.kind = Kind::comment; r.is_published = true; p.public_comments_are_replies = true; }, std::nullopt},
    {"F46InternalPost", [](Row& r, Policy& p) { r.kind = Kind::post; p.public_posts_are_replies = true; }, Refusal::internal},
    {"PublicPostWhereCommentsCount",
     [](Row& r, Policy& p) { r.kind = Kind::post; r.is_published = true; p.public_comments_are_replies = true; }, Refusal::posts_stay},
    {"PublicCommentWherePostsCount",
     [](Row& r, Policy& p) { r.kind = Kind::comment; r.is_published = true; p.public_posts_are_replies = true; }, Refusal::comments_stay},
    {"F42PublicPostWhereTheyCount",
     [](Row& r, Policy& p) { r.kind = Kind::post; r.is_published = true; p.public_posts_are_replies = true; }, std::nullopt}}),
    [](const auto& row) { return std::string{row.param.name}; });
// clang-format on

// F30, F58
TEST(SelectReplies, KeepsTheOrderOfCommitAndSettlesEqualTimesById) {
  auto late = reply("02s1");
  late.created_at = kNine + 1s;
  const auto chosen = select_replies({late, reply("02s3"), reply("02s2")}, {.own_user_id = kOwn}).chosen;
  ASSERT_EQ(chosen.size(), 3u);
  EXPECT_EQ(chosen[0].id, "02s2");
  EXPECT_EQ(chosen[1].id, "02s3");
  EXPECT_EQ(chosen[2].id, "02s1");
}

TEST(SelectReplies, TellsWhyARowStays) {
  auto draft = reply();
  draft.status = "5";
  const auto selection = select_replies({draft, reply("02s2")}, {.own_user_id = kOwn});
  ASSERT_EQ(selection.chosen.size(), 1u);
  ASSERT_EQ(selection.refused.size(), 1u);
  EXPECT_EQ(selection.refused[0].row.id, "02s1");
  EXPECT_EQ(selection.refused[0].why, Refusal::not_sent);
}

}  // namespace
}  // namespace casewire::bridge::replies
