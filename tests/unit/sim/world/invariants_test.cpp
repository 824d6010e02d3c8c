#include "sim/world/invariants.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <set>

#include "sim/world/entry_json.hpp"
#include "tests/support/golden.hpp"

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
                  {"customer_addresses", {"dana@example.test", "erin@example.test"}}});
    mail("dana@example.test", "help@acme.test", "m1", "", "Where is order 1182?");
    session("message", "contact", "Where is order 1182?", "ai");
    caused_by(last() - 1);
    session("handoff", "", "Refund needs a person", "none");
    opens("500A", "dana@example.test", "Refund needs a person");
    comment("005BRIDGE", "Dana (customer):\nWhere is order 1182?", false);
  }
  /// Told at the start of a run; here whenever it is known.
  void is_of_a_stranger() {
    add("world", {{"integration_user_id", "005BRIDGE"},
                  {"support_addresses", {"help@acme.test"}},
                  {"customer_addresses", {"dana@example.test", "erin@example.test"}},
                  {"foreign_bridge", true}});
  }
  /// Erin writes too, and has a Case of her own.
  void erin_joins() {
    mail("erin@example.test", "help@acme.test", "e1", "", "Please cancel it.");
    session("message", "contact", "Please cancel it.", "ai", "s2");
    caused_by(last() - 1);
    session("handoff", "", "Refund needs a person", "none", "s2");
    opens("500E", "erin@example.test", "Refund needs a person");
    record("CaseComment", "00e", "insert", "005BRIDGE",
           {{"ParentId", "500E"}, {"CommentBody", "Erin (customer):\nPlease cancel it."}, {"IsPublished", false}});
  }
  /// What `sender` writes into Erin's session in the course of the entry `cause` (0: of none), and the mail that brings it to her.
  void erin_is_told(const char* sender, const char* text, const char* id, std::uint64_t cause) {
    session("message", sender, text, "ai", "s2");
    caused_by(cause);
    mail("help@acme.test", "erin@example.test", id, "e1", text);
    caused_by(last() - 1);
  }
  const std::vector<Entry>& entries() const { return entries_; }
  std::uint64_t last() const { return entries_.size(); }
  void caused_by(std::uint64_t cause) { entries_.back().cause = cause; }
  void add(const char* kind, Json data) {
    entries_.push_back({entries_.size() + 1, now_, "x", 0, event_of_json(kind, data).value()});
  }
  void mail(const char* from, const char* to, const char* id, const char* in_reply_to, const char* text,
            const char* verdict = "delivered") {
    add("mail", {{"from", from},
                 {"to", {to}},
                 {"subject", "s"},
                 {"message_id", id},
                 {"in_reply_to", in_reply_to},
                 {"text", text},
                 {"verdict", verdict}});
  }
  /// A call of the bridge, and its answer.
  void call(const char* to, const char* method, const std::string& target, int status, Json more = Json::object()) {
    more.update({{"from", "bridge"}, {"to", to}, {"method", method}, {"target", target}, {"status", status}});
    add("http", std::move(more));
  }
  void links(const std::string& session, const std::string& case_id) {
    call("opencx", "PATCH", "/chat/sessions/" + session, 200,
         {{"request", R"({"custom_data":{"salesforce_case_id":")" + case_id + R"("}})"}});
  }
  /// Dana writes into a session, by a mail.
  void dana_writes(const char* text, const char* id, const char* session_id = "s1", Json files = Json::array()) {
    mail("dana@example.test", "help@acme.test", id, "", text);
    add("session", {{"session", session_id},
                    {"type", "message"},
                    {"sender", "contact"},
                    {"text", text},
                    {"owner", "ai"},
                    {"attachments", std::move(files)}});
    caused_by(last() - 1);
  }
  void dana_is_commented(const char* text) { comment("005BRIDGE", (std::string("Dana (customer):\n") + text).c_str(), false); }
  /// A file on a Case or a mail.
  void file(const char* by, const char* place, const char* document, const char* name, const char* digest) {
    add("record", {{"object", "ContentVersion"},
                   {"id", std::string("068") + document},
                   {"change", "insert"},
                   {"by_id", by},
                   {"fields", {{"ContentDocumentId", document}}},
                   {"content", {{"name", name}, {"bytes", 3u}, {"sha256", digest}}}});
    record("ContentDocumentLink", (std::string("06A") + document).c_str(), "insert", by,
           {{"ContentDocumentId", document}, {"LinkedEntityId", place}});
  }
  /// The bridge acknowledges a webhook about an entry.
  void told_of(std::uint64_t entry) {
    add("http", {{"from", "opencx"}, {"to", "bridge"}, {"method", "POST"}, {"status", 202}});
    caused_by(entry);
  }
  /// What comes from here on comes later.
  void later(std::chrono::seconds by) { now_ += by; }
  void session(const char* type, const char* sender, const char* text, const char* owner, const char* id = "s1") {
    add("session", {{"session", id}, {"type", type}, {"sender", sender}, {"text", text}, {"owner", owner}});
  }
  void record(const char* object, const char* id, const char* change, const char* by, Json fields) {
    add("record", {{"object", object}, {"id", id}, {"change", change}, {"by_id", by}, {"fields", std::move(fields)}});
  }
  /// The name of whoever wrote the row that was added last.
  void by(const char* name) {
    auto& entry = entries_.back();
    if (const auto* record = entry.as<RecordChange>()) {
      auto named = *record;
      named.by = name;
      entry.event = std::move(named);
    }
  }
  void comment(const char* by, const char* text, bool published) {
    record("CaseComment", "00a", "insert", by, {{"ParentId", "500A"}, {"CommentBody", text}, {"IsPublished", published}});
  }
  void post(const char* by, const char* text, const char* visibility) {
    record("FeedItem", "0D5", "insert", by, {{"ParentId", "500A"}, {"Body", text}, {"Visibility", visibility}});
  }
  void reply(const char* text, const char* case_id = "500A") {
    record("EmailMessage", "02s", "insert", "005RUIZ",
           {{"ParentId", case_id}, {"Incoming", false}, {"Status", "3"}, {"TextBody", text}});
  }
  void opens(const char* id, const char* contact, const std::string& description) {
    record("Case", id, "insert", "005BRIDGE",
           {{"Case_From__c", "opencx"}, {"SuppliedEmail", contact}, {"Description", description}, {"IsClosed", false}});
    links(contact == std::string_view("erin@example.test") ? "s2" : "s1", id);
  }
  void closes(const char* id) { record("Case", id, "update", "005RUIZ", {{"Status", "Closed"}, {"IsClosed", true}}); }
  /// The bridge hands a reply on, and OpenCX mails it.
  void delivered(const char* text, const char* id, const char* in_reply_to = "m1", const char* from = "help@acme.test") {
    session("message", "human_agent", text, "human");
    mail(from, "dana@example.test", id, in_reply_to, text);
  }
  std::vector<std::string> broken() const {
    std::vector<std::string> names;
    for (const Violation& violation : Watch::broken(entries_)) names.push_back(violation.invariant);
    return names;
  }
  std::string first_problem() const { return Watch::broken(entries_).front().what; }

 private:
  std::vector<Entry> entries_;
  WallTime now_{};
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

TEST(Invariants, I1SeesAReplyThatTheMailboxRefused) {
  Story story;
  story.reply("Looking into it.");
  story.session("message", "human_agent", "Looking into it.", "human");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "Looking into it.", "refused: 550 no such mailbox");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

TEST(Invariants, I1AsksForNoReplyWithoutAWord) {
  Story story;
  story.reply(" \n");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I1AsksForNoReplyThatIsParkedSinceItsConversationWasDeleted) {
  Story story;
  story.reply("Looking into it.");
  story.session("deleted", "", "", "none");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  story.add("bridge", {{"event", "may park"}});
  EXPECT_THAT(story.broken(), IsEmpty());
  story.links("s3", "500A");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

TEST(Invariants, I1CountsNoMarksOfQuotes) {
  Story story;
  story.reply("Like this.\n> > Before.\n> Then.");
  story.delivered("Like this.\n>> Before.\n>Then.", "m2");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.reply("More -> here");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  story.delivered("More - here", "m3", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

// Each converter of HTML has its own, and who folds a text has them between words.
TEST(Invariants, I1CountsNoMarksOfLists) {
  Story story;
  story.reply("We send it:\n- by post\n- by courier");
  story.delivered("We send it:\n  * by post\n  \xE2\x80\xA2 by courier", "m2");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.reply("It is -5 outside, 3-4 days long");
  story.delivered("It is 5 outside, 3 4 days long", "m3", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

TEST(Invariants, I1LetsAnotherBridgeTellTheRepOfWhatOpenCXRefuses) {
  Story story;
  story.reply("Looking into it.");
  story.call("opencx", "POST", "/chat/sessions/s1/send", 422);
  story.comment("005BRIDGE", "This reply could not be delivered", false);
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  story.is_of_a_stranger();
  EXPECT_THAT(story.broken(), IsEmpty());
  story.reply("Nobody said a word of this one.");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  story.call("opencx", "POST", "/chat/sessions/s1/send", 422);
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
}

TEST(Invariants, I1CountsRepliesOfTheSameText) {
  Story story;
  story.reply("Thank you.");
  story.reply("Thank you.");
  story.delivered("Thank you.", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  EXPECT_EQ(story.first_problem(), "the rep's reply \"Thank you.\" was written 2 times and reached the customer once");
  story.delivered("Thank you.", "m3", "m2");
  EXPECT_THAT(story.broken(), IsEmpty());
}

// A reply that reached another customer was taken for one that arrived.
TEST(Invariants, I1AndI7SeeAReplyThatGoesToAnotherCustomer) {
  Story story;
  story.mail("erin@example.test", "help@acme.test", "m2", "", "Please cancel it.");
  story.reply("Looking into it.");
  story.session("message", "human_agent", "Looking into it.", "human");
  story.mail("help@acme.test", "erin@example.test", "m3", "m2", "Looking into it.");
  EXPECT_THAT(story.broken(), ElementsAre("I1", "I7"));
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

TEST(Invariants, I2LetsTheAiSayTheWordsOfAReplyAgain) {
  Story story;
  story.session("message", "ai", "Yes. And it is free.", "ai");
  const auto said = story.last();
  story.reply("Yes.");
  story.delivered("Yes.", "m2");
  story.mail("help@acme.test", "dana@example.test", "m3", "m1", "Yes. And it is free.");
  story.caused_by(said);
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I2SeesADoubledComment) {
  Story story;
  story.comment("005BRIDGE", "Dana (customer):\nWhere is order 1182?", false);
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I3SeesASecondOpenCase) {
  Story story;
  story.opens("500B", "dana@example.test", "Refund needs a person");
  EXPECT_THAT(story.broken(), ElementsAre("I3"));
}

TEST(Invariants, I3KnowsAContactWithoutAnAddressByItsId) {
  Story story;
  for (const char* id : {"500B", "500C"}) {
    story.record("Case", id, "insert", "005BRIDGE",
                 {{"Case_From__c", "opencx"}, {"ContactId", id}, {"Description", "Refund needs a person"}, {"IsClosed", false}});
    story.links("s3", id);
  }
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I3SeesTheBridgeReopenACaseBesideANewerOne) {
  Story story;
  story.closes("500A");
  story.opens("500B", "dana@example.test", "Refund needs a person");
  story.record("Case", "500A", "update", "005RUIZ", {{"Status", "New"}, {"IsClosed", false}});
  EXPECT_THAT(story.broken(), IsEmpty());
  story.closes("500A");
  story.record("Case", "500A", "update", "005BRIDGE", {{"Status", "New"}, {"IsClosed", false}});
  EXPECT_THAT(story.broken(), ElementsAre("I3"));
}

TEST(Invariants, I3AllowsANewCaseAfterTheFirstWasClosed) {
  Story story;
  story.closes("500A");
  story.opens("500B", "dana@example.test", "Refund needs a person");
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

TEST(Invariants, I6SeesTheAiAnswerAfterATakeoverWithoutAMessage) {
  Story story;
  story.session("agent_took_session_from_ai", "human_agent", "", "human");
  story.session("message", "ai", "Hello, I am the AI", "human");
  EXPECT_THAT(story.broken(), ElementsAre("I6"));
}

TEST(Invariants, I6LetsTheAiAnswerAgainOnceTheSessionWasHandedBack) {
  Story story;
  story.session("agent_took_session_from_ai", "human_agent", "", "human");
  story.session("ai_resumed_by_system", "", "", "ai");
  story.session("message", "ai", "Hello, I am the AI", "ai");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I7SeesAnInternalCommentMailed) {
  Story story;
  story.comment("005RUIZ", "The customer is difficult", false);
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "For you: The customer is difficult.");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I7SeesAPostMailedThatIsForColleagues) {
  Story story;
  story.post("005RUIZ", "The customer is difficult", "InternalUsers");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "For you: The customer is difficult.");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I7TakesWhatABridgePostsForItsTranscript) {
  Story story;
  story.post("005BRIDGE", "AI: Did you change the bulb already?", "InternalUsers");
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "AI: Did you change the bulb already?");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I7SearchesForNoTextThatStandsInOthersByChance) {
  Story story;
  story.comment("005RUIZ", "ok", false);
  story.comment("005RUIZ", "Looking into it.", false);
  story.reply("Looking into it. It looks fine.");
  story.delivered("Looking into it. It looks fine.", "m2");
  EXPECT_THAT(story.broken(), IsEmpty());
}

// A note that repeats her, and an answer that quotes her, convicted the bridge.
TEST(Invariants, I7LetsHerBeToldWhatSheWrote) {
  Story story;
  story.mail("dana@example.test", "help@acme.test", "m2", "m1", "The bulb is broken, too.");
  story.comment("005RUIZ", "The bulb is broken, too.", false);
  story.mail("help@acme.test", "dana@example.test", "m3", "m2", "You wrote: The bulb is broken, too.");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.mail("help@acme.test", "erin@example.test", "m4", "m3", "You wrote: The bulb is broken, too.");
  EXPECT_THAT(story.broken(), testing::Contains("I7")) << "she is not Erin";
}

TEST(Invariants, I7SeesAnInternalCommentLeave) {
  Story story;
  story.comment("005RUIZ", "The customer is difficult", false);
  story.session("message", "human_agent", "The customer is difficult", "human");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

// Words that were said openly at any time, to anybody, excused the leak.
TEST(Invariants, I7TakesNothingThatWasSaidOpenlyLaterForAnExcuse) {
  Story story;
  story.comment("005RUIZ", "The customer is difficult", false);
  story.mail("help@acme.test", "dana@example.test", "m2", "m1", "The customer is difficult");
  story.reply("The customer is difficult");
  story.delivered("The customer is difficult", "m3");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I7TakesNothingThatWasSaidToAnotherCustomerForAnExcuse) {
  Story story;
  story.erin_joins();
  story.reply("It was a mistake.", "500E");
  story.erin_is_told("human_agent", "It was a mistake.", "e2", 0);
  story.comment("005RUIZ", "It was a mistake.", false);
  story.session("message", "human_agent", "It was a mistake.", "human");
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I7LetsWordsOfAnInternalCommentBeSaidOpenlyToAnotherCustomer) {
  Story story;
  story.erin_joins();
  story.comment("005RUIZ", "Looking into it.", false);
  story.reply("Looking into it.", "500E");
  story.erin_is_told("human_agent", "Looking into it.", "e2", 0);
  EXPECT_THAT(story.broken(), IsEmpty());
}

// A mail that happened to hold a short reply to another customer was red, whoever wrote it.
TEST(Invariants, I7LetsTheAiAndAgentsInTheInboxSayTheWordsOfAReplyToAnotherCustomer) {
  for (const char* sender : {"ai", "human_agent"}) {
    Story story;
    story.erin_joins();
    story.reply("Yes.");
    story.delivered("Yes.", "m2");
    story.erin_is_told(sender, "Yes. It is on its way.", "e2", 0);
    EXPECT_THAT(story.broken(), IsEmpty()) << sender;
  }
}

TEST(Invariants, I7SeesTheBridgeSendAReplyToAnotherCustomer) {
  Story story;
  story.erin_joins();
  story.reply("Yes.");
  story.delivered("Yes.", "m2");
  story.add("http", {{"from", "bridge"}, {"to", "opencx"}});
  story.erin_is_told("human_agent", "Yes.", "e2", story.last());
  EXPECT_THAT(story.broken(), ElementsAre("I7"));
}

TEST(Invariants, I7LetsAPublicCommentHoldTheWordsOfAReplyToAnotherCustomer) {
  Story story;
  story.erin_joins();
  story.reply("Yes.");
  story.delivered("Yes.", "m2");
  story.record("CaseComment", "00b", "insert", "005RUIZ",
               {{"ParentId", "500E"}, {"CommentBody", "Yes. It is on its way."}, {"IsPublished", true}});
  story.add("http", {{"from", "bridge"}, {"to", "opencx"}});
  story.erin_is_told("human_agent", "Yes. It is on its way.", "e2", story.last());
  EXPECT_THAT(story.broken(), IsEmpty());
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
  story.closes("500A");
  story.session("handoff", "", "Another summary", "none");
  story.opens("500B", "dana@example.test", "???");
  story.comment("005BRIDGE", "Handed off again: Another summary", false);
  EXPECT_THAT(story.broken(), ElementsAre("I9"));
}

/// No piece of it stands in it twice.
std::string summary_over_the_limit() {
  std::string summary;
  while (summary.size() < 40'000) summary += "She says " + std::to_string(summary.size()) + ". ";
  return summary;
}

TEST(Invariants, I9LetsASummaryOverTheFieldsLimitBeCutAndNoOther) {
  const std::string summary = summary_over_the_limit();
  Story story;
  story.closes("500A");
  story.session("handoff", "", summary.c_str(), "none");
  story.opens("500B", "dana@example.test", summary.substr(0, 32'000));
  EXPECT_THAT(story.broken(), IsEmpty());
  story.closes("500B");
  story.session("handoff", "", "Wants to cancel her order, and the money back", "none");
  story.opens("500C", "dana@example.test", "Wants to cancel her order");
  story.comment("005BRIDGE", "Wants to cancel her order, and the money back", false);
  EXPECT_THAT(story.broken(), ElementsAre("I9"));
}

TEST(Invariants, I9LetsAHeadlineStandAboveALongSummary) {
  const std::string summary = summary_over_the_limit();
  Story story;
  story.closes("500A");
  story.session("handoff", "", summary.c_str(), "none");
  story.opens("500B", "dana@example.test", "Handed off by OpenCX:\n" + summary.substr(0, 31'000) + "\n[cut]");
  EXPECT_THAT(story.broken(), IsEmpty());
}

// What a Case holds that no handoff has opened, but her mail after the close, no page says.
TEST(Invariants, I9AsksAnotherBridgeForNoSummaryWhereAllStandOnEarlierCases) {
  Story story;
  story.closes("500A");
  story.opens("500B", "dana@example.test", "Dana wrote again after case 00001000 was closed");
  EXPECT_THAT(story.broken(), ElementsAre("I9"));
  story.is_of_a_stranger();
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I9KnowsWhoseACaseIsByItsContact) {
  Story story;
  story.erin_joins();
  story.is_of_a_stranger();
  story.closes("500A");
  story.record("Contact", "003D", "insert", "005BRIDGE", {{"Email", "dana@example.test"}});
  const auto opens = [&](const char* id, const char* description) {
    story.record("Case", id, "insert", "005BRIDGE",
                 {{"Case_From__c", "opencx"}, {"ContactId", "003D"}, {"Description", description}, {"IsClosed", false}});
  };
  story.session("handoff", "", "Wants it mended", "none");
  opens("500B", "Wants it mended");
  story.closes("500B");
  story.session("handoff", "", "Erin is angry", "none", "s2");
  story.record("CaseComment", "00f", "insert", "005BRIDGE", {{"ParentId", "500E"}, {"CommentBody", "Erin is angry"}});
  opens("500C", "Dana has written again");
  EXPECT_THAT(story.broken(), testing::Not(testing::Contains("I9")));
  story.session("handoff", "", "Another matter", "none");
  opens("500D", "Dana has written again");
  EXPECT_THAT(story.broken(), testing::Contains("I9"));
}

TEST(Invariants, I10SeesWorkWithoutEndAndLetsSweepsGoOn) {
  Story story;
  story.later(std::chrono::hours(24));
  for (int hour = 0; hour < 4; ++hour) {
    for (int call = 0; call < 2'000; ++call) story.call("salesforce", "GET", "/query", 200);
    story.later(std::chrono::hours(1));
  }
  EXPECT_THAT(story.broken(), IsEmpty());
  for (int call = 0; call <= 2'000; ++call) story.call("salesforce", "GET", "/query", 200);
  EXPECT_THAT(story.broken(), ElementsAre("I10"));
}

TEST(Invariants, I1AndI2TakeNoNumberForAnother) {
  Story story;
  story.reply("Question 1");
  story.reply("Question 10");
  story.delivered("Question 10", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I1"));
  story.delivered("Question 1", "m3");
  EXPECT_THAT(story.broken(), ElementsAre("I4"));
}

TEST(Invariants, I2LetsACustomerSayTheSameWordsTwice) {
  Story story;
  story.dana_writes("Where is order 1182?", "m5");
  story.dana_is_commented("Where is order 1182?");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.dana_is_commented("Where is order 1182?");
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I2SeesAMessageOnTwoOfHerCasesAndByWhateverRow) {
  Story story;
  story.record("EmailMessage", "02s", "insert", "005BRIDGE",
               {{"ParentId", "500A"}, {"Incoming", true}, {"Status", "0"}, {"TextBody", "Where is order 1182?"}});
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

// Beside the transcript in a comment another bridge may have her mails as mails; ours has not.
TEST(Invariants, I2LetsAMessageOfAnotherBridgeStandOnceInEachKindOfRow) {
  Story story;
  const Json mail = {{"ParentId", "500A"}, {"Incoming", true}, {"Status", "0"}, {"TextBody", "Where is order 1182?"}};
  story.record("EmailMessage", "02s", "insert", "005BRIDGE", mail);
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
  story.is_of_a_stranger();
  EXPECT_THAT(story.broken(), IsEmpty());
  story.record("EmailMessage", "02t", "insert", "005BRIDGE", mail);
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

// "A file could not be copied" is said of each file.
TEST(Invariants, I2LetsAnotherBridgeSayItsOwnWordsAgain) {
  Story story;
  story.is_of_a_stranger();
  story.comment("005BRIDGE", "One more file could not be copied.", false);
  story.comment("005BRIDGE", "One more file could not be copied.", false);
  EXPECT_THAT(story.broken(), IsEmpty());
  story.comment("005BRIDGE", "Summary: Refund needs a person", false);
  EXPECT_THAT(story.broken(), IsEmpty());
  story.comment("005BRIDGE", "Summary: Refund needs a person", false);
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I2LetsAFileHangOnTheMailAndOnItsCase) {
  Story story;
  story.dana_writes("See the file", "m5", "s1", {{{"name", "lamp.pdf"}, {"bytes", 3u}, {"sha256", "aa"}}});
  story.dana_is_commented("See the file");
  story.record("EmailMessage", "02s", "insert", "005BRIDGE", {{"ParentId", "500A"}, {"Incoming", true}, {"TextBody", "-"}});
  story.file("005BRIDGE", "02s", "069A", "lamp.pdf", "aa");
  story.file("005BRIDGE", "500A", "069A", "lamp.pdf", "aa");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I2CountsTheFilesOfACaseThatHasAContactOnly) {
  Story story;
  const Json files = {{{"name", "lamp.pdf"}, {"bytes", 3u}, {"sha256", "aa"}}};
  story.closes("500A");
  story.session("handoff", "", "Wants it mended", "none");
  story.record("Contact", "003D", "insert", "005BRIDGE", {{"Email", "dana@example.test"}});
  story.record("Case", "500B", "insert", "005BRIDGE",
               {{"Case_From__c", "opencx"}, {"ContactId", "003D"}, {"Description", "Wants it mended"}, {"IsClosed", false}});
  story.links("s1", "500B");
  for (const char* document : {"069A", "069B"}) {
    story.dana_writes("See the file", document, "s1", files);
    story.dana_is_commented("See the file");
    story.file("005BRIDGE", "500B", document, "lamp.pdf", "aa");
  }
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I2SeesTheSameBytesOnACaseTwice) {
  Story story;
  story.dana_writes("See the file", "m5", "s1", {{{"name", "lamp.pdf"}, {"bytes", 3u}, {"sha256", "aa"}}});
  story.dana_is_commented("See the file");
  story.file("005BRIDGE", "500A", "069A", "lamp.pdf", "aa");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.file("005BRIDGE", "500A", "069B", "lamp (2).pdf", "aa");
  EXPECT_THAT(story.broken(), ElementsAre("I2"));
}

TEST(Invariants, I9TakesNoOtherCustomersSummary) {
  Story story;
  story.erin_joins();
  story.closes("500E");
  story.session("closed_resolved_by_agent", "", "", "human", "s2");
  story.session("handoff", "", "Wants it cancelled", "none", "s2");
  story.opens("500F", "erin@example.test", "Wants it cancelled");
  EXPECT_THAT(story.broken(), IsEmpty());
  story.closes("500F");
  story.session("handoff", "", "Wants it mended", "none", "s2");
  story.opens("500G", "erin@example.test", "Dana waits");
  story.record("CaseComment", "00g", "insert", "005BRIDGE", {{"ParentId", "500G"}, {"CommentBody", "Wants it mended"}});
  story.session("handoff", "", "Dana waits", "none");
  story.comment("005BRIDGE", "Dana waits", false);
  EXPECT_THAT(story.broken(), ElementsAre("I9"));
}

TEST(Invariants, I9AsksForNoSummaryWhereAnAgentHasWrittenOfHerOwnAccord) {
  Story story;
  story.mail("fay@example.test", "help@acme.test", "f1", "", "It creaks.");
  story.session("message", "contact", "It creaks.", "ai", "s3");
  story.caused_by(story.last() - 1);
  story.session("message", "human_agent", "Which table is it?", "human", "s3");
  story.opens("500T", "fay@example.test", "Taken over by hand");
  EXPECT_THAT(story.broken(), testing::Not(testing::Contains("I9")));
}

TEST(Invariants, I11SeesAHandoffWithoutACase) {
  Story story;
  story.mail("erin@example.test", "help@acme.test", "e1", "", "Please cancel it.");
  story.session("message", "contact", "Please cancel it.", "ai", "s2");
  story.caused_by(story.last() - 1);
  EXPECT_THAT(story.broken(), IsEmpty());
  story.session("agent_took_session_from_ai", "human_agent", "", "human", "s2");
  EXPECT_THAT(story.broken(), testing::Contains("I11"));
}

TEST(Invariants, I11SeesALaterSummaryThatStandsNowhere) {
  Story story;
  story.session("handoff", "", "She asks again", "none");
  EXPECT_THAT(story.broken(), ElementsAre("I11"));
  story.comment("005BRIDGE", "Handed off again: She asks again", false);
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I12SeesAMessageThatStandsNowhereWhileHerCaseIsOpen) {
  Story story;
  story.dana_writes("Any news of it?", "m5", "s9");
  EXPECT_THAT(story.broken(), ElementsAre("I12"));
  story.dana_is_commented("Any news of it?");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I12AsksForWhoSaidIt) {
  Story story;
  story.dana_writes("Any news of it?", "m5");
  story.comment("005BRIDGE", "Any news of it?", false);
  EXPECT_THAT(story.broken(), ElementsAre("I12"));
}

TEST(Invariants, I12AsksForNothingThatSheWroteWithoutACase) {
  Story story;
  story.closes("500A");
  story.session("closed_resolved_by_agent", "", "", "human");
  story.dana_writes("Thank you!", "m5");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I12FindsALongMessageInItsParts) {
  std::string text;
  for (int line = 0; line < 200; ++line) text += "This is line number " + std::to_string(line) + " of it. ";
  Story story;
  story.dana_writes(text.c_str(), "m5");
  story.dana_is_commented(text.substr(0, 2'000).c_str());
  EXPECT_THAT(story.broken(), ElementsAre("I12"));
  story.comment("005BRIDGE", ("Dana (customer):\n" + text.substr(2'000)).c_str(), false);
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I13SeesAFileThatIsNotWhatSheSent) {
  Story story;
  story.dana_writes("See the file", "m5", "s1", {{{"name", "lamp.pdf"}, {"bytes", 3u}, {"sha256", "aa"}}});
  story.dana_is_commented("See the file");
  story.file("005BRIDGE", "500A", "069A", "lamp.pdf", "bb");
  EXPECT_THAT(story.broken(), ElementsAre("I13"));
  story.comment("005BRIDGE", "The file lamp.pdf could not be copied", false);
  EXPECT_THAT(story.broken(), IsEmpty());
}

// A merge deletes the Case that loses, and names there the one that is left.
TEST(Invariants, I13FollowsACaseThatWasMergedAway) {
  Story story;
  story.erin_joins();
  story.dana_writes("See the file", "m5", "s1", {{{"name", "lamp.pdf"}, {"bytes", 3u}, {"sha256", "aa"}}});
  story.dana_is_commented("See the file");
  story.record("Case", "500A", "delete", "005RUIZ", {{"MasterRecordId", "500E"}});
  EXPECT_THAT(story.broken(), ElementsAre("I13"));
  story.file("005BRIDGE", "500E", "069A", "lamp.pdf", "aa");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I13SeesARepsFileThatDoesNotArrive) {
  Story story;
  story.reply("Here it is.");
  story.file("005RUIZ", "02s", "069A", "label.pdf", "aa");
  story.delivered("Here it is.", "m2");
  EXPECT_THAT(story.broken(), ElementsAre("I13"));
  story.session("message", "human_agent", "label.pdf is too large to mail", "human");
  story.mail("help@acme.test", "dana@example.test", "m3", "m2", "label.pdf is too large to mail");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I14SeesWhatIsParkedUnlessTheScriptSpeaksOfIt) {
  Story story;
  story.add("bridge", {{"event", "asked"}, {"parked", 1u}});
  EXPECT_THAT(story.broken(), ElementsAre("I14"));
  story.add("bridge", {{"event", "may park"}});
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I15SeesABridgeThatLivesByItsSweep) {
  Story story;
  story.dana_writes("Any news of it?", "m5");
  story.told_of(story.last());
  story.later(std::chrono::seconds(11));
  story.dana_is_commented("Any news of it?");
  EXPECT_THAT(story.broken(), ElementsAre("I15"));
}

TEST(Invariants, I15JudgesNoBadDayAndNothingThatNobodyTold) {
  Story untold;
  untold.dana_writes("Any news of it?", "m5");
  untold.later(std::chrono::seconds(11));
  untold.dana_is_commented("Any news of it?");
  EXPECT_THAT(untold.broken(), IsEmpty());
  Story disturbed;
  disturbed.dana_writes("Any news of it?", "m5");
  disturbed.told_of(disturbed.last());
  disturbed.call("salesforce", "POST", "/composite", 503);
  disturbed.later(std::chrono::seconds(11));
  disturbed.dana_is_commented("Any news of it?");
  EXPECT_THAT(disturbed.broken(), IsEmpty());
}

TEST(Invariants, I16SeesAReplyInAnotherConversationThanWhereSheSpokeLast) {
  Story story;
  story.later(std::chrono::seconds(1));
  story.dana_writes("Another thing", "m5", "s2");
  story.dana_is_commented("Another thing");
  story.reply("Looking into it.");
  story.call("opencx", "POST", "/chat/message/send", 200);
  story.session("message", "human_agent", "Looking into it.", "human");
  story.caused_by(story.last() - 1);
  story.mail("help@acme.test", "dana@example.test", "m6", "m1", "Looking into it.");
  EXPECT_THAT(story.broken(), ElementsAre("I16"));
}

// What she writes after the close may be for the AI.
TEST(Invariants, I16AsksForNoConversationThatIsNotOnTheCase) {
  Story story;
  story.closes("500A");
  story.session("closed_resolved_by_agent", "", "", "human");
  story.later(std::chrono::seconds(1));
  story.dana_writes("Another thing", "m5", "s2");
  story.reply("Looking into it.");
  story.call("opencx", "POST", "/chat/message/send", 200);
  story.session("message", "human_agent", "Looking into it.", "human");
  story.caused_by(story.last() - 1);
  story.mail("help@acme.test", "dana@example.test", "m6", "m1", "Looking into it.");
  story.session("closed_resolved_by_agent", "", "", "human");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I16TakesEitherOfWhatCameInOneMoment) {
  Story story;
  story.dana_writes("Another thing", "m5", "s2");
  story.dana_is_commented("Another thing");
  story.reply("Looking into it.");
  story.call("opencx", "POST", "/chat/message/send", 200);
  story.session("message", "human_agent", "Looking into it.", "human");
  story.caused_by(story.last() - 1);
  story.mail("help@acme.test", "dana@example.test", "m6", "m1", "Looking into it.");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, I17SeesACallBeforeTheTimeThatWasGiven) {
  Story story;
  story.call("opencx", "GET", "/chat/sessions/s1", 429, {{"retry_after", 30}});
  story.later(std::chrono::seconds(29));
  story.call("salesforce", "GET", "/query", 200);
  EXPECT_THAT(story.broken(), IsEmpty());
  story.call("opencx", "GET", "/chat/sessions/s2", 200);
  EXPECT_THAT(story.broken(), ElementsAre("I17"));
}

TEST(Invariants, I17SeesAnOutageThatIsNotLeftAlone) {
  Story story;
  for (int call = 0; call < 600; ++call) story.call("opencx", "GET", "/chat/sessions/s1", 503);
  EXPECT_THAT(story.broken(), IsEmpty());
  story.call("opencx", "GET", "/chat/sessions/s1", 503);
  EXPECT_THAT(story.broken(), ElementsAre("I17"));
}

TEST(Invariants, I18SeesACaseThatNoSessionNames) {
  Story story;
  story.closes("500A");
  story.session("closed_resolved_by_agent", "", "", "human");
  story.record("Case", "500B", "insert", "005BRIDGE",
               {{"Case_From__c", "opencx"},
                {"SuppliedEmail", "dana@example.test"},
                {"Description", "Refund needs a person"},
                {"IsClosed", false}});
  EXPECT_THAT(story.broken(), ElementsAre("I18"));
}

TEST(Invariants, I19SeesAConversationThatOutlivesItsCase) {
  Story story;
  story.closes("500A");
  EXPECT_THAT(story.broken(), ElementsAre("I19"));
  story.session("closed_resolved_by_agent", "", "", "human");
  EXPECT_THAT(story.broken(), IsEmpty());
}

// The same words of an agent in the Inbox are no echo.
TEST(Invariants, I8LetsAnAgentSayWhatARepHasReplied) {
  Story story;
  story.reply("Yes, it is.");
  story.delivered("Yes, it is.", "r1");
  Story echoed = story;
  echoed.comment("005BRIDGE", "Ruiz (agent):\nYes, it is.", false);
  EXPECT_THAT(echoed.broken(), testing::Contains("I8"));
  story.delivered("Yes, it is.", "r2");
  story.comment("005BRIDGE", "Ruiz (agent):\nYes, it is.", false);
  EXPECT_THAT(story.broken(), testing::Not(testing::Contains("I8")));
}

TEST(Invariants, I20SeesAReplyInAnotherRepsName) {
  const auto sent = [](Story& story, const char* number, const char* name, const char* text) {
    story.call("opencx", "POST", "/chat/sessions/s1/send", 201,
               {{"request", std::string(R"({"agent":{"id":)") + number + R"(,"name":")" + name + R"("},"message":{"text":")" +
                                text + R"("}})"}});
  };
  Story story;
  story.reply("Looking into it.");
  story.by("Ruiz");
  sent(story, "101", "Ruiz", "Looking into it.");
  story.delivered("Looking into it.", "r1");
  EXPECT_THAT(story.broken(), IsEmpty());
  Story of_another = story;
  of_another.reply("It is on its way.");
  of_another.by("Ruiz");
  sent(of_another, "102", "Okafor", "It is on its way.");
  of_another.delivered("It is on its way.", "r2");
  EXPECT_THAT(of_another.broken(), ElementsAre("I20", "I20")) << "her name is wrong, and she has a second number";
  Story shared = story;
  sent(shared, "101", "Okafor", "Hello");
  EXPECT_THAT(shared.broken(), ElementsAre("I20"));
}

TEST(Invariants, I21SeesAConversationThatIsToldOutOfOrder) {
  Story story;
  story.dana_writes("It is the green one.", "m2");
  story.dana_writes("And it hums at night.", "m3");
  Story healthy = story;
  healthy.dana_is_commented("It is the green one.");
  healthy.dana_is_commented("And it hums at night.");
  EXPECT_THAT(healthy.broken(), IsEmpty());
  story.dana_is_commented("And it hums at night.");
  story.dana_is_commented("It is the green one.");
  EXPECT_THAT(story.broken(), ElementsAre("I21"));
}

TEST(Invariants, I22SeesACaseOfSomebodyElseOrAboutAnotherThing) {
  const auto opened = [](const char* address, const char* subject) {
    Story story;
    story.closes("500A");
    story.session("closed_resolved_by_agent", "", "", "human");
    story.record("Case", "500B", "insert", "005BRIDGE",
                 {{"Case_From__c", "opencx"},
                  {"OpenCX_Handoff__c", "s1#2"},
                  {"SuppliedEmail", address},
                  {"Subject", subject},
                  {"Description", "Refund needs a person"},
                  {"IsClosed", false}});
    story.links("s1", "500B");
    return story;
  };
  EXPECT_THAT(opened("dana@example.test", "s").broken(), IsEmpty());
  EXPECT_THAT(opened("Dana@Example.Test", "s").broken(), IsEmpty());
  EXPECT_THAT(opened("dana@example.test", "Order").broken(), ElementsAre("I22"));
  EXPECT_THAT(opened("erin@example.test", "s").broken(), testing::Contains("I22"));
}

// What this house promises is not asked of another bridge.
TEST(Invariants, AskAStrangerForWhatThePagePromisesOnly) {
  Story story;
  story.add("world", {{"integration_user_id", "005BRIDGE"}, {"foreign_bridge", true}});
  story.closes("500A");
  EXPECT_THAT(story.broken(), IsEmpty());
}

TEST(Invariants, AreToldApartByTheirIdsAndSayWhatTheyAre) {
  std::set<std::string_view> ids;
  for (const Invariant& row : invariants()) {
    EXPECT_TRUE(ids.insert(row.id).second) << row.id;
    for (const std::string_view cell : {row.id, row.title, row.shown, row.source}) {
      EXPECT_FALSE(cell.empty()) << row.id;
      EXPECT_EQ(cell.find('|'), std::string_view::npos) << row.id << " stands in a table";
    }
  }
}

/// Between two marks.
TEST(Invariants, TheDocumentShowsTheRows) {
  std::ifstream file(std::string(CASEWIRE_SOURCE_DIR) + "/docs/invariants.md", std::ios::binary);
  std::string document(std::istreambuf_iterator<char>(file), {});
  const std::string head = "<!-- invariants -->\n";
  const std::size_t begin = document.find(head) + head.size();
  const std::size_t end = document.find("<!-- end -->", begin);
  ASSERT_LT(end, document.size());
  document.replace(begin, end - begin, markdown_table(invariants()));
  tests::expect_golden("docs/invariants.md", document);
}

// What was lost may still come; what was doubled stays so.
TEST(Invariants, OnlyWhatIsMissingIsOwed) {
  Journal journal([] { return WallTime{}; });
  const auto put = [&](const Story& story) {
    for (const Entry& entry : story.entries()) journal.append(entry.actor, entry.event);
  };
  Watch watch;
  Story doubled;
  doubled.comment("005BRIDGE", "Dana (customer):\nWhere is order 1182?", false);
  put(doubled);
  EXPECT_FALSE(watch.is_owed(journal));
  Story lost;
  lost.reply("Looking into it.");
  put(lost);
  EXPECT_TRUE(watch.is_owed(journal));
}

}  // namespace
}  // namespace casewire::sim
