#include "bridge/cases/draft.hpp"

#include <gtest/gtest.h>

#include "base/text/utf8.hpp"
#include "tests/unit/bridge/history.hpp"

namespace casewire::bridge::cases {
namespace {

// F12
TEST(DraftCase, TakesTheMailsSubjectThenItsFirstLineThenTheTicket) {
  opencx::Session session;
  session.ticket_number = "10001";
  EXPECT_EQ(draft_case(session, {mail("Order\r\n 1182", "x")}).subject, "Order 1182");
  EXPECT_EQ(draft_case(session, {mail("", "\n  Where is it?\nRegards")}).subject, "Where is it?");
  EXPECT_EQ(draft_case(session, {}).subject, "Email conversation #10001");
  EXPECT_EQ(character_count(draft_case(session, {mail(std::string(400, 'x'), "")}).subject), 255u);
}

// F5
TEST(DraftCase, CutsALongSummaryVisiblyAndOnACharacter) {
  const std::string emoji = "\xF0\x9F\x98\x80";
  for (const std::size_t characters : {31'999u, 32'000u, 32'001u, 40'000u}) {
    opencx::Session session;
    for (std::size_t i = 0; i < characters; ++i) session.summary += emoji;
    const auto draft = draft_case(session, {});
    EXPECT_LE(character_count(draft.description), kDescriptionCharactersMax);
    EXPECT_TRUE(is_valid_utf8(draft.description));
    EXPECT_EQ(draft.is_description_cut, characters > 32'000);
    EXPECT_EQ(draft.description.find("summary.txt") != std::string::npos, draft.is_description_cut);
  }
}

TEST(DraftCase, LeavesOutAnAddressThatTheFieldCannotHold) {
  opencx::Session session;
  session.contact_email = std::string(80, 'a') + "@example.test";
  EXPECT_EQ(draft_case(session, {}).supplied_email, "");
}

}  // namespace
}  // namespace casewire::bridge::cases
