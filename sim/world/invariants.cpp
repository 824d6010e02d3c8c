#include "sim/world/invariants.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "sim/world/history.hpp"

namespace casewire::sim {
namespace {

using Violations = std::vector<Violation>;

/// A shorter text stands in other texts by chance.
constexpr std::size_t kSearchedBytesMin = 4;

/// Enough of a text to recognise it in a report.
std::string quoted(const std::string& text) {
  const std::string_view head = prefix_of_characters(text, 60);
  return "\"" + std::string(head) + (head.size() < text.size() ? "...\"" : "\"");
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Range, class Holds>
std::size_t count_where(const Range& range, Holds holds) {
  return static_cast<std::size_t>(std::count_if(range.begin(), range.end(), holds));
}

bool is_message(const SessionMoment& event) { return event.type == "message" || event.type == "agent_message"; }

/// A mail that the support side sent to a customer, and that arrived.
bool is_outbound(const History& history, const Mail& mail) {
  return mail.accepted && history.customer_addresses.contains(mail.to) && !history.customer_addresses.contains(mail.from);
}

/// Whom each Case of this channel is with, by Case id: her address; of a Case without one, the Contact's id.
std::map<std::string, std::string> contacts_of_cases(const History& history) {
  std::map<std::string, std::string> contacts;
  for (const CaseChange& change : history.cases) {
    if (!change.created) continue;
    const std::string address = lowercase(string_member(change.fields, "SuppliedEmail"));
    contacts[change.id] = address.empty() ? string_member(change.fields, "ContactId") : address;
  }
  return contacts;
}

/// The customer a reply on this Case is meant for; empty when the journal does not tell.
std::string addressee(const History& history, const std::map<std::string, std::string>& contacts, const Utterance& reply) {
  const auto contact = contacts.find(reply.place);
  return contact != contacts.end() && history.customer_addresses.contains(contact->second) ? contact->second : std::string();
}

/// What the AI, or an agent in the Inbox, wrote and this mail brings; nullptr when it brings what the bridge sent, or nobody knows.
const SessionMoment* own_words_of_opencx(const History& history, const Mail& mail) {
  const auto event = std::find_if(history.session_events.begin(), history.session_events.end(), [&](const SessionMoment& e) {
    return e.entry == mail.cause && is_message(e) && !e.by_bridge && (e.sender == "ai" || e.sender == "human_agent");
  });
  return event == history.session_events.end() ? nullptr : &*event;
}

// I1: every public reply of a rep reaches the customer it was written to, as often as it was written.
void no_reply_is_lost(const History& history, Violations& out) {
  const auto contacts = contacts_of_cases(history);
  std::map<std::pair<std::string, std::string>, std::size_t> written;
  for (const Utterance& reply : history.rep_replies) {
    const std::string to = addressee(history, contacts, reply);
    const std::size_t wanted = ++written[{to, reply.text}];
    const auto first = std::find_if(history.rep_replies.begin(), history.rep_replies.end(), [&](const Utterance& same) {
      return same.text == reply.text && addressee(history, contacts, same) == to;
    });
    std::set<std::string> arrived;
    for (const Mail& mail : history.mails) {
      const bool is_hers = to.empty() || mail.to == to;
      if (mail.entry > first->entry && is_hers && is_outbound(history, mail) && contains(mail.text, reply.text)) {
        arrived.insert(mail.message_id);
      }
    }
    if (arrived.size() < wanted) {
      const auto times = [](std::size_t count) { return count == 1 ? std::string("once") : std::to_string(count) + " times"; };
      const std::string reached = arrived.empty()
                                      ? " never reached the customer"
                                      : " was written " + times(wanted) + " and reached the customer " + times(arrived.size());
      out.push_back({"I1", "the rep's reply " + quoted(reply.text) + reached, reply.entry});
    }
  }
}

// I2: nothing is doubled, towards the customer or on a Case.
void nothing_is_doubled(const History& history, Violations& out) {
  const auto contacts = contacts_of_cases(history);
  std::set<std::pair<std::string, std::string>> seen;
  for (const Utterance& reply : history.rep_replies) {
    const std::string to = addressee(history, contacts, reply);
    if (reply.text.empty() || !seen.insert({to, reply.text}).second) continue;
    const auto written = count_where(history.rep_replies, [&](const Utterance& r) {
      const std::string hers = addressee(history, contacts, r);
      return contains(r.text, reply.text) && (to.empty() || hers.empty() || hers == to);
    });
    std::set<std::string> ids;
    std::optional<std::uint64_t> one_too_many;
    for (const Mail& mail : history.mails) {
      if (!is_outbound(history, mail) || mail.entry < reply.entry || !contains(mail.text, reply.text)) continue;
      if (!to.empty() && mail.to != to) continue;  // I7 judges that
      // Short words such as "Yes." are said again.
      if (const auto* own = own_words_of_opencx(history, mail); own && contains(own->text, reply.text)) continue;
      // The same mail delivered again (its sender saw no answer) is one mail to every mailbox.
      if (ids.insert(mail.message_id).second && ids.size() > written && !one_too_many) one_too_many = mail.entry;
    }
    if (one_too_many)
      out.push_back({"I2", "the customer got the reply " + quoted(reply.text) + " more than once", *one_too_many});
  }

  std::map<std::pair<std::string, std::string>, std::size_t> times;
  for (const Utterance& comment : history.case_comments_by_bridge) {
    const std::size_t count = ++times[{comment.place, comment.text}];
    if (count < 2) continue;
    out.push_back(
        {"I2", "the Case has the comment " + quoted(comment.text) + " " + std::to_string(count) + " times", comment.entry});
  }
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.sender != "contact" || event.text.size() < kSearchedBytesMin) continue;
    std::map<std::string, std::size_t> on_case;
    const auto said = count_where(history.session_events, [&](const SessionMoment& e) { return contains(e.text, event.text); });
    for (const Utterance& comment : history.case_comments_by_bridge) {
      if (!contains(comment.text, event.text) || ++on_case[comment.place] <= said) continue;
      const bool known = std::any_of(out.begin(), out.end(), [&](const Violation& v) { return v.entry == comment.entry; });
      if (!known)
        out.push_back(
            {"I2", "the customer's message " + quoted(event.text) + " stands on the Case more than once", comment.entry});
    }
  }
}

// I3: at most one open Case per contact of this channel.
void one_open_case(const History& history, Violations& out) {
  const auto contacts = contacts_of_cases(history);
  std::set<std::string> of_this_channel;
  std::map<std::string, std::set<std::string>> open;
  for (const CaseChange& change : history.cases) {
    if (change.created && string_member(change.fields, "Case_From__c") == "opencx") of_this_channel.insert(change.id);
    const auto contact = contacts.find(change.id);
    if (!of_this_channel.contains(change.id) || contact == contacts.end() || contact->second.empty()) continue;
    std::set<std::string>& hers = open[contact->second];
    const Json& closed = member(change.fields, "IsClosed");
    if (closed.is_boolean() && closed.get<bool>()) {
      hers.erase(change.id);
    } else if (change.created || closed.is_boolean()) {
      const bool opens = hers.insert(change.id).second;
      // A person may reopen a Case beside a newer one; the bridge may not.
      if (opens && hers.size() > 1 && (change.created || change.by_id == history.integration_user_id)) {
        out.push_back(
            {"I3", "the contact " + contact->second + " now has " + std::to_string(hers.size()) + " open Cases", change.entry});
      }
    }
  }
}

// I4: a rep's replies on one Case arrive in the order in which they were written.
void order_is_kept(const History& history, Violations& out) {
  std::map<std::string, std::uint64_t> last_on_case;
  for (const Utterance& reply : history.rep_replies) {
    const auto mail = std::find_if(history.mails.begin(), history.mails.end(), [&](const Mail& m) {
      return m.entry > reply.entry && is_outbound(history, m) && contains(m.text, reply.text);
    });
    if (mail == history.mails.end()) continue;
    std::uint64_t& last = last_on_case[reply.place];
    if (mail->entry < last) out.push_back({"I4", "the reply " + quoted(reply.text) + " overtook an earlier one", mail->entry});
    last = std::max(last, mail->entry);
  }
}

// I5: one thread, one From address: each mail to the customer answers a mail of hers or one she got, from the address she wrote to.
void one_thread_one_from(const History& history, Violations& out) {
  std::map<std::string, std::string> support_address_of_thread;  // by message id: whom the thread was opened with
  for (const Mail& mail : history.mails) {
    if (!mail.accepted) continue;
    if (history.customer_addresses.contains(mail.from)) {
      const auto known = support_address_of_thread.find(mail.in_reply_to);
      support_address_of_thread[mail.message_id] = known == support_address_of_thread.end() ? mail.to : known->second;
      continue;
    }
    if (!is_outbound(history, mail)) continue;
    const auto thread = support_address_of_thread.find(mail.in_reply_to);
    if (thread == support_address_of_thread.end()) {
      out.push_back({"I5", "the mail " + quoted(mail.subject) + " to " + mail.to + " answers no mail of its thread", mail.entry});
      continue;
    }
    if (mail.from != thread->second) {
      out.push_back({"I5", "the thread with " + thread->second + " was continued from " + mail.from, mail.entry});
    }
    support_address_of_thread[mail.message_id] = thread->second;
  }
}

// I6: the AI is silent between takeover and hand-back.
void ai_is_silent(const History& history, Violations& out) {
  std::set<std::string> with_person;
  for (const SessionMoment& event : history.session_events) {
    if (event.type == "agent_took_session_from_ai" || (is_message(event) && event.sender == "human_agent")) {
      with_person.insert(event.session);
    }
    if (event.type == "ai_resumed_by_system") with_person.erase(event.session);
    if (is_message(event) && event.sender == "ai" && with_person.contains(event.session)) {
      out.push_back({"I6", "the AI answered " + quoted(event.text) + " while a person was on the session", event.entry});
    }
  }
}

/// Whom each session is with, by session id: her address, as far as she wrote into it by mail.
std::map<std::string, std::string> customers_of_sessions(const History& history) {
  std::map<std::string, std::string> customers;
  for (const SessionMoment& event : history.session_events) {
    if (event.sender == "contact" && !event.customer.empty()) customers[event.session] = event.customer;
  }
  return customers;
}

/// Where a text came out.
struct Appearance {
  std::uint64_t entry = 0;
  std::string customer;  ///< who reads it there; may be empty
};

// Somebody said it openly before it came out: on the comment's own Case, or to the very customer who reads it.
bool was_said_openly(const History& history, const std::map<std::string, std::string>& contacts, const Utterance& comment,
                     const Appearance& at) {
  const auto holds = [&](const Utterance& open) {
    if (open.entry > at.entry || !contains(open.text, comment.text)) return false;
    return open.place == comment.place || (!at.customer.empty() && addressee(history, contacts, open) == at.customer);
  };
  return std::any_of(history.rep_replies.begin(), history.rep_replies.end(), holds) ||
         std::any_of(history.public_comments.begin(), history.public_comments.end(), holds);
}

// I7: what reps write for themselves never leaves.
void internal_stays_internal(const History& history, Violations& out) {
  const auto contacts = contacts_of_cases(history);
  const auto customers = customers_of_sessions(history);
  for (const Utterance& comment : history.internal_comments) {
    if (comment.text.size() < kSearchedBytesMin) continue;
    for (const Mail& mail : history.mails) {
      if (mail.entry > comment.entry && !history.customer_addresses.contains(mail.from) && contains(mail.text, comment.text) &&
          !was_said_openly(history, contacts, comment, {mail.entry, mail.to})) {
        out.push_back({"I7", "the internal comment " + quoted(comment.text) + " left the org by mail", mail.entry});
      }
    }
    for (const SessionMoment& event : history.session_events) {
      if (event.entry < comment.entry || event.sender != "human_agent" || !contains(event.text, comment.text)) continue;
      const auto customer = customers.find(event.session);
      if (!was_said_openly(history, contacts, comment,
                           {event.entry, customer == customers.end() ? std::string() : customer->second})) {
        out.push_back({"I7", "the internal comment " + quoted(comment.text) + " was sent into the session", event.entry});
      }
    }
  }
}

// I7: what is replied to one customer reaches no other.
void replies_reach_nobody_else(const History& history, Violations& out) {
  const auto contacts = contacts_of_cases(history);
  for (const Mail& mail : history.mails) {
    if (!is_outbound(history, mail)) continue;
    const auto is_told_here = [&](const Utterance& said) {
      return said.entry < mail.entry && said.text.size() >= kSearchedBytesMin && contains(mail.text, said.text);
    };
    const auto is_hers = [&](const Utterance& said) {
      return is_told_here(said) && addressee(history, contacts, said) == mail.to;
    };
    const SessionMoment* own = own_words_of_opencx(history, mail);
    const auto is_strangers = [&](const Utterance& reply) {
      const std::string to = addressee(history, contacts, reply);
      // Short words such as "Yes." are said to many.
      return is_told_here(reply) && !to.empty() && to != mail.to && !(own && contains(own->text, reply.text));
    };
    const auto strangers = std::find_if(history.rep_replies.begin(), history.rep_replies.end(), is_strangers);
    if (strangers == history.rep_replies.end()) continue;
    if (std::any_of(history.rep_replies.begin(), history.rep_replies.end(), is_hers) ||
        std::any_of(history.public_comments.begin(), history.public_comments.end(), is_hers))
      continue;
    out.push_back(
        {"I7", "the reply " + quoted(strangers->text) + " to " + addressee(history, contacts, *strangers) + " went to " + mail.to,
         mail.entry});
  }
}

// I8: nothing the bridge wrote is exported back: a message it sends as an agent was written by a rep, and a comment it writes on
// a Case is no rep's reply on the same Case.
void no_echo(const History& history, Violations& out) {
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.sender != "human_agent") continue;
    for (const Utterance& comment : history.case_comments_by_bridge) {
      const bool by_rep = std::any_of(history.rep_replies.begin(), history.rep_replies.end(),
                                      [&](const Utterance& r) { return contains(event.text, r.text); }) ||
                          std::any_of(history.public_comments.begin(), history.public_comments.end(),
                                      [&](const Utterance& r) { return contains(event.text, r.text); });
      if (!by_rep && comment.entry < event.entry && contains(event.text, comment.text)) {
        out.push_back({"I8", "the bridge's own comment " + quoted(comment.text) + " was sent to the customer", event.entry});
      }
    }
  }
  for (const Utterance& comment : history.case_comments_by_bridge) {
    for (const Utterance& reply : history.rep_replies) {
      const bool said_in_inbox = std::any_of(
          history.session_events.begin(), history.session_events.end(),
          [&](const SessionMoment& e) { return is_message(e) && e.entry < reply.entry && contains(e.text, reply.text); });
      if (!said_in_inbox && reply.place == comment.place && reply.entry < comment.entry &&
          reply.text.size() >= kSearchedBytesMin && contains(comment.text, reply.text)) {
        out.push_back({"I8", "the rep's reply " + quoted(reply.text) + " came back to the Case as a comment", comment.entry});
      }
    }
  }
}

// I9: content is equal, or visibly cut: a Case opens with the summary that the handoff gave.
void content_is_equal(const History& history, Violations& out) {
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
          // Over the field's limit it is cut, and what is kept is the beginning.
          return contains(description, event.text) ||
                 (description.size() > 10'000 && event.text.starts_with(description.substr(0, 10'000)));
        });
    if (!faithful) out.push_back({"I9", "the Case's description is no handoff's summary", change.entry});
  }
}

// I10: the work ends: no scenario needs more calls than this, idle sweeps of several days included.
void work_ends(const History& history, Violations& out) {
  constexpr std::size_t kCallsMax = 20'000;
  if (history.bridge_calls > kCallsMax) {
    out.push_back({"I10", "the bridge made " + std::to_string(history.bridge_calls) + " calls", history.last_entry});
  }
}

}  // namespace

std::vector<Violation> broken_invariants(const std::vector<Entry>& journal) { return broken_invariants(History::of(journal)); }

std::vector<Violation> broken_invariants(const History& history) {
  Violations violations;
  no_reply_is_lost(history, violations);
  nothing_is_doubled(history, violations);
  one_open_case(history, violations);
  order_is_kept(history, violations);
  one_thread_one_from(history, violations);
  ai_is_silent(history, violations);
  internal_stays_internal(history, violations);
  replies_reach_nobody_else(history, violations);
  no_echo(history, violations);
  content_is_equal(history, violations);
  work_ends(history, violations);
  std::stable_sort(violations.begin(), violations.end(),
                   [](const Violation& a, const Violation& b) { return a.entry < b.entry; });
  return violations;
}

}  // namespace casewire::sim
