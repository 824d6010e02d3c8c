// How the bridge is set up: docs/bridge.md, "Settings".

#include <functional>

#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/bridge_settings_file.hpp"
#include "scenarios/runner/stage.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

Played set(Stage& stage, const std::string& variable, std::string value) {
  stage.staging().bridge_settings[variable] = std::move(value);
  return {};
}

Played has_the_value(Stage& stage, const Action& action) {
  const auto variable = setting_of_a_script(action.text("setting"), action.text("value"));
  if (!variable) return Played::failed(variable.error(), shown(action.text("setting") + ": " + action.text("value")));
  return set(stage, *variable, action.text("value"));
}

Played takes_comments_for_replies(Stage& stage, const Action&) {
  return set(stage, "SALESFORCE_PUBLIC_COMMENTS_ARE_REPLIES", "true");
}

Played takes_posts_for_replies(Stage& stage, const Action&) { return set(stage, "SALESFORCE_PUBLIC_POSTS_ARE_REPLIES", "true"); }

Played wants_signatures(Stage& stage, const Action&) { return set(stage, "OPENCX_REQUIRE_SIGNATURE", "true"); }

Played set_secrets(Stage& stage, const Action& action, const std::function<std::string(const std::string&)>& beside) {
  const Credentials& credentials = stage.staging().credentials;
  const bool is_salesforce = action.text("system") == "Salesforce";
  return set(stage, is_salesforce ? "SALESFORCE_WEBHOOK_SECRET" : "OPENCX_WEBHOOK_SECRET",
             beside(is_salesforce ? credentials.salesforce_webhook_secret : credentials.opencx_webhook_secret));
}

/// The new one stands first.
Played secret_is_being_changed(Stage& stage, const Action& action) {
  return set_secrets(stage, action, [](const std::string& used) { return Credentials{}.webhook_secret_to_come + ", " + used; });
}

Played old_secret_is_kept(Stage& stage, const Action& action) {
  return set_secrets(stage, action, [](const std::string& used) { return used + ", whsec-of-yesterday-casewire"; });
}

Played secret_has_been_changed(Stage& stage, const Action& action) {
  return set_secrets(stage, action, [](const std::string&) { return Credentials{}.webhook_secret_to_come; });
}

Played checks_itself(Stage& stage, const Action& action) {
  return set(stage, "CASEWIRE_CHECK_EVERY", std::to_string(action.duration().count() / 1000) + " s");
}

}  // namespace

Family setting_sentences() {
  return {Group::staging,
          "How the bridge is set up",
          {
              {"the bridge takes public comments for replies",
               "the bridge takes public comments for replies",
               "A published comment of a rep is a reply too",
               {.house = true},
               takes_comments_for_replies},
              {"the bridge takes public posts for replies",
               "the bridge takes public posts for replies",
               "What a rep posts publicly in the Case's feed is a reply too",
               {.house = true},
               takes_posts_for_replies},
              {"the bridge's setting {setting:text} is {value:text}",
               R"(the bridge's setting "give_up_after" is "2 h")",
               "By its key, written as there; one that names no world, place or secret",
               {.house = true},
               has_the_value},
              {"the bridge checks every {duration} what it needs",
               "the bridge checks every 1 hour what it needs",
               "By itself, and at its start. Without this sentence only the operator's check does",
               {.house = true},
               checks_itself},
              {"the bridge wants OpenCX's webhooks signed",
               "the bridge wants OpenCX's webhooks signed",
               "One without a signature is refused",
               {.house = true},
               wants_signatures},
              {"the secret of {system}'s webhooks is being changed",
               "the secret of OpenCX's webhooks is being changed",
               "The bridge knows the new one and the old one, and the sender still uses the old one",
               {.house = true},
               secret_is_being_changed},
              {"the old secret of {system}'s webhooks is still known",
               "the old secret of OpenCX's webhooks is still known",
               "The bridge knows the new one, which the sender uses by now, and the old one",
               {.house = true},
               old_secret_is_kept},
              {"the secret of {system}'s webhooks has been changed",
               "the secret of OpenCX's webhooks has been changed",
               "The bridge knows the new one only, and the sender still uses the old one",
               {.house = true},
               secret_has_been_changed},
          }};
}

}  // namespace casewire::scenarios
