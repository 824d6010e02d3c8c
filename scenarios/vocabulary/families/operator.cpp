// What whoever runs the bridge does with its commands, and what they answer: docs/bridge.md, "Commands for a bridge that runs".

#include "base/text/strings.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/runner/bridge_settings_file.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

constexpr std::string_view kCase = "case:", kShortCase = "short-case:", kSession = "session:";
constexpr std::size_t kShortId = 15;

/// `case:A` and `session:Dana` are jobs by the script's names: that Case, and the conversation in which she spoke last. `short-case:A` is
/// the Case by its 15 characters, as the pages of Salesforce Classic and reports show it.
std::string job_named(Stage& stage, std::string_view word) {
  if (word.starts_with(kShortCase) && stage.cases().contains(std::string(word.substr(kShortCase.size()))))
    return std::string(kCase) + stage.case_id(std::string(word.substr(kShortCase.size()))).substr(0, kShortId);
  if (word.starts_with(kCase) && stage.cases().contains(std::string(word.substr(kCase.size()))))
    return std::string(kCase) + stage.case_id(std::string(word.substr(kCase.size())));
  if (word.starts_with(kSession) && stage.staging().customers.contains(std::string(word.substr(kSession.size())))) {
    if (const auto session = conversation_of(stage, std::string(word.substr(kSession.size()))))
      return std::string(kSession) + session->id;
  }
  return std::string(word);
}

std::vector<std::string> words_of(Stage& stage, const std::string& command) {
  std::vector<std::string> words;
  for (const auto word : split(command, ' ')) {
    if (!word.empty()) words.push_back(job_named(stage, word));
  }
  return words;
}

Played runs(Stage& stage, const Action& action) {
  const auto words = words_of(stage, action.text("command"));
  const bool is_in_vain = action.says("in vain");
  // What is refused changes nothing, and a recording need not tell of it.
  if (!is_in_vain) stage.world().note_operator(BridgeFate::What::operated, words);
  const auto said = stage.ring().operate(words);
  if (is_in_vain) {
    if (said)
      return Played::failed("a refusal of \"casewire-bridge " + action.text("command") + "\"", std::string(trimmed(*said)));
    stage.operator_reads(said.error());
    return {};
  }
  if (!said) return Played::failed("an answer to \"casewire-bridge " + action.text("command") + "\"", said.error());
  stage.operator_reads(std::string(trimmed(*said)));
  return {};
}

Played looks_at(Stage& stage, const Action& action) {
  const auto answer = stage.ring().look_at(action.text("path"));
  if (!answer) return Played::failed("an answer to GET " + action.text("path"), answer.error());
  stage.operator_reads(std::string(trimmed(*answer)));
  return {};
}

Played changes_setting(Stage& stage, const Action& action) {
  const auto variable = setting_of_a_script(action.text("setting"), action.text("value"));
  if (!variable) return Played::failed(variable.error(), shown(action.text("setting") + ": " + action.text("value")));
  if (const auto changed = stage.ring().change_setting(*variable, action.text("value")); !changed)
    return Played::failed("the bridge reads its settings again", changed.error());
  return {};
}

Played gives_new_key(Stage& stage, const Action&) {
  const auto changed = stage.ring().change_setting("OPENCX_API_KEY", stage.staging().credentials.opencx_api_key_to_come);
  return changed ? Played{} : Played::failed("the bridge reads its settings again", changed.error());
}

Played reads(Stage& stage, const Action& action) {
  const auto& text = stage.operator_has_read();
  if (holds_text(text, action.text("text"))) return {};
  return Played::failed(shown(action.text("text")), text);
}

Played does_not_read(Stage& stage, const Action& action) {
  const auto& text = stage.operator_has_read();
  if (!gives_away(text, action.text("text"))) return {};
  return Played::failed("nothing that says " + shown(action.text("text")), text);
}

}  // namespace

Family operator_sentences() {
  return {
      Group::deed,
      "What the operator does",
      {
          {"the operator runs {command:text} [in vain]",
           R"(the operator runs "check")",
           "A command for a bridge that runs (docs/bridge.md): status, check, parked list and the like. `case:A` and `session:Dana` name jobs. In vain: it refuses, and says why",
           {.excludes = {{Fact::bridge_down}}, .makes = {{Fact::operator_asked}}, .house = true},
           runs},
          {"the operator looks at {path:text}",
           R"(the operator looks at "/readyz")",
           "What the bridge says at that path to whoever watches over it: the status, and the body",
           {.excludes = {{Fact::bridge_down}}, .makes = {{Fact::operator_asked}}, .house = true},
           looks_at},
          {"the operator changes the setting {setting:text} to {value:text}",
           R"(the operator changes the setting "give_up_after" to "2 h")",
           "In the settings' file of the bridge that runs, and has it read that again (SIGHUP)",
           {.excludes = {{Fact::bridge_down}}, .house = true},
           changes_setting},
          {"the operator gives the bridge OpenCX's new API key",
           "the operator gives the bridge OpenCX's new API key",
           "While it runs, as with every setting that is changed: after the key was replaced",
           {.excludes = {{Fact::bridge_down}}, .house = true},
           gives_new_key},
      }};
}

Family operator_checks() {
  const Traits traits{.needs = {{Fact::operator_asked}}, .house = true};
  return {Group::check,
          "What the operator reads",
          {
              {"the operator reads {text}", R"(the operator reads "ok            opencx answers")",
               "In the answer to the last command; how many blanks stand between words does not count", traits, reads},
              {"the operator does not read {text}", R"(the operator does not read "wrong")",
               "Nowhere in the answer to the last command", traits, does_not_read},
          }};
}

}  // namespace casewire::scenarios
