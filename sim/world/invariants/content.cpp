#include "base/text/strings.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Content is equal, or visibly cut: a Case opens with the summary that the handoff gave.
std::vector<Find> content_is_equal(const History& history) {
  std::vector<Find> out;
  for (const CaseChange& change : history.cases) {
    if (!change.created || string_member(change.fields, "Case_From__c") != "opencx") continue;
    const auto happened = [&](std::string_view type) {
      return std::any_of(history.session_events.begin(), history.session_events.end(),
                         [&](const SessionMoment& event) { return event.type == type && event.entry < change.entry; });
    };
    // Whoever takes a conversation over by hand writes no summary.
    if (!happened("handoff") && happened("agent_took_session_from_ai")) continue;
    const std::string description = folded(string_member(change.fields, "Description"));
    const bool faithful =
        std::any_of(history.session_events.begin(), history.session_events.end(), [&](const SessionMoment& event) {
          if (event.type != "handoff" || event.entry > change.entry) return false;
          // Another customer's summary is none of hers.
          const std::string whose = customer_of(history, event.session);
          const std::string with = addressee(history, {.entry = change.entry, .place = change.id});
          if (!whose.empty() && !with.empty() && whose != with) return false;
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
