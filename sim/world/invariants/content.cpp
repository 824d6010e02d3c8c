#include <set>

#include "base/text/strings.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Content is equal, or visibly cut: a Case opens with the summary that the handoff gave.
std::vector<Find> content_is_equal(const History& history) {
  std::vector<Find> out;
  for (const CaseChange& change : history.cases) {
    // Who opens one by hand, with the mark of our channel, writes what he likes.
    if (change.by_id != history.integration_user_id) continue;
    if (!change.created || string_member(change.fields, "Case_From__c") != "opencx") continue;
    const std::string with = addressee(history, {.entry = change.entry, .place = change.id});
    // Another customer's conversation is none of hers.
    const auto is_hers = [&](const SessionMoment& event) {
      if (event.entry > change.entry) return false;
      const std::string whose = customer_of(history, event.session);
      return whose.empty() || with.empty() || whose == with;
    };
    // Whoever takes a conversation over by hand writes no summary, and the Case may be under way when the AI writes one after all.
    std::set<std::string> handed_off;
    bool is_taken_by_hand = false;
    for (const SessionMoment& event : history.session_events) {
      if (event.type == "handoff" && is_hers(event)) handed_off.insert(event.session);
      const bool is_an_agents_word = is_message(event) && event.sender == "human_agent" && !event.by_bridge;
      const bool is_by_hand = event.type == "agent_took_session_from_ai" || is_an_agents_word;
      if (!is_by_hand || handed_off.contains(event.session)) continue;
      is_taken_by_hand = is_taken_by_hand || is_hers(event);
    }
    if (is_taken_by_hand) continue;
    const std::string description = folded(string_member(change.fields, "Description"));
    const bool faithful =
        std::any_of(history.session_events.begin(), history.session_events.end(), [&](const SessionMoment& event) {
          if (event.type != "handoff" || !is_hers(event)) return false;
          // Over the field's limit it is cut, and what is kept is the beginning.
          return contains(description, event.text) ||
                 (description.size() > 10'000 && event.text.starts_with(description.substr(0, 10'000)));
        });
    if (!faithful) out.push_back({"the Case's description is no handoff's summary", change.entry});
  }
  return out;
}

}  // namespace

const Invariant rows::kContent{.id = "I9",
                               .title = "Content is equal, or visibly cut",
                               .shown = "A Case opens with the summary of a handoff as its description.",
                               .source = "the page: the Case opens with the AI's summary",
                               .make_judge = [] { return Judge(content_is_equal); }};

}  // namespace casewire::sim
