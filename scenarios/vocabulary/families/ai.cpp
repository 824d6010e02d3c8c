// What the AI does in OpenCX.

#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

Played hands_off(Stage& stage, const Action& action) {
  const auto session = conversation_meant(stage, action);
  bool done = false;
  if (session) stage.ring().perform([&] { done = bool(stage.world().platform().hand_off(session->id, action.text("summary"))); });
  return done ? Played{}
              : Played::failed("a conversation that the AI can hand off", session ? conversation_line(*session) : "none");
}

Played answers(Stage& stage, const Action& action) {
  const auto session = conversation_meant(stage, action);
  bool done = false;
  if (session) {
    stage.ring().perform(
        [&] { done = bool(stage.world().platform().answer(session->id, action.text("text"), action.duration())); });
  }
  if (!done) return Played::failed("a conversation that waits for the AI", session ? conversation_line(*session) : "none");
  stage.said({action.text("text"), {}, session->id});
  return {};
}

}  // namespace

Family ai_sentences() {
  const Traits about_a_mail{.needs = {{Fact::mail, "customer"}}};
  return {Group::deed,
          "What the AI does",
          {
              {"the AI hands off [{customer}'s conversation]: {summary}", R"(the AI hands off: "Refund needs a person")",
               "The conversation in which that customer spoke last, to people; without a name that of the newest mail",
               about_a_mail, hands_off},
              {"the AI answers [{customer}]: {text}", R"(the AI answers: "Let me look.")",
               "At once, in the conversation in which that customer spoke last; without a name in that of the newest mail",
               about_a_mail, answers},
              {"the AI starts an answer [to {customer}] that takes {duration}: {text}",
               R"(the AI starts an answer that takes 8 seconds: "Let me look.")", "The AI is writing while the next steps happen",
               about_a_mail, answers},
          }};
}

}  // namespace casewire::scenarios
