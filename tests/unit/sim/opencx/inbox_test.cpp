#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two conversations of Dana's and one of Eve's; deeds are done in the first.
class Inbox : public AStage {
 protected:
  void SetUp() override {
    post(written("Where is it?"));
    post(written("Another thing", "Kettle"));
    session = platform.sessions().front().id;
    receiver.hooks.clear();
  }
  SessionView first() { return platform.sessions().front(); }
  std::string last_type() { return first().history.back().type; }
  std::string session;
};

TEST_F(Inbox, DoesWhatIsAskedInTheSessionThatIsNamed) {
  EXPECT_TRUE(platform.answer(session, "On its way."));
  EXPECT_TRUE(platform.hand_off(session, "Needs a person"));
  settle();
  EXPECT_THAT(types(first()), ElementsAre("message", "message", "handoff"));
  EXPECT_THAT(types(platform.sessions().back()), ElementsAre("message"));
  EXPECT_EQ(inbox().size(), 1u);
}

TEST_F(Inbox, SaysWhyADeedCannotBeDone) {
  EXPECT_EQ(platform.hand_off("nowhere", "x").error(), "no session nowhere");
  platform.agent_takes_over(session, "Lee");
  EXPECT_EQ(platform.answer(session, "x").error(), "the session is owned by human");
  platform.agent_closes(session, "Lee");
  EXPECT_EQ(platform.hand_off(session, "x").error(), "the session is closed_resolved");
  EXPECT_EQ(platform.agent_closes(session, "Lee").error(), "the session is closed_resolved");
  EXPECT_EQ(platform.say_nothing(session).error(), "the session is closed_resolved");
}

TEST_F(Inbox, AiSaysTwoThingsToOneMessage) {
  EXPECT_TRUE(platform.answer(session, "First."));
  EXPECT_TRUE(platform.answer(session, "Second.", 3s));
  pass(4s);
  EXPECT_EQ(first().history.back().text, "Second.");
  EXPECT_EQ(inbox().size(), 2u);
}

TEST_F(Inbox, AiSaysNothing) {
  EXPECT_TRUE(platform.say_nothing(session));
  EXPECT_EQ(last_type(), "ai_decided_to_not_reply");
  EXPECT_THAT(inbox(), IsEmpty());
}

TEST_F(Inbox, AiResolvesAndSaysSo) {
  EXPECT_TRUE(platform.resolve(session));
  settle();
  EXPECT_EQ(first().status, "closed_resolved");
  EXPECT_EQ(get("/chat/sessions/" + session)["ai_closure_type"], "resolved");
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.closed"));
  EXPECT_TRUE(platform.resolve(platform.sessions().back().id, true));
  EXPECT_EQ(platform.sessions().back().history.back().type, "ai_assumed_the_session_resolved");
}

TEST_F(Inbox, AgentHandsOffByHand) {
  EXPECT_TRUE(platform.agent_hands_off(session, "Lee", "Wants her money back"));
  settle();
  const auto json = get("/chat/sessions/" + session);
  EXPECT_EQ(json["handoff"]["summary"], "Wants her money back");
  EXPECT_EQ(first().owner, "none");
  ASSERT_THAT(receiver.events(), ElementsAre("conversation.handoff_to_human"));
  EXPECT_EQ(receiver.hooks[0].body["data"][0]["reason"], "human_agent_decided_to_take_over");
  EXPECT_EQ(receiver.hooks[0].body["data"][0]["summary"], "Wants her money back");
}

TEST_F(Inbox, AgentHandsBackToTheAi) {
  platform.hand_off(session, "Needs a person");
  platform.agent_takes_over(session, "Lee");
  EXPECT_TRUE(platform.agent_hands_back(session, "Lee"));
  EXPECT_EQ(last_type(), "ai_resumed_by_system");
  EXPECT_FALSE(get("/chat/sessions/" + session).contains("handoff"));
  EXPECT_TRUE(platform.answer(session, "I am back."));
  settle();
  EXPECT_THAT(inbox().back().message.text, HasSubstr("I am back."));
}

TEST_F(Inbox, AgentsMessageIsMailedAndAssignsTheSession) {
  EXPECT_TRUE(platform.agent_writes(session, "Lee", "Here it is.", {{"label.pdf", "application/pdf", "%PDF-1"}}));
  settle();
  EXPECT_THAT(types(first()), ElementsAre("message", "agent_assigned_by_system", "message"));
  EXPECT_EQ(first().owner, "human");
  EXPECT_THAT(receiver.events(), ElementsAre("conversation.agent_response"));
  ASSERT_EQ(inbox().size(), 1u);
  EXPECT_EQ(inbox()[0].message.attachments.at(0).content, "%PDF-1");
}

TEST_F(Inbox, AgentsNoteStaysInside) {
  EXPECT_TRUE(platform.agent_notes(session, "Lee", "Careful, angry"));
  settle();
  EXPECT_EQ(last_type(), "agent_comment");
  EXPECT_EQ(first().owner, "ai");
  EXPECT_THAT(receiver.hooks, IsEmpty());
  EXPECT_THAT(inbox(), IsEmpty());
}

TEST_F(Inbox, AgentClosesAndReopens) {
  EXPECT_TRUE(platform.agent_closes(session, "Lee", false));
  EXPECT_EQ(first().status, "closed_unresolved");
  EXPECT_EQ(last_type(), "closed_unresolved_by_agent");
  EXPECT_TRUE(platform.agent_reopens(session, "Lee"));
  EXPECT_EQ(last_type(), "agent_reopened_session");
  EXPECT_EQ(first().history.back().sender_name, "Lee");
  EXPECT_FALSE(platform.agent_reopens(session, "Lee"));
}

// F59
TEST_F(Inbox, MergedContactsAreOnePerson) {
  mail::Message other = written("From my other address", "Lid");
  other.from = {"Dana", "eve@example.test"};
  post(other);
  const auto ticket = platform.sessions().back().ticket_number;
  EXPECT_TRUE(platform.merge_contacts("eve@example.test", "dana@example.test"));
  const auto contacts = get("/contacts")["items"];
  ASSERT_EQ(contacts.size(), 1u);
  for (const auto& view : platform.sessions()) {
    EXPECT_EQ(get("/chat/sessions/" + view.id)["contact"]["id"], contacts[0]["id"]);
  }
  other.text = "More";
  other.subject = "Re: Lid [" + std::to_string(ticket) + "]";
  other.message_id = "more@example.test";
  post(other);
  EXPECT_EQ(platform.sessions().back().history.back().text, "More") << "the old address is still hers";
  EXPECT_EQ(platform.merge_contacts("eve@example.test", "dana@example.test").error(), "they are one contact already");
  EXPECT_EQ(platform.merge_contacts("no@example.test", "dana@example.test").error(), "no contact no@example.test");
}

TEST_F(Inbox, ShowsFilesByDigest) {
  mail::Message message = written("See", "Photo");
  message.attachments = {{"a.png", "image/png", "png bytes"}};
  post(message);
  const auto files = platform.sessions().back().history.back().files;
  ASSERT_EQ(files.size(), 1u);
  EXPECT_EQ(files[0].media_type, "image/png");
  EXPECT_EQ(files[0].bytes, 9u);
  EXPECT_EQ(files[0].sha256, hex(sha256("png bytes")));
}

}  // namespace
}  // namespace casewire::sim::opencx
