#pragma once
// How judges read a history: who is meant, what a text holds, what is a mail to a customer.

#include <algorithm>
#include <string>

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
/// What the AI, or an agent in the Inbox, wrote and this mail brings; nullptr when it brings what the bridge sent, or nobody knows.
const SessionMoment* own_words_of_opencx(const History& history, const Mail& mail);

}  // namespace casewire::sim
