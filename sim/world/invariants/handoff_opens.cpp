#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

bool has_case_for(const History& history, const std::set<std::string>& hers, std::uint64_t handoff) {
  return std::any_of(hers.begin(), hers.end(), [&](const std::string& id) {
    const CaseStory& story = history.case_stories.at(id);
    const auto opens_later = [&](const auto& change) { return change.first > handoff && change.second; };
    return story.is_open_at(handoff) || std::any_of(story.is_open_from.begin(), story.is_open_from.end(), opens_later);
  });
}

std::vector<Find> each_handoff_has_a_case(const History& history) {
  std::vector<Find> out;
  if (is_visibly_parked(history)) return out;
  for (const SessionMoment& event : history.session_events) {
    const std::string customer = is_handoff(event) ? customer_of(history, event.session) : std::string();
    if (customer.empty()) continue;
    const auto hers = history.cases_of(customer);
    if (!has_case_for(history, hers, event.entry)) {
      out.push_back({"the handoff of " + customer + "'s conversation has no Case", event.entry});
      continue;
    }
    std::vector<const std::string*> texts;
    for (const CaseText* text : texts_on(history, hers)) texts.push_back(&text->text);
    // Over the field's limit it is cut, and what is kept is the beginning.
    if (!event.text.empty() && !is_said_in(texts, event.text.substr(0, 10'000))) {
      out.push_back({"the summary " + quoted(event.text) + " stands on no Case of " + customer, event.entry});
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kHandoffOpens{
    .id = "I11",
    .title = "Every handoff has a Case",
    .shown =
        "For each handoff, and each conversation that somebody takes in the Inbox, there is a Case of that customer that was "
        "open then or was opened after it, and the summary stands on a Case of hers; or something is parked.",
    .source = "the page: a handoff opens a Case",
    .is_awaited = true,
    .make_judge = [] { return Judge(each_handoff_has_a_case); }};

}  // namespace casewire::sim
