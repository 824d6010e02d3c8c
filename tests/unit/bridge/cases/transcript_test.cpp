#include "bridge/cases/transcript.hpp"

#include <gtest/gtest.h>

#include "base/text/utf8.hpp"

namespace casewire::bridge::cases {
namespace {

opencx::HistoryItem message(std::string text, std::string sender = "contact") {
  return {.id = "h-1",
          .at = *parse_iso8601("2026-01-05T09:00:00.250Z"),
          .type = "message",
          .sender_type = std::move(sender),
          .sender_name = "Dana",
          .subject = {},
          .text = std::move(text),
          .attachments = {}};
}

TEST(Transcript, SaysWhenAndWhoAndEndsWithItsMark) {
  const auto comments = comments_of_message(message("Where is it?"));
  ASSERT_EQ(comments.size(), 1u);
  EXPECT_EQ(comments.front().body, "2026-01-05T09:00:00Z Dana (customer):\nWhere is it?\n[opencx h-1 1/1]");
  EXPECT_EQ(mark_in(comments.front().body), comments.front().mark);
}

TEST(Transcript, TellsAiAndAgentApart) {
  EXPECT_NE(comments_of_message(message("x", "ai")).front().body.find("(AI):"), std::string::npos);
  EXPECT_NE(comments_of_message(message("x", "human_agent")).front().body.find("(agent):"), std::string::npos);
}

TEST(Transcript, NamesTheFilesOfAMessage) {
  auto with_file = message("");
  with_file.attachments.push_back({.id = "a", .name = "bill.pdf", .media_type = "", .url = ""});
  EXPECT_NE(comments_of_message(with_file).front().body.find("[file: bill.pdf]"), std::string::npos);
}

// F6: the limit counts bytes, and the text must come back whole.
TEST(Transcript, SplitsByBytesAndLosesNothing) {
  for (const std::string unit : {"a", "&", "\xC3\xA9", "\xE3\x81\x82", "\xF0\x9F\x98\x80"}) {
    for (std::size_t bytes = 3'850; bytes < 4'100; bytes += 7) {
      std::string text;
      while (text.size() < bytes) text += unit;
      std::string joined;
      const auto comments = comments_of_message(message(text));
      int part = 0;
      for (const auto& comment : comments) {
        EXPECT_LE(comment.body.size(), kCommentBytesMax);
        EXPECT_TRUE(is_valid_utf8(comment.body));
        EXPECT_EQ(comment.mark.part, ++part);
        EXPECT_EQ(comment.mark.parts, static_cast<int>(comments.size()));
        const auto begin = comment.body.find('\n') + 1;
        joined += comment.body.substr(begin, comment.body.rfind('\n') - begin);
      }
      ASSERT_EQ(joined, text);
    }
  }
}

// F13
TEST(Transcript, CleansWhatJsonAndSalesforceRefuse) {
  const auto body = comments_of_message(message(std::string("a\0b\xFF", 4))).front().body;
  EXPECT_TRUE(is_valid_utf8(body));
  EXPECT_EQ(body.find('\0'), std::string::npos);
}

TEST(Transcript, NamesTheSessionThatJoinsInAMarkThatSaysTheSame) {
  auto comment = comments_of_message(message(std::string(20'000, 'x'))).front();
  const auto plain = comment.mark;
  name_session(comment, "741cb601-0f3d-429b-b549-b50ad2ce4e69");
  EXPECT_EQ(comment.mark, plain);
  ASSERT_TRUE(mark_in(comment.body));
  EXPECT_EQ(*mark_in(comment.body), plain);
  EXPECT_EQ(mark_in(comment.body)->session_id, "741cb601-0f3d-429b-b549-b50ad2ce4e69");
  EXPECT_LE(comment.body.size(), kCommentBytesMax);
  name_session(comment, std::string(500, 's'));
  EXPECT_EQ(mark_in(comment.body)->session_id, "741cb601-0f3d-429b-b549-b50ad2ce4e69");
}

struct MarkCase {
  const char* name;
  const char* body;
  bool is_mark;
};

class MarkIn : public testing::TestWithParam<MarkCase> {};
TEST_P(MarkIn, ReadsTheLastLineOnly) { EXPECT_EQ(mark_in(GetParam().body).has_value(), GetParam().is_mark); }
INSTANTIATE_TEST_SUITE_P(, MarkIn,
                         testing::ValuesIn(std::vector<MarkCase>{{"Ours", "x\n[opencx h-1 2/3]", true},
                                                                 {"TrailingBlanks", "x\n[opencx h-1 2/3] \n", true},
                                                                 {"OfASession", "x\n[opencx h-1 2/3 s-1]", true},
                                                                 {"OneWordTooMany", "x\n[opencx h-1 2/3 s-1 s-2]", false},
                                                                 {"Quoted", "[opencx h-1 1/1]\nsee above", false},
                                                                 {"NoParts", "[opencx h-1]", false},
                                                                 {"Zero", "[opencx h-1 0/1]", false},
                                                                 {"PartBeyond", "[opencx h-1 3/2]", false},
                                                                 {"NotANumber", "[opencx h-1 a/2]", false},
                                                                 {"Empty", "", false},
                                                                 {"NoId", "[opencx  1/1]", false},
                                                                 {"Huge", "[opencx h 99999999999/1]", false}}),
                         [](const auto& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace casewire::bridge::cases
