#include "sim/mail/mailbox.hpp"

#include <gtest/gtest.h>

namespace casewire::sim::mail {
namespace {

WallTime at(int seconds) { return WallTime{std::chrono::seconds{seconds}}; }

Message mail(std::string id, std::string in_reply_to = {}, std::vector<std::string> references = {}) {
  Message message{.from = {"", "dana@example.test"}};
  message.subject = "Order 1182";
  message.message_id = std::move(id);
  message.in_reply_to = std::move(in_reply_to);
  message.references = std::move(references);
  return message;
}

TEST(Mailbox, PutsAnAnswerToASentMailIntoItsThread) {
  Mailbox mailbox;
  mailbox.sent(mail("m1"), at(1));
  mailbox.receive(mail("r1", "m1"), at(2));
  EXPECT_EQ(mailbox.received().at(0).thread, "m1");
}

TEST(Mailbox, StartsANewThreadForAnEqualSubjectWithoutReferences) {
  Mailbox mailbox;
  mailbox.sent(mail("m1"), at(1));
  mailbox.receive(mail("r1"), at(2));
  EXPECT_EQ(mailbox.received().at(0).thread, "r1");
}

TEST(Mailbox, FollowsReferencesWhenTheAnsweredMailIsMissing) {
  Mailbox mailbox;
  mailbox.sent(mail("m1"), at(1));
  mailbox.receive(mail("r2", "never-seen", {"m1", "never-seen"}), at(2));
  EXPECT_EQ(mailbox.received().at(0).thread, "m1");
}

TEST(Mailbox, KeepsTwoAnswersToTheSameUnseenMailTogether) {
  Mailbox mailbox;
  mailbox.receive(mail("r1", "unseen", {"root", "unseen"}), at(1));
  mailbox.receive(mail("r2", "r1", {"root", "unseen", "r1"}), at(2));
  EXPECT_EQ(mailbox.received().at(0).thread, mailbox.received().at(1).thread);
}

TEST(Mailbox, KnowsTheNewestMailOfAThreadInEitherFolder) {
  Mailbox mailbox;
  mailbox.sent(mail("m1"), at(1));
  mailbox.receive(mail("r1", "m1"), at(2));
  EXPECT_EQ(mailbox.newest_in("m1")->message.message_id, "r1");
  mailbox.sent(mail("m2", "r1", {"m1", "r1"}), at(3));
  EXPECT_EQ(mailbox.newest_in("m1")->message.message_id, "m2");
  EXPECT_FALSE(mailbox.newest_in("unknown"));
}

TEST(Mailbox, ShowsAMailThatCameTwiceOnce) {
  Mailbox mailbox;
  mailbox.receive(mail("r1"), at(1));
  mailbox.receive(mail("r1"), at(2));
  EXPECT_EQ(mailbox.received().size(), 1u);
}

TEST(Mailbox, ShowsBothOfTwoDifferentMailsWithOneMessageId) {
  Mailbox mailbox;
  mailbox.receive(mail("r1"), at(1));
  Message other = mail("r1");
  other.text = "something else";
  mailbox.receive(other, at(2));
  EXPECT_EQ(mailbox.received().size(), 2u);
}

TEST(Mailbox, KeepsMailsWithoutMessageIdApart) {
  Mailbox mailbox;
  mailbox.receive(mail(""), at(1));
  mailbox.receive(mail(""), at(2));
  ASSERT_EQ(mailbox.received().size(), 2u);
  EXPECT_NE(mailbox.received().at(0).thread, mailbox.received().at(1).thread);
}

}  // namespace
}  // namespace casewire::sim::mail
