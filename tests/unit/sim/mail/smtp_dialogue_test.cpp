#include "sim/mail/smtp_dialogue.hpp"

#include <gmock/gmock.h>

namespace casewire::sim::mail {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Feeds bytes and collects what the server says; accepts every mail.
class Talk {
 public:
  explicit Talk(SmtpLimits limits = {"mail.test", 10'000, 3}, RecipientHandler recipient = {})
      : dialogue_(std::move(limits), std::move(recipient)) {}

  std::string operator()(std::string_view bytes) {
    std::string said;
    dialogue_.take(bytes);
    while (!closed) {
      auto turn = dialogue_.next();
      if (!turn) break;
      said += turn->say;
      closed = turn->close;
      if (turn->mail) {
        mails.push_back(*turn->mail);
        said += dialogue_.answered({});
      }
    }
    return said;
  }
  void up_to_data() { (*this)("EHLO x\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n"); }

  std::vector<Envelope> mails;
  bool closed = false;

 private:
  SmtpDialogue dialogue_;
};

TEST(SmtpDialogue, TakesAWholePipelinedMailInOnePiece) {
  Talk talk;
  const auto said = talk(
      "EHLO x\r\nMAIL FROM:<a@x.test> SIZE=10 BODY=8BITMIME\r\nRCPT TO:<b@x.test>\r\nRCPT TO:<c@x.test>\r\nDATA\r\nSubject: "
      "s\r\n\r\nbody\r\n.\r\nQUIT\r\n");
  EXPECT_THAT(said, HasSubstr("250-PIPELINING"));
  EXPECT_TRUE(said.ends_with("250 2.0.0 OK\r\n221 2.0.0 Bye\r\n"));
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].sender, "a@x.test");
  EXPECT_THAT(talk.mails[0].recipients, testing::ElementsAre("b@x.test", "c@x.test"));
  EXPECT_EQ(talk.mails[0].message, "Subject: s\r\n\r\nbody\r\n");
}

TEST(SmtpDialogue, GivesTheSameMailWhereverThePacketsAreCut) {
  const std::string bytes = "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n..dot\r\n\r\n.\r\n";
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    Talk talk;
    talk(bytes.substr(0, cut));
    talk(bytes.substr(cut));
    ASSERT_EQ(talk.mails.size(), 1u) << "cut at " << cut;
    EXPECT_EQ(talk.mails[0].message, ".dot\r\n\r\n") << "cut at " << cut;
    EXPECT_EQ(talk.mails[0].sender, "");
  }
}

TEST(SmtpDialogue, RefusesCommandsOutOfOrder) {
  Talk talk;
  EXPECT_THAT(talk("MAIL FROM:<a@x.test>\r\n"), StartsWith("503"));
  talk("EHLO x\r\n");
  EXPECT_THAT(talk("RCPT TO:<b@x.test>\r\n"), StartsWith("503"));
  EXPECT_THAT(talk("DATA\r\n"), StartsWith("503"));
  talk("MAIL FROM:<a@x.test>\r\n");
  EXPECT_THAT(talk("MAIL FROM:<a@x.test>\r\n"), StartsWith("503"));
  EXPECT_THAT(talk("DATA\r\n"), StartsWith("503"));
}

TEST(SmtpDialogue, ForgetsTheSenderOnRset) {
  Talk talk;
  talk("EHLO x\r\nMAIL FROM:<a@x.test>\r\n");
  EXPECT_THAT(talk("RSET\r\n"), StartsWith("250"));
  EXPECT_THAT(talk("RCPT TO:<b@x.test>\r\n"), StartsWith("503"));
}

struct CommandCase {
  const char* name;
  const char* line;
  const char* code;
};
class SmtpCommand : public testing::TestWithParam<CommandCase> {};
TEST_P(SmtpCommand, IsAnsweredWithItsCode) {
  Talk talk;
  talk("EHLO x\r\nMAIL FROM:<a@x.test>\r\n");
  EXPECT_THAT(talk(std::string{GetParam().line} + "\r\n"), StartsWith(GetParam().code));
}
// clang-format off
INSTANTIATE_TEST_SUITE_P(, SmtpCommand, testing::ValuesIn(std::vector<CommandCase>{
    {"Unknown", "WIZ", "500"}, {"Noop", "noop", "250"}, {"Starttls", "STARTTLS", "502"}, {"Vrfy", "VRFY ann", "252"},
    {"EhloWithoutName", "EHLO", "501"}, {"RcptWithoutBrackets", "RCPT TO:b@x.test", "501"}, {"RcptNoDomain", "RCPT TO:<b>", "553"},
    {"RcptNull", "RCPT TO:<>", "553"}, {"RcptParameter", "RCPT TO:<b@x.test> NOTIFY=NEVER", "555"},
    {"RcptNotAscii", "RCPT TO:<b\xC3\xBC@x.test>", "553"}, {"Empty", "", "500"},
}), [](const auto& row) { return std::string{row.param.name}; });
// clang-format on

class SmtpMailParameter : public testing::TestWithParam<CommandCase> {};
TEST_P(SmtpMailParameter, IsAnsweredWithItsCode) {
  Talk talk;
  talk("EHLO x\r\n");
  EXPECT_THAT(talk("MAIL FROM:<a@x.test>" + std::string{GetParam().line} + "\r\n"), StartsWith(GetParam().code));
}
// clang-format off
INSTANTIATE_TEST_SUITE_P(, SmtpMailParameter, testing::ValuesIn(std::vector<CommandCase>{
    {"SmallSize", " SIZE=10000", "250"}, {"BigSize", " SIZE=10001", "552"}, {"NoNumber", " SIZE=x", "501"},
    {"SevenBit", " BODY=7BIT", "250"}, {"Binary", " BODY=BINARYMIME", "501"}, {"Unknown", " SMTPUTF8", "555"},
    {"Glued", "SIZE=1", "501"},
}), [](const auto& row) { return std::string{row.param.name}; });
// clang-format on

TEST(SmtpDialogue, RefusesABareLineFeedInACommandAndCloses) {
  Talk talk;
  EXPECT_THAT(talk("EHLO x\n"), StartsWith("500"));
  EXPECT_TRUE(talk.closed);
}

TEST(SmtpDialogue, RefusesASmuggledEndOfDataAndTakesNoMail) {
  for (const char* end : {"\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\n"}) {
    Talk talk;
    talk.up_to_data();
    EXPECT_THAT(talk(std::string{"hello"} + end + "MAIL FROM:<evil@x.test>\r\n"), StartsWith("550"));
    EXPECT_TRUE(talk.closed);
    EXPECT_TRUE(talk.mails.empty());
  }
}

TEST(SmtpDialogue, RefusesAMailOverTheLimitAfterReadingItAndTakesTheNext) {
  Talk talk{{"mail.test", 100, 3}};
  talk.up_to_data();
  std::string said;
  for (int line = 0; line < 50; ++line) said += talk("0123456789\r\n");
  said += talk(".\r\n");
  EXPECT_THAT(said, StartsWith("552"));
  talk.up_to_data();
  EXPECT_THAT(talk("small\r\n.\r\n"), StartsWith("250"));
  EXPECT_EQ(talk.mails.size(), 1u);
}

TEST(SmtpDialogue, TakesLinesOfAnyLengthWhereverThePacketsAreCut) {
  Talk talk{{"mail.test", 100'000, 3}};
  talk.up_to_data();
  for (int i = 0; i < 500; ++i) EXPECT_EQ(talk(std::string(100, 'a')), "");
  EXPECT_EQ(talk(".\r"), "");
  EXPECT_EQ(talk("\n.\r"), "") << "the dot at the end of the long line is no end of data";
  EXPECT_THAT(talk("\n"), StartsWith("250"));
  EXPECT_EQ(talk.mails.at(0).message, std::string(50'000, 'a') + ".\r\n");
}

TEST(SmtpDialogue, TakesOneStuffedDotOfALongLineAway) {
  Talk talk;
  talk.up_to_data();
  EXPECT_EQ(talk("." + std::string(2000, 'x') + "\r"), "");
  EXPECT_THAT(talk("\n.\r\n"), StartsWith("250"));
  EXPECT_EQ(talk.mails.at(0).message, std::string(2000, 'x') + "\r\n");
}

// RFC 5321 4.1.1.3, 4.5.1, 4.1.2
TEST(SmtpDialogue, TakesRoutesPostmasterAndQuotedLocalParts) {
  Talk talk{{"mail.test", 10'000, 10}};
  talk("EHLO x\r\n");
  EXPECT_THAT(talk("MAIL FROM:<@a.test:\"dana > weber\"@example.test>\r\n"), StartsWith("250"));
  for (const char* path :
       {"@a.test,@b.test:help@acme.test", "postmaster", "Postmaster@acme.test", "\"a b\"@acme.test", "\"a@b\\\"c\"@acme.test"}) {
    EXPECT_THAT(talk("RCPT TO:<" + std::string{path} + ">\r\n"), StartsWith("250")) << path;
  }
  for (const char* path : {"\"a b@acme.test", "a b@acme.test", "\"\"@acme.test", "@acme.test", "nobody", "a@b@c.test"}) {
    EXPECT_THAT(talk("RCPT TO:<" + std::string{path} + ">\r\n"), StartsWith("5")) << path;
  }
  talk("DATA\r\nx\r\n.\r\n");
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].sender, "\"dana > weber\"@example.test");
  EXPECT_EQ(talk.mails[0].recipients.at(0), "help@acme.test");
}

TEST(SmtpDialogue, AnswersEachRecipientAndSendsToThoseItTook) {
  Talk talk{{"mail.test", 10'000, 3}, [](std::string_view address) {
              return address == "b@x.test" ? Reply{250, "2.1.5 OK"} : Reply{550, "5.1.1 no such mailbox"};
            }};
  talk("EHLO x\r\nMAIL FROM:<a@x.test>\r\n");
  EXPECT_EQ(talk("RCPT TO:<nobody@x.test>\r\n"), "550 5.1.1 no such mailbox\r\n");
  EXPECT_THAT(talk("DATA\r\n"), StartsWith("503"));
  EXPECT_THAT(talk("RCPT TO:<b@x.test>\r\nDATA\r\nx\r\n.\r\n"), HasSubstr("354"));
  ASSERT_EQ(talk.mails.size(), 1u);
  EXPECT_EQ(talk.mails[0].recipients, std::vector<std::string>{"b@x.test"});
}

TEST(SmtpDialogue, ReadsAnEndlessLineOnceHoweverManyPacketsItTakes) {
  constexpr std::size_t kMax = 35u << 20;
  Talk talk{{"mail.test", kMax, 3}};
  talk.up_to_data();
  const std::string packet(4096, 'a');
  std::string said;
  std::size_t sent = 0;
  while (said.empty() && sent < 2 * kMax) {  // searching the whole line at each packet would take minutes here
    said = talk(packet);
    sent += packet.size();
  }
  EXPECT_THAT(said, StartsWith("552"));
  EXPECT_TRUE(talk.closed);
  EXPECT_LE(sent, kMax + 2 * packet.size());
}

TEST(SmtpDialogue, NeverHoldsMoreOfAnEndlessLineThanItsLimits) {
  Talk command;
  EXPECT_THAT(command(std::string(2000, 'x')), StartsWith("500"));
  EXPECT_TRUE(command.closed);
  Talk data;
  data.up_to_data();
  EXPECT_THAT(data(std::string(20'000, 'x')), StartsWith("552"));
  EXPECT_TRUE(data.closed);
}

TEST(SmtpDialogue, LimitsRecipientsForTheMoment) {
  Talk talk;
  const auto said = talk(
      "EHLO x\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<1@x.test>\r\nRCPT TO:<2@x.test>\r\nRCPT TO:<3@x.test>\r\nRCPT TO:<4@x.test>\r\n");
  EXPECT_THAT(said, HasSubstr("452 4.5.3"));
}

TEST(SmtpDialogue, ClosesAfterTooManyMistakes) {
  Talk talk;
  std::string said;
  for (int at = 0; at < 20; ++at) said += talk("WIZ\r\n");
  EXPECT_TRUE(talk.closed);
  EXPECT_THAT(said, HasSubstr("421"));
}

}  // namespace
}  // namespace casewire::sim::mail
