#include "sim/mail/exchange.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

struct AnExchange : testing::Test {
  WallTime now = *parse_iso8601("2026-01-05T09:00:00Z");
  Journal journal{[this] { return now; }};
  Exchange exchange{journal, [this] { return now; }};

  Envelope envelope(std::vector<std::string> recipients, std::string traceparent_header = {}) {
    Message message{.from = {"Dana", "dana@example.test"}};
    for (const auto& recipient : recipients) message.to.push_back({"", recipient});
    message.subject = "Order 1182";
    message.message_id = "m1@example.test";
    message.text = "Where is it?";
    message.attachments = {{"a.txt", "text/plain", "abc"}};
    if (!traceparent_header.empty()) message.other_headers = {{"traceparent", traceparent_header}};
    return {"dana@example.test", std::move(recipients), compose(message)};
  }
};

TEST_F(AnExchange, DeliversToAMailboxWithoutRegardToCase) {
  auto& mailbox = exchange.mailbox("Ann@Acme.test");
  EXPECT_EQ(exchange.receive(envelope({"ann@ACME.test"})).code, 250);
  ASSERT_EQ(mailbox.received().size(), 1u);
  EXPECT_EQ(mailbox.received()[0].message.text, "Where is it?");
  EXPECT_EQ(mailbox.received()[0].at, now);
}

TEST_F(AnExchange, DeliversToThoseWhoAreHereAndSaysWhoIsNot) {
  auto& mailbox = exchange.mailbox("ann@acme.test");
  EXPECT_EQ(exchange.receive(envelope({"friend@elsewhere.test", "ann@acme.test"})).code, 250);
  EXPECT_EQ(mailbox.received().size(), 1u);
  EXPECT_EQ(std::get<MailPassage>(journal.entries().back().event).verdict, "delivered; nobody here reads friend@elsewhere.test");
}

TEST_F(AnExchange, RefusesAMailThatNobodyHereReads) {
  const auto reply = exchange.receive(envelope({"nobody@acme.test", "friend@elsewhere.test"}));
  EXPECT_EQ(reply.code, 550);
  EXPECT_NE(reply.text.find("nobody@acme.test, friend@elsewhere.test"), std::string::npos);
}

TEST_F(AnExchange, AnswersEachRecipient) {
  exchange.mailbox("dana@example.test");
  exchange.forward("help@acme.test", "in@mail.opencx.test", [](const Envelope&) { return Reply{}; });
  for (const char* taken :
       {"HELP@acme.test", "dana@example.test", "friend@elsewhere.test", "friend@example.test", "Postmaster"}) {
    EXPECT_EQ(exchange.recipient(taken).code, 250) << taken;
  }
  EXPECT_EQ(exchange.recipient("nobody@Acme.test").code, 550);
}

TEST_F(AnExchange, ForwardsTheBytesUnchanged) {
  Envelope forwarded;
  exchange.forward("help@acme.test", "in@mail.opencx.test", [&](const Envelope& mail) {
    forwarded = mail;
    return Reply{};
  });
  const auto mail = envelope({"help@acme.test"});
  EXPECT_EQ(exchange.receive(mail).code, 250);
  EXPECT_EQ(forwarded.message, mail.message);
  EXPECT_EQ(forwarded.recipients, std::vector<std::string>{"in@mail.opencx.test"});
  EXPECT_EQ(forwarded.cause, 1u);
}

TEST_F(AnExchange, PassesOnTheAnswerOfTheOneItForwardedTo) {
  exchange.forward("help@acme.test", "in@mail.opencx.test", [](const Envelope&) { return Reply{451, "4.3.0 later"}; });
  auto& mailbox = exchange.mailbox("ann@acme.test");
  EXPECT_EQ(exchange.receive(envelope({"ann@acme.test", "help@acme.test"})).code, 451);
  EXPECT_TRUE(mailbox.received().empty());
}

TEST_F(AnExchange, JournalsEveryMailWithItsVerdictAndItsCause) {
  const auto cause = journal.append("opencx", SessionEvent{});
  exchange.mailbox("ann@acme.test");
  exchange.receive(envelope({"ann@acme.test"}, traceparent(cause)));
  exchange.receive(envelope({"nobody@acme.test"}));
  const auto entries = journal.entries(2);
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(kind_of(entries[0].event), "mail");
  EXPECT_EQ(entries[0].cause, cause);
  EXPECT_EQ(std::get<MailPassage>(entries[0].event).verdict, "delivered");
  EXPECT_EQ(std::get<MailPassage>(entries[0].event).attachments.at(0).bytes, 3u);
  EXPECT_EQ(std::get<MailPassage>(entries[1].event).verdict, "refused: nobody reads nobody@acme.test");
}

// Was told that its mail had no header.
TEST_F(AnExchange, TellsTheSenderOfNestedMailsWhyItIsRefused) {
  exchange.mailbox("ann@acme.test");
  std::string text = "From: dana@example.test\r\n", end;
  for (int level = 0; level < 40; ++level) {
    const auto boundary = "b" + std::to_string(level);
    text += "Content-Type: multipart/mixed; boundary=" + boundary + "\r\n\r\n--" + boundary + "\r\n";
    end = "--" + boundary + "--\r\n" + end;
  }
  const auto reply = exchange.receive({"dana@example.test", {"ann@acme.test"}, text + "\r\nx\r\n" + end});
  EXPECT_EQ(reply.code, 554);
  EXPECT_NE(reply.text.find("nested"), std::string::npos) << reply.text;
}

TEST_F(AnExchange, RefusesTextThatIsNoMail) {
  exchange.mailbox("ann@acme.test");
  EXPECT_EQ(exchange.receive({"dana@example.test", {"ann@acme.test"}, "no header here\r\n"}).code, 554);
}

}  // namespace
}  // namespace casewire::sim::mail
