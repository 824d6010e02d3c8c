#include "sim/world/invariants/reading.hpp"

#include <map>

#include "base/text/utf8.hpp"

namespace casewire::sim {
namespace {

bool is_of_a_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Nobody cuts what is short, and long pieces stand nowhere by chance.
constexpr std::size_t kPieceBytes = 48;

/// How many bytes of `said` from `at` on stand together in `text`; 0 when they are fewer than a piece.
std::size_t together(const std::string& text, const std::string& said, std::size_t at) {
  const std::string_view piece = std::string_view(said).substr(at, kPieceBytes);
  std::size_t longest = 0;
  for (auto found = text.find(piece); found != std::string::npos; found = text.find(piece, found + 1)) {
    std::size_t size = piece.size();
    while (at + size < said.size() && found + size < text.size() && said[at + size] == text[found + size]) ++size;
    longest = std::max(longest, size);
    if (found + size == text.size()) break;  // what begins later in it ends there too
  }
  return longest;
}

/// Whether pieces of the texts, one after the other, are what was said. `next` finds how far it goes on from a place; 0: nowhere.
template <class Next>
bool is_pieced_together(const std::string& said, Next next) {
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t size = said[at] == ' ' ? 1 : next(at);
    if (size == 0) return false;
    at += size;
  }
  return true;
}

}  // namespace

std::string quoted(const std::string& text) {
  const std::string_view head = prefix_of_characters(text, 60);
  return "\"" + std::string(head) + (head.size() < text.size() ? "...\"" : "\"");
}

std::string times(std::size_t count) { return count == 1 ? std::string("once") : std::to_string(count) + " times"; }

bool is_outbound(const History& history, const Mail& mail) {
  return mail.accepted && !mail.is_of_the_org && history.customer_addresses.contains(mail.to) &&
         !history.customer_addresses.contains(mail.from);
}

namespace {

/// As a whole address, in a list such as "Dana <dana@example.test>; boss@elsewhere.test".
bool is_named_in(const std::string& list, const std::string& address) {
  constexpr std::string_view kBetween = ";, <>\"\t";
  for (auto at = list.find(address); at != std::string::npos; at = list.find(address, at + 1)) {
    const auto end = at + address.size();
    const bool begins = at == 0 || kBetween.find(list[at - 1]) != std::string_view::npos;
    const bool ends = end == list.size() || kBetween.find(list[end]) != std::string_view::npos;
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

std::string addressee(const History& history, const Utterance& reply) {
  const auto contact = history.contact_of_case.find(reply.place);
  // Where two customers' Cases became one, the mail says for whom it is.
  if (!reply.to.empty() && (contact == history.contact_of_case.end() || !is_named_in(reply.to, contact->second))) {
    for (const std::string& customer : history.customer_addresses) {
      if (is_named_in(reply.to, customer) && history.cases_of(customer).contains(reply.place)) return customer;
    }
  }
  return contact != history.contact_of_case.end() && history.customer_addresses.contains(contact->second) ? contact->second
                                                                                                          : std::string();
}

bool is_before_our_part(const History& history, const Utterance& reply) {
  const auto story = history.case_stories.find(reply.place);
  if (story == history.case_stories.end() || story->second.by_bridge) return false;
  return std::none_of(history.texts_by_bridge.begin(), history.texts_by_bridge.end(),
                      [&](const CaseText& text) { return text.case_id == reply.place && text.entry < reply.entry; });
}

bool was_withdrawn_at_once(const Utterance& reply) {
  return reply.withdrawn_at && *reply.withdrawn_at - reply.at < milliseconds{60'000};
}

const SessionMoment* own_words_of_opencx(const History& history, const Mail& mail) {
  const auto event = std::find_if(history.session_events.begin(), history.session_events.end(), [&](const SessionMoment& e) {
    return e.entry == mail.cause && is_message(e) && !e.by_bridge && (e.sender == "ai" || e.sender == "human_agent");
  });
  return event == history.session_events.end() ? nullptr : &*event;
}

bool says(const std::string& text, const std::string& part) {
  const auto goes_on = [](char before, char after) { return is_of_a_word(before) && is_of_a_word(after); };
  if (part.empty()) return true;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    const auto end = at + part.size();
    const bool begins = at == 0 || !goes_on(text[at - 1], part.front());
    const bool ends = end == text.size() || !goes_on(part.back(), text[end]);
    if (begins && ends) return true;
  }
  return false;
}

bool is_said_in(const std::vector<const std::string*>& texts, const std::string& said) {
  if (std::any_of(texts.begin(), texts.end(), [&](const std::string* text) { return says(*text, said); })) return true;
  if (said.size() < 1'000) return false;
  // Mostly they stand in the order in which they were said, and each text is looked through once.
  auto one = texts.begin();
  const bool in_order = is_pieced_together(said, [&](std::size_t at) {
    for (; one != texts.end(); ++one)
      if (const auto size = together(**one, said, at)) return size;
    return std::size_t{0};
  });
  return in_order || is_pieced_together(said, [&](std::size_t at) {
           std::size_t longest = 0;
           for (const std::string* text : texts) longest = std::max(longest, together(*text, said, at));
           return longest;
         });
}

std::vector<const CaseText*> texts_on(const History& history, const std::set<std::string>& case_ids) {
  std::vector<const CaseText*> texts;
  for (const CaseText& text : history.texts_by_bridge) {
    if (case_ids.contains(text.case_id)) texts.push_back(&text);
  }
  return texts;
}

bool is_visibly_parked(const History& history) {
  if (history.parked != 0 || history.may_park) return true;
  // Another bridge need not tell anybody but its log. What the vendor refused for good is reason enough.
  return !history.bridge_is_ours && std::any_of(history.calls.begin(), history.calls.end(),
                                                [](const Call& call) { return call.is_refused && call.method != "GET"; });
}

bool is_handoff(const SessionMoment& event) {
  return event.type == "handoff" || (event.type == "agent_took_session_from_ai" && !event.by_bridge);
}

std::string customer_of(const History& history, const std::string& session) {
  const auto customer = history.customer_of_session.find(session);
  const bool known = customer != history.customer_of_session.end() && history.customer_addresses.contains(customer->second);
  return known ? customer->second : std::string();
}

std::vector<const SessionMoment*> owed_to_cases(const History& history) {
  std::map<std::string, std::uint64_t> last_handoff;
  for (const SessionMoment& event : history.session_events) {
    if (is_handoff(event)) last_handoff[event.session] = event.entry;
  }
  std::map<std::string, std::vector<const CaseStory*>> stories;
  const auto has_open_case = [&](const std::string& customer, std::uint64_t entry) {
    auto [known, is_new] = stories.try_emplace(customer);
    if (is_new) {
      for (const std::string& id : history.cases_of(customer)) known->second.push_back(&history.case_stories.at(id));
    }
    return std::any_of(known->second.begin(), known->second.end(),
                       [&](const CaseStory* story) { return story->is_open_at(entry); });
  };
  std::vector<const SessionMoment*> owed;
  for (const SessionMoment& event : history.session_events) {
    if (!is_message(event) || event.by_bridge) continue;
    const std::string customer = customer_of(history, event.session);
    if (customer.empty()) continue;
    const auto handoff = last_handoff.find(event.session);
    const bool is_handed_off = handoff != last_handoff.end() && handoff->second > event.entry;
    if (is_handed_off || (event.sender == "contact" && has_open_case(customer, event.entry))) owed.push_back(&event);
  }
  return owed;
}

}  // namespace casewire::sim
