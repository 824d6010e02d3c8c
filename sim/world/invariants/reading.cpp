#include "sim/world/invariants/reading.hpp"

#include "base/text/utf8.hpp"

namespace casewire::sim {

std::string quoted(const std::string& text) {
  const std::string_view head = prefix_of_characters(text, 60);
  return "\"" + std::string(head) + (head.size() < text.size() ? "...\"" : "\"");
}

std::string times(std::size_t count) { return count == 1 ? std::string("once") : std::to_string(count) + " times"; }

bool is_outbound(const History& history, const Mail& mail) {
  return mail.accepted && history.customer_addresses.contains(mail.to) && !history.customer_addresses.contains(mail.from);
}

std::string addressee(const History& history, const Utterance& reply) {
  const auto contact = history.contact_of_case.find(reply.place);
  return contact != history.contact_of_case.end() && history.customer_addresses.contains(contact->second) ? contact->second
                                                                                                          : std::string();
}

const SessionMoment* own_words_of_opencx(const History& history, const Mail& mail) {
  const auto event = std::find_if(history.session_events.begin(), history.session_events.end(), [&](const SessionMoment& e) {
    return e.entry == mail.cause && is_message(e) && !e.by_bridge && (e.sender == "ai" || e.sender == "human_agent");
  });
  return event == history.session_events.end() ? nullptr : &*event;
}

}  // namespace casewire::sim
