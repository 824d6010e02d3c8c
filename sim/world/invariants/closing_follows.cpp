#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

struct Conversation {
  bool is_open = true;
  std::uint64_t heard = 0;     ///< the contact's last message
  std::uint64_t reopened = 0;  ///< by somebody in the Inbox
};

std::map<std::string, Conversation> conversations(const History& history) {
  std::map<std::string, Conversation> all;
  for (const SessionMoment& event : history.session_events) {
    Conversation& conversation = all[event.session];
    if (is_message(event) && event.sender == "contact") conversation.heard = event.entry;
    if (event.type == "agent_reopened_session") conversation.reopened = event.entry;
    if (is_message(event) || contains(event.type, "reopen")) conversation.is_open = true;
    if (event.type.starts_with("closed_") || contains(event.type, "closed_session")) conversation.is_open = false;
  }
  return all;
}

std::vector<Find> closing_is_carried_over(const History& history) {
  std::vector<Find> out;
  if (!history.bridge_is_ours || is_visibly_parked(history)) return out;
  const auto sessions = conversations(history);
  for (const auto& [session, link] : history.link_of_session) {
    const auto story = history.case_stories.find(link.case_id);
    const auto known = sessions.find(session);
    if (story == history.case_stories.end() || known == sessions.end() || story->second.is_gone) continue;
    const auto& [changed, opened] = story->second.is_open_from.back();
    // What she writes to a closed Case may be for the AI.
    if (opened || known->second.heard > changed || !known->second.is_open) continue;
    if (known->second.reopened > changed) continue;
    // One that joined the closed Case later, as the AI keeps it, is the AI's.
    if (link.entry > changed) continue;
    out.push_back({"the Case " + link.case_id + " was closed, and its conversation is still open", changed});
  }
  return out;
}

}  // namespace

const Invariant rows::kClosingFollows{
    .id = "I19",
    .title = "A closed Case closes its conversation",
    .shown =
        "With our own bridge the session that named a Case when it was closed is closed in the end, unless the customer has written into it since or somebody has opened it again in the Inbox.",
    .source = "this house",
    .is_awaited = true,
    .make_judge = [] { return Judge(closing_is_carried_over); }};

}  // namespace casewire::sim
