#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

bool is_said_by_rep(const History& history, const std::string& text) {
  const auto says_it = [&](const Utterance& said) { return contains(text, said.text); };
  return std::any_of(history.rep_replies.begin(), history.rep_replies.end(), says_it) ||
         std::any_of(history.public_comments.begin(), history.public_comments.end(), says_it);
}

/// How often the conversations say it before that entry.
std::size_t times_in_conversations(const History& history, const std::string& text, std::uint64_t before) {
  return count_where(history.session_events,
                     [&](const SessionMoment& e) { return is_message(e) && e.entry < before && contains(e.text, text); });
}

/// An agent in the Inbox may say what a rep replied an hour ago, and that belongs on the Case.
bool is_said_beside_replies(const History& history, const Utterance& comment, const std::string& text) {
  return times_in_conversations(history, text, comment.entry) >
         count_where(history.rep_replies, [&](const Utterance& r) { return r.entry < comment.entry && contains(r.text, text); });
}

// Nothing the bridge wrote is exported back: a message it sends as an agent was written by a rep, and a comment it writes on
// a Case is no rep's reply on the same Case. What is asked of every pair comes first, and what reads the whole history last: a long
// one has thousands of each.
std::vector<Find> no_echo(const History& history) {
  std::vector<Find> out;
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.sender != "human_agent" || is_said_by_rep(history, event.text)) continue;
    for (const Utterance& comment : history.case_comments_by_bridge) {
      if (comment.entry < event.entry && contains(event.text, comment.text)) {
        out.push_back({"the bridge's own comment " + quoted(comment.text) + " was sent to the customer", event.entry});
      }
    }
  }
  for (const Utterance& comment : history.case_comments_by_bridge) {
    for (const Utterance& reply : history.rep_replies) {
      if (reply.place == comment.place && reply.entry < comment.entry && reply.text.size() >= kSearchedBytesMin &&
          contains(comment.text, reply.text) && times_in_conversations(history, reply.text, reply.entry) == 0 &&
          !is_said_beside_replies(history, comment, reply.text)) {
        out.push_back({"the rep's reply " + quoted(reply.text) + " came back to the Case as a comment", comment.entry});
      }
    }
  }
  return out;
}

}  // namespace

const Invariant rows::kNoEcho{
    .id = "I8",
    .title = "No echo",
    .shown =
        "What the bridge wrote on the Case is not sent to the customer; what a rep replied does not come back to "
        "the Case as a comment, unless somebody else said it in the conversation, too.",
    .source = "every reader expects it",
    .make_judge = [] { return Judge(no_echo); }};

}  // namespace casewire::sim
