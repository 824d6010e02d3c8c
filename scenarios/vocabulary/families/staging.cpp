// What the stage is set with: given before the first When, before anything runs.

#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/families.hpp"

namespace casewire::scenarios {
namespace {

Played use_org(Stage& stage, const Action& action) {
  const std::string file = action.text("org") + "/org.json";
  stage.staging().org_json = stage.fixture("orgs", file);
  stage.staging().org_file = stage.fixtures().root() + "/orgs/" + file;
  return {};
}

Played add_customer(Stage& stage, const Action& action) {
  stage.staging().customers[action.text("customer")] = action.text("address");
  return {};
}

Played call_customer(Stage& stage, const Action& action) {
  stage.call(action.text("customer"), action.text("text"));
  return {};
}

Played add_rep(Stage& stage, const Action& action) {
  stage.staging().reps[action.text("rep")] = action.text("queue");
  return {};
}

Played add_support_address(Stage& stage, const Action& action) {
  stage.staging().support_addresses.push_back(action.text("address"));
  return {};
}

Played answer_every_mail(Stage& stage, const Action& action) {
  stage.staging().every_answer = action.text("text");
  stage.staging().every_answer_after = action.duration();
  return {};
}

Played keep_answering(Stage& stage, const Action&) {
  stage.staging().silence = sim::opencx::AiSilence::once_a_person_is_active;
  return {};
}

Played use_recording(Stage& stage, const Action& action) {
  const std::string& name = action.text("recording");
  const std::string text = stage.fixture("recordings", name);
  auto tape = read_har(text, stage.fixtures().root() + "/recordings/" + name);
  if (!tape) return Played::harness_fault(render(tape.error(), text));
  stage.staging().recording = std::move(*tape);
  return {};
}

}  // namespace

Family staging_sentences() {
  return {
      Group::staging,
      "The stage",
      {
          {"the org {org}",
           R"(the org "service-cloud")",
           "The Salesforce org of this world. Without this sentence it is \"service-cloud\"",
           {.introduces = {"org"}, .excludes = {{Fact::org}, {Fact::rep}}, .makes = {{Fact::org}}},
           use_org},
          {"the customer {customer} writes from {address}",
           "the customer Dana writes from dana@example.test",
           "A customer with a mailbox",
           {.introduces = {"customer"}},
           add_customer},
          {"{customer}'s mails are from {text}",
           R"(Dana's mails are from "Dana Müller, Acme")",
           "The display name before her address; without this sentence it is the script's name for her",
           {},
           call_customer},
          {"the rep {rep} works the queue {queue}",
           R"(the rep Ruiz works the queue "Support")",
           "A person in Salesforce, member of that queue; the same person may work in the OpenCX Inbox",
           {.introduces = {"rep"}, .makes = {{Fact::rep}}},
           add_rep},
          {"OpenCX answers mail to {address:support}",
           "OpenCX answers mail to sales@acme.test",
           "One more support address",
           {.introduces = {"address"}},
           add_support_address},
          {"the AI answers every mail with {text} [after {duration}]",
           R"(the AI answers every mail with "Let me look." after 8 seconds)",
           "The AI answers by itself. Without this sentence it waits for the script",
           {},
           answer_every_mail},
          {"the AI keeps answering until a person is active",
           "the AI keeps answering until a person is active",
           "The AI does not fall silent at the handoff already, but when a person acts",
           {},
           keep_answering},
          {"the recording {recording}",
           R"(the recording "handoff.har")",
           "Both systems answer from the recording instead of from the models: for each method and path in the recorded order. "
           "The first request that is not the next recorded one fails the step",
           {.excludes = {{Fact::recording}}, .makes = {{Fact::recording}}},
           use_recording},
      }};
}

}  // namespace casewire::scenarios
