#include "sim/world/invariants.hpp"

#include <gmock/gmock.h>

namespace casewire::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A small story of one customer, written as the fakes journal it. A healthy one breaks nothing; each test spoils one thing.
class Story {
 public:
  Story() {
    add("world", {{"integration_user_id", "005BRIDGE"},
                  {"support_addresses", {"help@acme.test"}},
                  {"customer_addresses", {"dana@example.test"}}});
    mail("dana@example.test", "help@acme.test", "m1", "", "Where is order 1182?");
    session("message", "contact", "Where is order 1182?", "ai");
    session("handoff", "", "Refund needs a person", "none");
    record("Case", "500A", "insert", "005BRIDGE",
           {{"Case_From__c", "opencx"},
            {"SuppliedEmail", "dana@example.test"},
            {"Description", "Refund needs a person"},
            {"IsClosed", false}});
    comment("005BRIDGE", "Dana (customer):\nWhere is order 1182?", false);
  }
  void add(const char* kind, Json data) { entries_.push_back({entries_.size() + 1, WallTime{}, "x", kind, 0, std::move(data)}); }
  void mail(const char* from, const char* to, const char* id, const char* in_reply_to, const char* text) {
    add("mail", {{"from", from},
                 {"to", {to}},
                 {"subject", "s"},
                 {"message_id", id},
                 {"in_reply_to", in_reply_to},
                 {"text", text},
                 {"verdict", "delivered"}});
  }
  void session(const char* type, const char* sender, const char* text, const char* owner) {
    add("session", {{"session", "s1"}, {"type", type}, {"sender", sender}, {"text", text}, {"owner", owner}});
  }
  void record(const char* object, const char* id, const char* change, const char* by, Json fields) {
    add("record", {{"object", object}, {"id", id}, {"change", change}, {"by_id", by}, {"fields", std::move(fields)}});
  }
  void comment(const char* by, const char* text, bool published) {
    record("CaseComment", "00a", "insert", by, {{"ParentId", "500A"}, {"CommentBody", text}, {"IsPublished", published}});
  }
  void reply(const char* text) {
    record("EmailMessage", "02s", "insert", "005RUIZ",
           {{"ParentId", "500A"}, {"Incoming", false}, {"Status", "3"}, {"TextBody", text}});
  }
  /// The bridge hands a reply on, and OpenCX mails it.
  void delivered(const char* text, const char* id, const char* in_reply_to = "m1", const char* from = "help@acme.test") {
    session("message", "human_agent", text, "human");
    mail(from, "dana@example.test", id, in_reply_to, text);
  }
  std::vector<std::string> broken() const {
    std::vector<std::string> names;
    for (const Violation& violation : broken_invariants(entries_)) names.push_back(violation.invariant);
    return names;
  }

 private:
  std::vector<Entry> entries_;
};

TEST(Invariants, HoldInAHealthyStory) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2");
  story.mail("dana@example.test", "help@acme.test", "m3", "m2", "Thank you");
  story.session("message", "contact", "Thank you", "human");
  story.comment("005BRIDGE", "Dana (customer):\nThank you", false);
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I1SeesALostReply) {
  Story story;
  story.reply("Looking into it.");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

TEST(Invariants, I2SeesAReplyMailedTwice) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2");
  story.delivered("Looking into it.", "m3");
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I2TakesARedeliveryOfTheSameMailForOne) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "Looking into it.");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I2SeesADoubledComment) {
  Story story;
  story.comment("005BRIDGE", "Dana (customer):\nWhere is order 1182?", false);
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I3SeesASecondOpenCase) {
  Story story;
  story.record("Case", "500B", "insert", "005BRIDGE",
               {{"Case_From__c", "opencx"},
                {"SuppliedEmail", "dana@example.test"},
                {"Description", "Refund needs a person"},
                {"IsClosed", false}});
  EXPECT_THAT(story.broken(), ElementsAre("I3"));
}

TEST(Invariants, I3AllowsANewCaseAfterTheFirstWasClosed) {
  Story story;
  story.record("Case", "500A", "update", "005RUIZ", {{"Status", "Closed"}, {"IsClosed", true}});
  story.record("Case", "500B", "insert", "005BRIDGE",
               {{"Case_From__c", "opencx"},
                {"SuppliedEmail", "dana@example.test"},
                {"Description", "Refund needs a person"},
                {"IsClosed", false}});
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I4SeesRepliesThatOvertakeEachOther) {
  Story story;
  story.reply("First answer");
  story.reply("Second answer");
  story.delivered("Second answer", "m2");
  story.delivered("First answer", "m3", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I4"));
}

TEST(Invariants, I5SeesAMailOutsideTheThread) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2", "");
  EXPECT_THAT(story.broken(), ElementsAre("I5"));
}

TEST(Invariants, I5SeesAnotherFromAddress) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2", "m1", "sales@acme.test");
  EXPECT_THAT(story.broken(), ElementsAre("I5"));
}

TEST(Invariants, I6SeesTheAiAnswerAfterAPersonDid) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2");
  story.session("message", "ai", "Hello, I am the AI", "human");
  EXPECT_THAT(story.broken(), ElementsAre("I6"));
}

TEST(Invariants, I7SeesAnInternalCommentLeave) {
  Story story;
  story.comment("005RUIZ", "The customer is difficult", false);
  story.session("message", "human_agent", "The customer is difficult", "human");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I8SeesTheBridgesOwnCommentComeBack) {
  Story story;
  story.session("message", "human_agent", "Dana (customer):\nWhere is order 1182?", "human");
  EXPECT_THAT(story.broken(), testing::Contains("I8"));
}

TEST(Invariants, I8SeesAReplyEchoedOntoTheCase) {
  Story story;
  story.reply("Looking into it.");
  story.delivered("Looking into it.", "m2");
  story.comment("005BRIDGE", "Ruiz (agent):\nLooking into it.", false);
  EXPECT_THAT(story.broken(), ElementsAre("I8"));
}

TEST(Invariants, I9SeesADescriptionThatIsNoSummary) {
  Story story;
  story.session("handoff", "", "Another summary", "none");
  story.record("Case", "500A", "update", "005RUIZ", {{"IsClosed", true}});
  story.record("Case", "500B", "insert", "005BRIDGE",
               {{"Case_From__c", "opencx"}, {"SuppliedEmail", "dana@example.test"}, {"Description", "???"}, {"IsClosed", false}});
  EXPECT_THAT(story.broken(), ElementsAre("I9"));
}

}  // namespace
}  // namespace casewire::sim
