#include "bridge/replies/text.hpp"

#include <gtest/gtest.h>

namespace casewire::bridge::replies {
namespace {

TEST(ReplyText, PrefersTheTextBody) {
  EXPECT_EQ(reply_text("plain", "<p>html</p>"), "plain");
  EXPECT_EQ(reply_text(" \n", "<p>html</p>"), "html");
  EXPECT_EQ(reply_text("\xC2\xA0\r\n", "<p>html</p>"), "html");
}

// F54
TEST(Pack, SendsWhatFitsAndNamesTheRest) {
  const auto parcel = pack({{"068a", "a.pdf", 6}, {"068b", "b.pdf", 6}, {"068c", "c.pdf", 4}}, 10);
  ASSERT_EQ(parcel.sent.size(), 2u);
  EXPECT_EQ(parcel.sent[1].name, "c.pdf");
  ASSERT_EQ(parcel.left_out.size(), 1u);
  const auto text = with_notes("Here.", {.too_large = {{"068b", "b.pdf", 12u << 20}}});
  EXPECT_NE(text.find("\"b.pdf\" (12.0 MB)"), std::string::npos);
}

TEST(AgentNumber, IsStablePositiveAndTheSameForBothFormsOfAnId) {
  EXPECT_EQ(agent_number("005VE000000abcDEAA"), agent_number("005VE000000abcD"));
  EXPECT_NE(agent_number("005VE000000abcD"), agent_number("005VE000000abcE"));
  EXPECT_GT(agent_number(""), 0);
}

}  // namespace
}  // namespace casewire::bridge::replies
