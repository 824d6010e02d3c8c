#include "base/text/strings.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// `Dana: Where is it?`
bool has_a_label(const std::string& text, const std::string& words) {
  const std::size_t at = text.find(words);
  return at != std::string::npos && trimmed(std::string_view(text).substr(0, at)).ends_with(':');
}

/// Where it stands on a Case, what comes before it tells whose words they are.
bool names_the_speaker(const std::string& text, const SessionMoment& said) {
  const std::string all = lowercase(text);
  const auto has = [&](std::string_view word) { return !word.empty() && all.find(word) != std::string::npos; };
  if (has(lowercase(said.name)) || has(said.customer)) return true;
  if (said.sender == "contact") {
    // Of a customer's material it may not be known what she is called: then any name may be hers.
    const bool may_be_her_name = said.name.empty() && has_a_label(text, said.text);
    return may_be_her_name || has("customer") || has("contact") || has("user") || has("client") || has("sender");
  }
  if (said.sender == "ai") return has("ai") || has("assistant") || has("bot") || has("opencx");
  return has("agent") || has("support");
}

std::vector<Find> each_message_stands(const History& history) {
  std::vector<Find> out;
  if (is_visibly_parked(history)) return out;
  std::map<std::string, std::vector<const CaseText*>> texts_of;
  for (const SessionMoment* said : owed_to_cases(history)) {
    if (said->text.empty()) continue;
    const std::string customer = customer_of(history, said->session);
    const auto [texts, is_new] = texts_of.try_emplace(customer);
    if (is_new) texts->second = texts_on(history, history.cases_of(customer));
    std::vector<const std::string*> all;
    bool is_named = false;
    for (const CaseText* text : texts->second) {
      all.push_back(&text->text);
      is_named = is_named || (says(text->text, said->text) && names_the_speaker(text->text, *said));
    }
    const std::string what = (said->sender == "contact" ? "the customer's message " : "the message ") + quoted(said->text);
    if (!is_said_in(all, said->text)) {
      out.push_back({what + " stands on no Case of " + customer, said->entry});
    } else if (!is_named && std::any_of(all.begin(), all.end(), [&](const auto* text) { return says(*text, said->text); })) {
      out.push_back({what + " stands on a Case without who said it", said->entry});
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kMessageStands{
    .id = "I12",
    .title = "What was said reaches the Case",
    .shown =
        "Each message of a conversation before it is handed off, and each that a customer writes while a Case of hers is "
        "open, stands on a Case of hers with who said it, by whatever row: description, comment, mail, in parts too; or something is parked.",
    .source = "the page: the Case holds the conversation, and what she writes before it is closed",
    .is_awaited = true,
    .make_judge = [] { return Judge(each_message_stands); }};

}  // namespace casewire::sim
