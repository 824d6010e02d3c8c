// What the AI does in OpenCX.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"

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

template <class Deed>
Played in_its_conversation(Stage& stage, const Action& action, Deed deed) {
  const auto session = conversation_meant(stage, action);
  bool done = false;
  if (session) stage.ring().perform([&] { done = bool(deed(stage.world().platform(), session->id)); });
  return done ? Played{}
              : Played::failed("a conversation that the AI has", session ? conversation_line(*session) : std::string("none"));
}

Played says_nothing(Stage& stage, const Action& action) {
  return in_its_conversation(stage, action, [](auto& platform, const auto& session) { return platform.say_nothing(session); });
}

Played closes_conversation(Stage& stage, const Action& action) {
  return in_its_conversation(stage, action, [](auto& platform, const auto& session) { return platform.resolve(session); });
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
              {"the AI decides not to answer [{customer}]", "the AI decides not to answer Dana",
               "In the conversation in which that customer spoke last; without a name in that of the newest mail", about_a_mail,
               says_nothing},
              {"the AI closes {customer}'s conversation", "the AI closes Dana's conversation", "As solved", about_a_mail,
               closes_conversation},
          }};
}

}  // namespace casewire::scenarios
