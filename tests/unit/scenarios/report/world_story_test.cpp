#include "scenarios/report/world_story.hpp"

#include <gmock/gmock.h>

#include "scenarios/report/text_pool.hpp"
#include "tests/unit/scenarios/report/sample_run.hpp"

namespace casewire::scenarios::report {
namespace {

using testing::ElementsAre;

class Story {
 public:
  Story() {
    scenario_.people = {{Person::Role::customer, "Dana", "Dana@example.test"}, {Person::Role::rep, "Ruiz"}};
    scenario_.cases = {{"A", "500A"}};
  }
  std::uint64_t add(sim::Occurrence event, std::uint64_t cause = 0) {
    const std::uint64_t sequence = scenario_.journal.size() + 1;
    scenario_.journal.push_back({sequence, WallTime{}, "world", cause, std::move(event)});
    return sequence;
  }
  std::uint64_t mail(std::string from, std::string to, std::string id, std::string answers = {},
                     std::string verdict = "delivered", std::uint64_t cause = 0) {
    return add(sim::MailPassage{.from = std::move(from),
                                .to = {std::move(to)},
                                .subject = "Order",
                                .message_id = std::move(id),
                                .in_reply_to = std::move(answers),
                                .text = "words",
                                .verdict = std::move(verdict)},
               cause);
  }
  std::uint64_t record(std::string object, std::string id, Json fields) {
    return add(sim::RecordChange{.object = std::move(object),
                                 .id = std::move(id),
                                 .change = "insert",
                                 .by = "Ruiz",
                                 .by_id = "005R",
                                 .fields = std::move(fields)});
  }
  WorldStory tell() { return world_story(scenario_, participants_of(scenario_)); }
  ScenarioResult scenario_;
};

TEST(WorldStory, ThreadsMailsAsTheCustomersProgramDoes) {
  Story story;
  story.mail("dana@example.test", "help@acme.test", "m1", {}, "forwarded");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1");
  story.mail("dana@example.test", "help@acme.test", "m3", {}, "forwarded");
  const WorldStory told = story.tell();
  ASSERT_EQ(told.mailboxes.size(), 1u);
  EXPECT_EQ(told.mailboxes[0].owner, "Dana");
  const auto& mails = told.mailboxes[0].mails;
  ASSERT_EQ(mails.size(), 3u);
  EXPECT_EQ(mails[0].thread, mails[1].thread);
  EXPECT_NE(mails[0].thread, mails[2].thread);
  EXPECT_TRUE(mails[0].is_sent && !mails[1].is_sent);
}

TEST(WorldStory, ShowsNoMailThatNeverArrivedAndNoneTwice) {
  Story story;
  story.mail("help@acme.test", "dana@example.test", "m1", {}, "dropped");
  story.mail("help@acme.test", "dana@example.test", "m2");
  story.mail("help@acme.test", "dana@example.test", "m2");
  EXPECT_EQ(story.tell().mailboxes[0].mails.size(), 1u);
}

TEST(WorldStory, KeepsAMailThatSheSentAndThatWasRefused) {
  Story story;
  story.mail("dana@example.test", "help@acme.test", "m1", {}, "refused: 550");
  EXPECT_EQ(story.tell().mailboxes[0].mails.size(), 1u);
}

TEST(WorldStory, KnowsWhoseWordsAMailCarries) {
  Story story;
  const auto said = story.add(sim::SessionEvent{.session = "s", .type = "message", .sender = "human_agent", .name = "Ruiz"});
  const auto answered = story.add(sim::SessionEvent{.session = "s", .type = "message", .sender = "ai"});
  story.mail("dana@example.test", "help@acme.test", "m1", {}, "forwarded");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "delivered", said);
  story.mail("help@acme.test", "dana@example.test", "m3", "m1", "delivered", answered);
  std::vector<std::string> writers;
  const auto told = story.tell();
  for (const SeenMail& mail : told.mailboxes[0].mails) writers.push_back(mail.writer);
  EXPECT_THAT(writers, ElementsAre("Dana", "Ruiz", "AI"));
}

TEST(WorldStory, HangsOnACaseWhatBelongsToIt) {
  Story story;
  story.record("Case", "500A", {{"CaseNumber", "00001000"}});
  story.record("Case", "500B", {{"CaseNumber", "00001001"}});
  story.record("CaseComment", "00a1", {{"ParentId", "500A"}, {"CommentBody", "One"}});
  story.record("EmailMessage", "02s1", {{"ParentId", "500A"}, {"TextBody", "Two"}});
  story.record("ContentVersion", "0681", {{"ContentDocumentId", "0691"}, {"Title", "cup.png"}});
  story.record("ContentDocumentLink", "06A1", {{"LinkedEntityId", "02s1"}, {"ContentDocumentId", "0691"}});
  story.record("CaseComment", "00a2", {{"ParentId", "500B"}, {"CommentBody", "Other"}});
  story.add(
      sim::RecordChange{.object = "CaseComment", .id = "00a1", .change = "update", .fields = {{"CommentBody", "One, better"}}});
  story.record("Account", "0011", {{"Name", "Acme"}});
  const WorldStory told = story.tell();
  ASSERT_EQ(told.cases.size(), 2u);
  EXPECT_EQ(told.cases[0].name, "A");
  std::vector<std::uint64_t> entries;
  for (const sim::Entry* entry : told.cases[0].changes) entries.push_back(entry->sequence);
  EXPECT_THAT(entries, ElementsAre(1, 3, 4, 6, 8));
  EXPECT_EQ(told.cases[1].changes.size(), 2u);
  EXPECT_EQ(told.names.at("005R"), "Ruiz");
}

TEST(WorldStory, LeavesOutAMailThatMadeNoConversation) {
  Story story;
  story.add(sim::SessionEvent{.type = "email_skipped", .text = "loop"});
  story.add(sim::SessionEvent{.session = "s", .ticket = 7, .type = "message", .sender = "contact", .name = "Dana"});
  const WorldStory told = story.tell();
  ASSERT_EQ(told.sessions.size(), 1u);
  EXPECT_EQ(told.sessions[0].ticket, 7);
  EXPECT_EQ(told.sessions[0].contact, "Dana");
}

TEST(TextPool, KeepsLongTextsOnceAndMistakesNoneForAReference) {
  TextPool pool;
  const std::string text = "a text that is longer than a reference to it";
  Json value = {{"one", text},
                {"other", Json::array({text, "short",
                                       "\x02"
                                       "0"})}};
  pool.take(value);
  EXPECT_EQ(value["one"],
            "\x02"
            "0");
  EXPECT_EQ(value["other"][0], value["one"]);
  EXPECT_EQ(value["other"][1], "short");
  EXPECT_EQ(value["other"][2],
            "\x02"
            "1");
  EXPECT_EQ(pool.texts(), Json::array({text,
                                       "\x02"
                                       "0"}));
}

}  // namespace
}  // namespace casewire::scenarios::report
