#pragma once
// How judges read a history: who is meant, what a text holds, what is a mail to a customer.

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "sim/world/history.hpp"

namespace casewire::sim {

/// A shorter text stands in other texts by chance.
inline constexpr std::size_t kSearchedBytesMin = 4;

/// Enough of a text to recognise it in a report.
std::string quoted(const std::string& text);
/// "once", "2 times"
std::string times(std::size_t count);

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

template <class Range, class Holds>
std::size_t count_where(const Range& range, Holds holds) {
  return static_cast<std::size_t>(std::count_if(range.begin(), range.end(), holds));
}

inline bool is_message(const SessionMoment& event) { return event.type == "message" || event.type == "agent_message"; }

/// A mail that the support side sent to a customer, and that arrived.
bool is_outbound(const History& history, const Mail& mail);
/// The customer a reply on this Case is meant for; empty when the journal does not tell.
std::string addressee(const History& history, const Utterance& reply);
/// It was written on a Case that somebody else has opened, before anything of a conversation stood there: whether it was mailed, and how,
/// nobody of ours knows.
bool is_before_our_part(const History& history, const Utterance& reply);
/// The rep deleted it within a minute of writing it: a bridge may wait that long for its file, and whether it went out before is luck.
bool was_withdrawn_at_once(const Utterance& reply);
/// What the AI, or an agent in the Inbox, wrote and this mail brings; nullptr when it brings what the bridge sent, or nobody knows.
const SessionMoment* own_words_of_opencx(const History& history, const Mail& mail);

/// The text holds the part, and no word or number goes on where it ends: "Question 1" does not stand in "Question 10".
bool says(const std::string& text, const std::string& part);
/// As says(), or, of a long one, piece by piece: in texts that were cut into parts.
bool is_said_in(const std::vector<const std::string*>& texts, const std::string& said);

/// What the bridge says on these Cases.
std::vector<const CaseText*> texts_on(const History& history, const std::set<std::string>& case_ids);

/// Whether the journal shows why something is missing: it is parked, and that was to be expected or is judged by itself.
bool is_visibly_parked(const History& history);

/// People get the conversation with it: the AI hands it off, or somebody takes it in the Inbox.
bool is_handoff(const SessionMoment& event);
/// What must stand on a Case of hers: all that was said before a handoff, and what the customer writes while a Case of hers is open.
std::vector<const SessionMoment*> owed_to_cases(const History& history);
/// Whom the session is with, if she is one of the script's customers; empty otherwise.
std::string customer_of(const History& history, const std::string& session);

}  // namespace casewire::sim
