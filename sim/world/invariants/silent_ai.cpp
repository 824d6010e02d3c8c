#include <set>

#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// The AI is silent between takeover and hand-back.
std::vector<Find> ai_is_silent(const History& history) {
  std::vector<Find> out;
  std::set<std::string> with_person;
  for (const SessionMoment& event : history.session_events) {
    if (event.type == "agent_took_session_from_ai" || (is_message(event) && event.sender == "human_agent")) {
      with_person.insert(event.session);
    }
    if (event.type == "ai_resumed_by_system") with_person.erase(event.session);
    if (is_message(event) && event.sender == "ai" && with_person.contains(event.session)) {
      out.push_back({"the AI answered " + quoted(event.text) + " while a person was on the session", event.entry});
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kSilentAi{
    .id = "I6",
    .title = "The AI is silent while a person is on it",
    .shown =
        "After a human agent's message or a takeover no message of the AI in that session, until it is handed "
        "back.",
    .source = "the page: the AI stays silent while a person has the conversation",
    .make_judge = [] { return Judge(ai_is_silent); }};

}  // namespace casewire::sim
