#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

/// Where a text came out.
struct Appearance {
  std::uint64_t entry = 0;
  std::string customer;  ///< who reads it there; may be empty
};

// Somebody said it openly before it came out: on the comment's own Case, or to the very customer who reads it.
bool was_said_openly(const History& history, const Utterance& comment, const Appearance& at) {
  const auto holds = [&](const Utterance& open) {
    if (open.entry > at.entry || !contains(open.text, comment.text)) return false;
    return open.place == comment.place || (!at.customer.empty() && addressee(history, open) == at.customer);
  };
  // What she wrote herself, or the AI told her, a rep may note, and she may be reminded of.
  const auto was_hers = [&](const SessionMoment& said) {
    return is_message(said) && (said.sender == "contact" || said.sender == "ai") && said.entry < at.entry &&
           customer_of(history, said.session) == at.customer && contains(said.text, comment.text);
  };
  const auto is_from_her = [&](const Mail& mail) {
    return mail.from == at.customer && mail.entry < at.entry && contains(mail.text, comment.text);
  };
  if (!at.customer.empty() && (std::any_of(history.session_events.begin(), history.session_events.end(), was_hers) ||
                               std::any_of(history.mails.begin(), history.mails.end(), is_from_her)))
    return true;
  return std::any_of(history.rep_replies.begin(), history.rep_replies.end(), holds) ||
         std::any_of(history.public_comments.begin(), history.public_comments.end(), holds);
}

// What reps write for themselves never leaves.
void internal_stays_internal(const History& history, std::vector<Find>& out) {
  for (const Utterance& comment : history.internal_comments) {
    if (comment.text.size() < kSearchedBytesMin) continue;
    for (const Mail& mail : history.mails) {
      if (mail.entry > comment.entry && !history.customer_addresses.contains(mail.from) && contains(mail.text, comment.text) &&
          !was_said_openly(history, comment, {mail.entry, mail.to})) {
        out.push_back({"the internal comment " + quoted(comment.text) + " left the org by mail", mail.entry});
      }
    }
    for (const SessionMoment& event : history.session_events) {
      if (event.entry < comment.entry || event.sender != "human_agent" || !contains(event.text, comment.text)) continue;
      const auto customer = history.customer_of_session.find(event.session);
      if (!was_said_openly(history, comment,
                           {event.entry, customer == history.customer_of_session.end() ? std::string() : customer->second})) {
        out.push_back({"the internal comment " + quoted(comment.text) + " was sent into the session", event.entry});
      }
    }
  }
}

// What is replied to one customer reaches no other.
void replies_reach_nobody_else(const History& history, std::vector<Find>& out) {
  for (const Mail& mail : history.mails) {
    if (!is_outbound(history, mail)) continue;
    const auto is_told_here = [&](const Utterance& said) {
      return said.entry < mail.entry && said.text.size() >= kSearchedBytesMin && contains(mail.text, said.text);
    };
    const auto is_hers = [&](const Utterance& said) { return is_told_here(said) && addressee(history, said) == mail.to; };
    const SessionMoment* own = own_words_of_opencx(history, mail);
    const auto is_strangers = [&](const Utterance& reply) {
      const std::string to = addressee(history, reply);
      // Short words such as "Yes." are said to many.
      return is_told_here(reply) && !to.empty() && to != mail.to && !(own && contains(own->text, reply.text));
    };
    const auto strangers = std::find_if(history.rep_replies.begin(), history.rep_replies.end(), is_strangers);
    if (strangers == history.rep_replies.end()) continue;
    if (std::any_of(history.rep_replies.begin(), history.rep_replies.end(), is_hers) ||
        std::any_of(history.public_comments.begin(), history.public_comments.end(), is_hers))
      continue;
    out.push_back(
        {"the reply " + quoted(strangers->text) + " to " + addressee(history, *strangers) + " went to " + mail.to, mail.entry});
  }
}

std::vector<Find> what_leaves(const History& history) {
  std::vector<Find> out;
  internal_stays_internal(history, out);
  replies_reach_nobody_else(history, out);
  return out;
}

}  // namespace

const Invariant rows::kInternalText{
    .id = "I7",
    .title = "Internal text never leaves",
    .shown =
        "The text of an unpublished comment stands in no mail to anyone and in no agent message, unless somebody "
        "had said it openly before, on the same Case or to the same customer, or she wrote it herself. A rep's reply on one customer's Case"
        " is mailed to no other customer, unless the other customer was sent the same words by the AI, by an agent"
        " in the Inbox, or by a rep on the other Case.",
    .source = "the page: internal comments stay internal",
    .make_judge = [] { return Judge(what_leaves); }};

}  // namespace casewire::sim
