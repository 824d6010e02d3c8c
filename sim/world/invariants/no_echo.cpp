#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// Nothing the bridge wrote is exported back: a message it sends as an agent was written by a rep, and a comment it writes on
// a Case is no rep's reply on the same Case.
std::vector<Find> no_echo(const History& history) {
  std::vector<Find> out;
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.sender != "human_agent") continue;
    for (const Utterance& comment : history.case_comments_by_bridge) {
      const bool by_rep = std::any_of(history.rep_replies.begin(), history.rep_replies.end(),
                                      [&](const Utterance& r) { return contains(event.text, r.text); }) ||
                          std::any_of(history.public_comments.begin(), history.public_comments.end(),
                                      [&](const Utterance& r) { return contains(event.text, r.text); });
      if (!by_rep && comment.entry < event.entry && contains(event.text, comment.text)) {
        out.push_back({"the bridge's own comment " + quoted(comment.text) + " was sent to the customer", event.entry});
      }
    }
  }
  for (const Utterance& comment : history.case_comments_by_bridge) {
    // An agent in the Inbox may say what a rep replied an hour ago, and that belongs on the Case.
    const auto is_said_beside_replies = [&](const std::string& text) {
      const auto said = count_where(history.session_events, [&](const SessionMoment& e) {
        return is_message(e) && e.entry < comment.entry && contains(e.text, text);
      });
      return said > count_where(history.rep_replies,
                                [&](const Utterance& r) { return r.entry < comment.entry && contains(r.text, text); });
    };
    for (const Utterance& reply : history.rep_replies) {
      const bool said_in_inbox = std::any_of(
          history.session_events.begin(), history.session_events.end(),
          [&](const SessionMoment& e) { return is_message(e) && e.entry < reply.entry && contains(e.text, reply.text); });
      if (!said_in_inbox && reply.place == comment.place && reply.entry < comment.entry &&
          reply.text.size() >= kSearchedBytesMin && contains(comment.text, reply.text) && !is_said_beside_replies(reply.text)) {
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
