// What people do in the Inbox of OpenCX.

#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

Played takes_over(Stage& stage, const Action& action) {
  const auto session = conversation_meant(stage, action);
  bool done = false;
  if (session)
    stage.ring().perform([&] { done = bool(stage.world().platform().agent_takes_over(session->id, action.text("rep"))); });
  return done ? Played{} : Played::failed("a conversation with " + action.text("customer"), "none");
}

}  // namespace

Family inbox_sentences() {
  return {Group::deed,
          "What people do in the Inbox",
          {
              {"{rep} takes over {customer}'s conversation in the Inbox",
               "Ruiz takes over Dana's conversation in the Inbox",
               "In OpenCX, not in Salesforce: the conversation in which that customer spoke last",
               {.needs = {{Fact::mail, "customer"}}, .activity = Activity{.where = "customer"}},
               takes_over},
          }};
}

}  // namespace casewire::scenarios
