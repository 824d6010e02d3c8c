#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// The sessions that belong to the Case before that entry: they name it, or she wrote into them while it was open.
std::set<std::string> sessions_on(const History& history, const std::string& case_id, std::uint64_t before) {
  std::set<std::string> sessions;
  for (const auto& [session, named] : history.cases_of_session) {
    const auto from = named.find(case_id);
    if (from != named.end() && from->second < before) sessions.insert(session);
  }
  const auto story = history.case_stories.find(case_id);
  if (story == history.case_stories.end()) return sessions;
  for (const SessionMoment& event : history.session_events) {
    if (is_message(event) && event.sender == "contact" && story->second.is_open_at(event.entry)) sessions.insert(event.session);
  }
  return sessions;
}

std::vector<Find> replies_go_where_she_spoke_last(const History& history) {
  std::vector<Find> out;
  for (const Utterance& reply : history.rep_replies) {
    const std::string to = addressee(history, reply);
    // With a second Case other conversations of hers belong elsewhere.
    if (to.empty() || reply.text.size() < kSearchedBytesMin || history.cases_of(to).size() != 1) continue;
    const auto on_case = sessions_on(history, reply.place, reply.entry);
    const SessionMoment* spoke = nullptr;
    std::set<std::string> sessions;  // where she spoke last when it was written, or since
    for (const SessionMoment& event : history.session_events) {
      if (is_message(event) && event.sender == "contact" && on_case.contains(event.session) &&
          customer_of(history, event.session) == to) {
        if (event.entry > reply.entry || spoke == nullptr || event.at > spoke->at) {
          if (event.entry < reply.entry) sessions.clear();
          spoke = &event;
        }
        // Of what came in one moment nobody can tell which was last.
        sessions.insert(event.session);
      }
      if (event.entry < reply.entry || !event.by_bridge || event.sender != "human_agent" || !says(event.text, reply.text))
        continue;
      // Whoever was down, or could not read, may not have known of it.
      if (history.disturbed_at && *history.disturbed_at <= event.at) break;
      if (customer_of(history, event.session) == to && !sessions.empty() && !sessions.contains(event.session)) {
        out.push_back({"the reply " + quoted(reply.text) + " went into another conversation than where " + to + " spoke last",
                       event.entry});
      }
      break;
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kRightConversation{
    .id = "I16",
    .title = "A reply goes where she spoke last",
    .shown =
        "What the bridge sends of a rep's reply goes into the session of the Case in which the customer's last message stood when it was written, "
        "or a later one. Not judged while she has a second Case, nor after a fault.",
    .source = "the page: the reply continues the conversation",
    .make_judge = [] { return Judge(replies_go_where_she_spoke_last); }};

}  // namespace casewire::sim
