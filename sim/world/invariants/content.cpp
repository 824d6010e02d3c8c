#include <set>

#include "base/text/strings.hpp"
#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// Whoever cuts a summary keeps this much of it.
constexpr std::size_t kKeptBytesMin = 10'000;

/// The customer whose Case it is; empty where nobody's, or several's.
std::string whose_case(const History& history, const CaseChange& opened) {
  std::string whose = addressee(history, {.entry = opened.entry, .place = opened.id});
  if (!whose.empty()) return whose;
  for (const std::string& customer : history.customer_addresses) {
    if (!history.cases_of(customer).contains(opened.id)) continue;
    if (!whose.empty()) return {};
    whose = customer;
  }
  return whose;
}

/// It stood on an earlier Case of hers when this one was opened.
bool stands_on_an_earlier_case(const History& history, const SessionMoment& handoff, const CaseChange& opened,
                               const std::set<std::string>& hers) {
  return std::any_of(history.texts_by_bridge.begin(), history.texts_by_bridge.end(), [&](const CaseText& text) {
    return text.entry < opened.entry && hers.contains(text.case_id) && says(text.text, handoff.text);
  });
}

// Content is equal, or visibly cut: a Case opens with the summary that the handoff gave.
std::vector<Find> content_is_equal(const History& history) {
  std::vector<Find> out;
  for (const CaseChange& change : history.cases) {
    // Who opens one by hand, with the mark of our channel, writes what he likes.
    if (change.by_id != history.integration_user_id) continue;
    if (!change.created || string_member(change.fields, "Case_From__c") != "opencx") continue;
    const std::string with = whose_case(history, change);
    const std::set<std::string> hers = history.bridge_is_ours ? std::set<std::string>() : history.cases_of(with);
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
    bool is_faithful = false, has_handoff = false, has_news = false;
    for (const SessionMoment& event : history.session_events) {
      if (event.type != "handoff" || !is_hers(event)) continue;
      // Over the field's limit it is cut, and what is kept is the beginning.
      is_faithful = is_faithful || contains(description, event.text.substr(0, kKeptBytesMin));
      has_handoff = true;
      has_news = has_news || !stands_on_an_earlier_case(history, event, change, hers);
    }
    // No handoff has opened it, but what she wrote after the close of another: what such a Case holds no page says. Ours says it again.
    const bool is_a_follow_up = !history.bridge_is_ours && has_handoff && !has_news;
    if (!is_faithful && !is_a_follow_up) out.push_back({"the Case's description is no handoff's summary", change.entry});
  }
  return out;
}

}  // namespace

const Invariant rows::kContent{
    .id = "I9",
    .title = "Content is equal, or visibly cut",
    .shown =
        "A Case opens with the summary of a handoff in its description. Not meant, of another bridge: one that is opened when each summary of hers stands on an earlier Case.",
    .source = "the page: the Case opens with the AI's summary",
    .make_judge = [] { return Judge(content_is_equal); }};

}  // namespace casewire::sim
