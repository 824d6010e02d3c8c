#include <algorithm>

#include "stage.hpp"

namespace casewire::sim::opencx {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Autopilot = AStage;

TEST_F(Autopilot, AnswersTheNewestMessageByMail) {
  post(written("Where is it?"));
  EXPECT_TRUE(platform.answer("On its way."));
  settle();
  EXPECT_EQ(only_session().history.back().sender_type, "ai");
  EXPECT_THAT(inbox().at(0).message.text, HasSubstr("On its way."));
}

TEST_F(Autopilot, HasNothingToAnswerWhenNobodyWrote) {
  EXPECT_FALSE(platform.answer("Hello?"));
  EXPECT_FALSE(platform.hand_off("Nothing"));
  EXPECT_FALSE(platform.take_over("Ruiz", "dana@example.test"));
}

TEST_F(Autopilot, TakesItsTimeToWrite) {
  post(written("Where is it?"));
  platform.answer("On its way.", 8s);
  pass(7999ms);
  EXPECT_EQ(only_session().history.size(), 1u);
  pass(1ms);
  EXPECT_EQ(only_session().history.size(), 2u);
}

TEST_F(Autopilot, AnswersEveryMessageByRuleOnceEach) {
  platform.answer_every_message("Noted.", 5s);
  post(written("One"));
  post(written("Two", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  pass(10s);
  EXPECT_THAT(types(only_session()), ElementsAre("message", "message", "message", "message"));
  EXPECT_EQ(inbox().size(), 2u);
}

TEST_F(Autopilot, JournalsTheMessageThatItsRuleAnswered) {
  platform.answer_every_message("Noted.", 5s);
  post(written("One"));
  pass(10s);
  const auto entries = journal.entries();
  const auto answer = std::find_if(entries.begin(), entries.end(), [](const Entry& e) {
    const auto* event = e.as<SessionEvent>();
    return event && event->sender == "ai";
  });
  ASSERT_NE(answer, entries.end());
  EXPECT_EQ(entries.at(answer->cause - 1).as<SessionEvent>()->text, "One");
}

TEST_F(Autopilot, DropsItsAnswerAtEveryInstantOfAPersonTakingOver) {
  for (const auto at : {0ms, 1ms, 4000ms, 7999ms, 8000ms}) {
    Stage stage;
    stage.post(stage.written("Where is it?"));
    stage.platform.answer("Too late.", 8s);
    stage.pass(at);
    EXPECT_TRUE(stage.platform.take_over("Ruiz", "dana@example.test"));
    stage.pass(10s);
    const auto session = stage.only_session();
    EXPECT_EQ(session.owner, "human");
    if (at < 8000ms) {
      EXPECT_THAT(Stage::types(session), ElementsAre("message", "agent_took_session_from_ai", "ai_response_cancelled"))
          << at.count();
      EXPECT_TRUE(stage.inbox().empty());
    } else {
      EXPECT_THAT(Stage::types(session), ElementsAre("message", "message", "agent_took_session_from_ai"));
    }
  }
}

TEST_F(Autopilot, DropsItsAnswerWhenAnAgentsMessageTookOverMeanwhile) {
  post(written("Where is it?"));
  platform.answer("Too late.", 8s);
  agent_says(only_session().id, "I am on it.", true);
  pass(10s);
  EXPECT_EQ(only_session().history.back().type, "ai_response_cancelled");
  EXPECT_EQ(inbox().size(), 1u);
}

TEST_F(Autopilot, IsSilentFromTheHandoffOn) {
  platform.answer_every_message("Noted.", 1s);
  post(written("One"));
  pass(2s);
  EXPECT_TRUE(platform.hand_off("Needs a person"));
  EXPECT_EQ(only_session().owner, "none");
  EXPECT_TRUE(only_session().handed_off);
  post(written("Two", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  pass(10s);
  EXPECT_THAT(types(only_session()), ElementsAre("message", "message", "handoff", "message"));
  EXPECT_FALSE(platform.answer("No"));
}

TEST_F(Autopilot, GoesOnAfterTheHandoffUntilAPersonIsActiveIfSet) {
  platform.set_silence(AiSilence::once_a_person_is_active);
  platform.answer_every_message("Noted.", 1s);
  post(written("One"));
  pass(2s);
  platform.hand_off("Needs a person");
  post(written("Two", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  pass(2s);
  EXPECT_EQ(only_session().history.back().sender_type, "ai");
  agent_says(only_session().id, "Here I am.");
  post(written("Three", "Re: [" + std::to_string(only_session().ticket_number) + "]"));
  pass(10s);
  EXPECT_EQ(only_session().history.back().text, "Three");
}

TEST_F(Autopilot, StaysAwayFromAReopenedSessionThatWasHandedOff) {
  platform.answer_every_message("Noted.", 1s);
  post(written("One"));
  pass(2s);
  platform.hand_off("Needs a person");
  const auto session = only_session();
  call("PATCH", "/chat/sessions/" + session.id, {{"status", "closed_resolved"}});
  post(written("Two", "Re: [" + std::to_string(session.ticket_number) + "]"));
  pass(10s);
  EXPECT_EQ(only_session().history.back().text, "Two");
}

TEST_F(Autopilot, MayHandOffTwice) {
  post(written("One"));
  platform.hand_off("first");
  platform.hand_off("second");
  EXPECT_EQ(get("/chat/sessions/" + only_session().id)["handoff"]["summary"], "second");
}

TEST_F(Autopilot, JournalsWhoOwnedTheSessionWithEachEvent) {
  post(written("Where is it?"));
  platform.answer("Hm.");
  platform.hand_off("Needs a person");
  agent_says(only_session().id, "Hi");
  std::vector<std::string> lines;
  for (const auto& entry : journal.entries()) {
    const auto* event = entry.as<SessionEvent>();
    if (!event) continue;
    lines.push_back(event->type + " " + (event->sender.empty() ? "-" : event->sender) + " " + event->owner + " " + event->text);
  }
  EXPECT_THAT(lines, ElementsAre("message contact ai Where is it?", "message ai ai Hm.", "handoff - none Needs a person",
                                 "agent_took_session_from_ai - human ", "message human_agent human Hi"));
}

}  // namespace
}  // namespace casewire::sim::opencx
