// What people do in the Inbox of OpenCX.

#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/mail_writing.hpp"

namespace casewire::scenarios {
namespace {

using sim::opencx::Platform;

/// In the conversation in which that customer spoke last.
template <class Deed>
Played in_the_conversation(Stage& stage, const Action& action, Deed deed) {
  const auto session = conversation_meant(stage, action);
  if (!session) return Played::failed("a conversation with " + action.text("customer"), "none");
  Platform::Done done;
  stage.ring().perform([&] { done = deed(stage.world().platform(), session->id); });
  return done ? Played{} : Played::failed("the Inbox lets " + action.text("rep") + " do this", done.error());
}

Played takes_over(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    return platform.agent_takes_over(session, action.text("rep"));
  });
}

Played agent_hands_off_session(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    return platform.agent_hands_off(session, action.text("rep"), action.text("summary"));
  });
}

Played hands_back(Stage& stage, const Action& action) {
  const auto session = conversation_meant(stage, action);
  Played done = in_the_conversation(stage, action, [&](Platform& platform, const std::string& id) {
    return platform.agent_hands_back(id, action.text("rep"));
  });
  if (done.done()) stage.end_activity(session->id);
  return done;
}

Played writes(Stage& stage, const Action& action) {
  std::vector<sim::opencx::AgentFile> files;
  for (const std::string& file : action.texts("file")) files.push_back({file, media_type_of(file), stage.file(file)});
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    stage.said({action.text("text"), {}, session});
    return platform.agent_writes(session, action.text("rep"), action.text("text"), files);
  });
}

Played notes(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    return platform.agent_notes(session, action.text("rep"), action.text("text"));
  });
}

Played agent_deletes_session(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action,
                             [&](Platform& platform, const std::string& session) { return platform.agent_deletes(session); });
}

Played agent_closes_session(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    return platform.agent_closes(session, action.text("rep"));
  });
}

Played reopens_conversation(Stage& stage, const Action& action) {
  return in_the_conversation(stage, action, [&](Platform& platform, const std::string& session) {
    return platform.agent_reopens(session, action.text("rep"));
  });
}

Played merges_contacts(Stage& stage, const Action& action) {
  Platform::Done done;
  stage.ring().perform([&] {
    done = stage.world().platform().merge_contacts(stage.address_of(action.text("duplicate")),
                                                   stage.address_of(action.text("customer")));
  });
  return done ? Played{} : Played::failed("the Inbox lets " + action.text("rep") + " do this", done.error());
}

Played replaces_api_key(Stage& stage, const Action& action) {
  stage.ring().perform([&] {
    auto& behaviour = stage.staging().opencx;
    behaviour.new_api_key = stage.staging().credentials.opencx_api_key_to_come;
    stage.world().platform().behave(behaviour);
  });
  stage.world().journal().append("opencx", sim::FaultStrike{action.said().text(), "opencx"});
  return {};
}

}  // namespace

Family inbox_sentences() {
  const Traits of_hers{.needs = {{Fact::mail, "customer"}}};
  const Traits at_work{.needs = {{Fact::mail, "customer"}}, .activity = WorkOn{.where = "customer"}};
  return {
      Group::deed,
      "What people do in the Inbox",
      {
          {"{rep} takes over {customer}'s conversation in the Inbox", "Ruiz takes over Dana's conversation in the Inbox",
           "In OpenCX, not in Salesforce: the conversation in which that customer spoke last", at_work, takes_over},
          {"{rep} hands off {customer}'s conversation in the Inbox: {summary}",
           R"(Ruiz hands off Dana's conversation in the Inbox: "Refund needs a person")",
           "By hand, to people elsewhere, with that summary", of_hers, agent_hands_off_session},
          {"{rep} hands {customer}'s conversation back to the AI in the Inbox",
           "Ruiz hands Dana's conversation back to the AI in the Inbox",
           "From here on the AI may answer in it, until a person is active again",
           {.needs = {{Fact::mail, "customer"}}, .hands_back = true},
           hands_back},
          {"{rep} writes to {customer} in the Inbox [with the file {file} [and the file {file}]...]: {text}",
           R"(Ruiz writes to Dana in the Inbox: "Looking into it.")",
           "She gets it by mail, and the conversation is that person's", at_work, writes},
          {"{rep} writes the note on {customer}'s conversation in the Inbox: {text}",
           R"(Ruiz writes the note on Dana's conversation in the Inbox: "Third refund this year.")", "For colleagues only",
           of_hers, notes},
          {"{rep} closes {customer}'s conversation in the Inbox", "Ruiz closes Dana's conversation in the Inbox",
           "As resolved; the Case stays as it is", of_hers, agent_closes_session},
          {"{rep} deletes {customer}'s conversation in the Inbox",
           "Ruiz deletes Dana's conversation in the Inbox",
           "OpenCX answers 404 for it from then on, and her next mail opens another",
           {},
           agent_deletes_session},
          {"{rep} reopens {customer}'s conversation in the Inbox", "Ruiz reopens Dana's conversation in the Inbox",
           "After it was closed", of_hers, reopens_conversation},
          {"{rep} merges the contact {duplicate:customer} into {customer} in the Inbox",
           "Ruiz merges the contact Eli into Dana in the Inbox",
           "They are one person: conversations and address of the first are the second's from now on", of_hers, merges_contacts},
          {"OpenCX's API key is replaced",
           "OpenCX's API key is replaced",
           "By another that the bridge does not have yet; the old one is refused with 401",
           {},
           replaces_api_key},
      }};
}

}  // namespace casewire::scenarios
