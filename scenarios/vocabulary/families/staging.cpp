// What the stage is set with: given before the first When, before anything runs.

#include <algorithm>

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/tape/exchanges.hpp"
#include "scenarios/vocabulary/bridge_calls.hpp"

namespace casewire::scenarios {
namespace {

Played use_org(Stage& stage, const Action& action) {
  const std::string file = action.text("org") + "/org.json";
  stage.staging().org_json = stage.fixture("orgs", file);
  stage.staging().org_file = stage.fixtures().path("orgs", file);
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

Played answer_in_pages(Stage& stage, const Action& action) {
  stage.staging().opencx.page_items = action.count();
  return {};
}

Played doubt_contacts(Stage& stage, const Action&) {
  stage.staging().opencx.doubts_contacts = true;
  return {};
}

Played read_behind(Stage& stage, const Action& action) {
  stage.staging().opencx.read_lag = action.duration();
  return {};
}

Played list_behind(Stage& stage, const Action& action) {
  stage.staging().opencx.index_lag = action.duration();
  return {};
}

Played tell_whole_seconds(Stage& stage, const Action&) {
  stage.staging().opencx.time_grain = milliseconds{1'000};
  return {};
}

Played number_agents(Stage& stage, const Action&) {
  stage.staging().opencx.numbers_agents = true;
  return {};
}

Played behave(Stage& stage, bool sim::opencx::Behaviour::*habit) {
  stage.staging().opencx.*habit = true;
  return {};
}
Played keep_files_elsewhere(Stage& stage, const Action&) { return behave(stage, &sim::opencx::Behaviour::keeps_files_elsewhere); }
Played tell_texts_as_mailed(Stage& stage, const Action&) { return behave(stage, &sim::opencx::Behaviour::tells_texts_as_mailed); }
Played name_files_as_mailed(Stage& stage, const Action&) { return behave(stage, &sim::opencx::Behaviour::names_files_as_mailed); }
Played size_files_as_mailed(Stage& stage, const Action&) { return behave(stage, &sim::opencx::Behaviour::sizes_files_as_mailed); }
Played spell_addresses_as_mailed(Stage& stage, const Action&) {
  return behave(stage, &sim::opencx::Behaviour::spells_addresses_as_mailed);
}

Played has_webhook_secret(Stage& stage, const Action& action) {
  stage.staging().credentials.opencx_webhook_secret = action.text("text");
  return {};
}

Played calls_by_the_others_secret(Stage& stage, const Action& action) {
  Credentials& credentials = stage.staging().credentials;
  if (action.text("system") == "Salesforce") {
    credentials.salesforce_calls_by = credentials.opencx_webhook_secret;
  } else {
    credentials.opencx_calls_by = credentials.salesforce_webhook_secret;
  }
  return {};
}

Played sign_twice(Stage& stage, const Action&) {
  stage.staging().opencx.also_signs_with = Credentials{}.webhook_secret_to_come;
  return {};
}

/// Whoever records a bridge from outside does not know how it was set. Whether it looked by itself if all is in order shows in what it asked.
bool looked_by_itself(const LongTape& tape) {
  if (!tape.fates.empty()) return false;  // a scenario's, which knows
  for (std::size_t i = 0; i < tape.exchanges->size(); ++i) {
    const auto one = tape.exchanges->at(i);
    if (one->to == "salesforce" && one->request.path().ends_with("/tooling/query")) return true;
  }
  return false;
}

Played use_recording(Stage& stage, const Action& action) {
  const std::string& name = action.text("recording");
  const auto file = stage.fixtures().file("recordings", name);
  if (!file) return Played::harness_fault(file.error());
  auto tape = LongTape::of_file(*file);
  if (!tape) return Played::harness_fault(render(tape.error()));
  if (looked_by_itself(*tape)) stage.staging().bridge_settings.erase("CASEWIRE_CHECK_EVERY");  // as often as it does unasked
  for (const auto& [variable, value] : tape->head.bridge_settings) stage.staging().bridge_settings[variable] = value;
  stage.staging().recording = std::move(*tape);
  return {};
}

Played rest_from_model(Stage& stage, const Action&) {
  stage.staging().rest_from_model = true;
  return {};
}

/// A loosening of what was never recorded would hide that the recording is another one now.
Played loosen(Stage& stage, Loosening loosening) {
  const auto& recording = stage.staging().recording;
  std::size_t recorded = 0;
  for (std::size_t i = 0; recording && i < recording->exchanges->size(); ++i) {
    const auto one = recording->exchanges->at(i);
    recorded += loosening.concerns(one->to, one->request) ? 1 : 0;
  }
  const std::string which = "\"" + loosening.resource + "\" to " + loosening.system;
  if (recorded == 0) return Played::harness_fault("the recording holds no " + which);
  if (loosening.times_max != 0 && recorded > loosening.times_max)
    return Played::harness_fault("the recording itself holds " + which + " " + std::to_string(recorded) + " times");
  stage.staging().loosenings.push_back(std::move(loosening));
  return {};
}

Played may_come_again(Stage& stage, const Action& action) {
  return loosen(stage, {.system = actor_named(action.text("system")), .resource = action.text("request")});
}

Played may_come_at_most(Stage& stage, const Action& action) {
  return loosen(stage,
                {.system = actor_named(action.text("system")), .resource = action.text("request"), .times_max = action.count()});
}

Played may_differ(Stage& stage, const Action& action) {
  const std::string& pointer = action.text("member");
  if (!pointer.starts_with('/'))
    return Played::harness_fault("\"" + pointer + "\" is no place in a request, such as \"/body/Subject\"");
  return loosen(stage, {.system = actor_named(action.text("system")), .resource = action.text("request"), .pointer = pointer});
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
          {"OpenCX answers lists in pages of {count}",
           "OpenCX answers lists in pages of 2",
           "Of sessions, of a history. Without this sentence a page has 50",
           {},
           answer_in_pages},
          {"OpenCX takes nobody's address for proved",
           "OpenCX takes nobody's address for proved",
           "It tells address and name of whoever writes as what they claim (non_verified_email, non_verified_name)",
           {},
           doubt_contacts},
          {"OpenCX's reads are {duration} behind",
           "OpenCX's reads are 5 seconds behind",
           "A conversation and its history are read as they were that long ago; one that is younger is not there",
           {},
           read_behind},
          {"OpenCX's lists are {duration} behind",
           "OpenCX's lists are 1 minute behind",
           "Lists of conversations are that old",
           {},
           list_behind},
          {"OpenCX tells times in whole seconds",
           "OpenCX tells times in whole seconds",
           "What happens within one second has equal times",
           {},
           tell_whole_seconds},
          {"OpenCX's agents have numbers",
           "OpenCX's agents have numbers",
           "The id of the person who has a conversation is told as a number, and not as a text",
           {},
           number_agents},
          {"OpenCX keeps files on another host",
           "OpenCX keeps files on another host",
           "Whose name begins like its own, over plain http; nobody answers there, and nobody there may learn OpenCX's key",
           {},
           keep_files_elsewhere},
          {"OpenCX tells texts as they were mailed",
           "OpenCX tells texts as they were mailed",
           "Their lines end with CR LF, and no blank stands before or behind them",
           {},
           tell_texts_as_mailed},
          {"OpenCX tells names of files as they were mailed",
           "OpenCX tells names of files as they were mailed",
           "With folders, of any length, or none. Without this sentence they are what a folder can hold",
           {},
           name_files_as_mailed},
          {"OpenCX tells sizes of files as they were mailed",
           "OpenCX tells sizes of files as they were mailed",
           "Of their base64, a third more than what is read",
           {},
           size_files_as_mailed},
          {"OpenCX tells addresses as they were mailed",
           "OpenCX tells addresses as they were mailed",
           "Of a customer in each conversation as she spelled it there. Without this sentence as she spelled it first",
           {},
           spell_addresses_as_mailed},
          {"OpenCX's webhook secret is {text}",
           R"(OpenCX's webhook secret is "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")",
           "Behind \"whsec_\" stands the key of its signatures in base64, as Standard Webhooks have it; any other text is the key itself",
           {},
           has_webhook_secret},
          {"{system} calls the bridge by the other's webhook secret",
           "Salesforce calls the bridge by the other's webhook secret",
           "As where the wrong URL was pasted: a bridge that tells its two senders apart hears nobody",
           {.house = true},
           calls_by_the_others_secret},
          {"OpenCX uses its new secret, and signs with the old one too",
           "OpenCX uses its new secret, and signs with the old one too",
           "While its secret is being changed: two signatures stand in one header",
           {},
           sign_twice},
          {"the recording {recording}",
           R"(the recording "handoff.har")",
           "Both systems answer from the recording instead of from the models. The first request that does not mean what the recorded "
           "one means, or that comes before its turn, fails the step (docs/recordings.md)",
           {.excludes = {{Fact::recording}}, .makes = {{Fact::recording}}},
           use_recording},
          {"the rest comes from the model",
           "the rest comes from the model",
           "The models answer what the recording does not hold; how often is in the report",
           {.needs = {{Fact::recording}}},
           rest_from_model},
          {"the recorded {request:text} to {system} may come any number of times",
           R"(the recorded "GET /chat/sessions/*" to OpenCX may come any number of times)",
           "Once it is used up, the last answer stands. A star is anything; how often it was needed is in the report",
           {.needs = {{Fact::recording}}},
           may_come_again},
          {"the recorded {request:text} to {system} may come at most {count} time|times",
           R"(the recorded "GET /chat/sessions/*" to OpenCX may come at most 3 times)",
           "So often in all. Once it is used up, the last answer stands; a read, which may else be repeated, may not beyond that",
           {.needs = {{Fact::recording}}},
           may_come_at_most},
          {"the recorded {request:text} to {system} may differ in {member:text}",
           R"(the recorded "PATCH /chat/sessions/*" to OpenCX may differ in "/body/custom_data")",
           "At that place, as a mismatch names it, and below it; how often it was needed is in the report",
           {.needs = {{Fact::recording}}},
           may_differ},
      }};
}

}  // namespace casewire::scenarios
