#include "sim/mail/automatic.hpp"

#include <gmock/gmock.h>

#include "sim/mail/exchange.hpp"

namespace casewire::sim::mail {
namespace {

using testing::HasSubstr;

WallTime monday() { return *parse_iso8601("2026-01-05T09:00:00Z"); }

Message from_help() {
  Message message{.from = {"Help", "help@acme.test"}};
  message.to = {{"", "dana@example.test"}};
  message.subject = "Re: Order [12345]";
  message.message_id = "m1@acme.test";
  message.references = {"m0@example.test"};
  message.text = "On its way.";
  return message;
}

TEST(AutomaticMail, IsToldFromPeoples) {
  const auto kind = [](std::pair<std::string, std::string> header, const char* from = "a@x.test") {
    Message message{.from = {"", from}};
    message.other_headers = {std::move(header)};
    return automatic_kind(message);
  };
  EXPECT_EQ(kind({"Auto-Submitted", "auto-replied"}), Automatic::answer);
  EXPECT_EQ(kind({"X-Autoreply", "yes"}), Automatic::answer);
  EXPECT_EQ(kind({"Precedence", "auto_reply"}), Automatic::answer);
  EXPECT_EQ(kind({"auto-submitted", "auto-generated"}), Automatic::generated);
  EXPECT_EQ(kind({"List-Id", "<l.x.test>"}), Automatic::generated);
  EXPECT_EQ(kind({"Precedence", "bulk"}), Automatic::generated);
  EXPECT_EQ(kind({"X-Note", "x"}, "MAILER-DAEMON@x.test"), Automatic::bounce);
  EXPECT_EQ(kind({"Auto-Submitted", "no"}), Automatic::no);
  EXPECT_EQ(kind({"X-Mailer", "x"}), Automatic::no);
}

// RFC 3834
TEST(OutOfOffice, AnswersInTheThreadAndSaysWhatItIs) {
  const auto answer = out_of_office(from_help(), "dana@example.test", "Back on Monday.", "o1@example.test", monday());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->subject, "Automatic reply: Re: Order [12345]");
  EXPECT_EQ(answer->in_reply_to, "m1@acme.test");
  EXPECT_EQ(answer->references, (std::vector<std::string>{"m0@example.test", "m1@acme.test"}));
  EXPECT_EQ(automatic_kind(*parse(compose(*answer))), Automatic::answer);
  EXPECT_FALSE(out_of_office(*answer, "help@acme.test", "Me too.", "o2@acme.test", monday()))
      << "two of them would go on for ever";
}

// RFC 3464
TEST(DeliveryReport, IsAMultipartThatMailProgramsRead) {
  const auto text = delivery_report(from_help(), "help@acme.test", {"dana@example.test"}, "r1@example.test", monday());
  const auto report = parse(text);
  ASSERT_TRUE(report);
  EXPECT_EQ(automatic_kind(*report), Automatic::bounce);
  EXPECT_EQ(report->to.at(0).address, "help@acme.test");
  EXPECT_THAT(report->text, HasSubstr("could not be delivered to dana@example.test"));
  ASSERT_EQ(report->attachments.size(), 2u);
  EXPECT_THAT(report->attachments[0].content, HasSubstr("Final-Recipient: rfc822; dana@example.test"));
  EXPECT_THAT(report->attachments[0].content, HasSubstr("Status: 5.1.1"));
}

struct Habits : testing::Test {
  Journal journal{[] { return monday(); }};
  Exchange exchange{journal, [] { return monday(); }};
  Envelope mail() { return {"help@acme.test", {"dana@example.test"}, compose(from_help())}; }
};

TEST_F(Habits, AnAbsentOwnerTellsEachSenderOnce) {
  exchange.set_out_of_office("Dana@example.test", "Back on Monday.");
  auto& help = exchange.mailbox("help@acme.test");
  exchange.receive(mail());
  exchange.receive(mail());
  ASSERT_EQ(help.received().size(), 1u);
  EXPECT_EQ(help.received()[0].message.text, "Back on Monday.");
  EXPECT_EQ(exchange.mailbox("dana@example.test").received().size(), 1u);
  exchange.set_out_of_office("dana@example.test", "");
}

TEST_F(Habits, TwoAbsentOwnersDoNotAnswerEachOther) {
  exchange.set_out_of_office("dana@example.test", "Back on Monday.");
  exchange.set_out_of_office("help@acme.test", "We are closed.");
  exchange.receive(mail());
  EXPECT_EQ(journal.entries().size(), 2u);
}

TEST_F(Habits, ABouncingAddressTakesTheMailAndReportsLater) {
  exchange.set_bouncing("dana@example.test", Failure{.status = "5.2.2", .reason = "mailbox full"});
  auto& help = exchange.mailbox("help@acme.test");
  EXPECT_EQ(exchange.receive(mail()).code, 250);
  ASSERT_EQ(help.received().size(), 1u);
  EXPECT_THAT(help.received()[0].message.text, HasSubstr("5.2.2 mailbox full"));
  exchange.set_bouncing("dana@example.test", std::nullopt);
  exchange.receive(mail());
  EXPECT_EQ(help.received().size(), 1u);
}

}  // namespace
}  // namespace casewire::sim::mail
