// Two Cases, none, and what does not stand on one.

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/text/strings.hpp"
#include "scenarios/evidence/weighing/reading.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

std::string customer_of(const Story& story, const sim::SessionEvent& event) {
  const auto address = story.address_of_session.find(event.session);
  return address == story.address_of_session.end() ? std::string() : address->second;
}

WallTime last_handoff(const Story& story) {
  WallTime last{};
  for (const sim::Entry& entry : story.entries) {
    const auto* event = entry.as<sim::SessionEvent>();
    if (event != nullptr && event->type == "handoff") last = std::max(last, entry.at);
  }
  return last;
}

bool is_handed_off_after(const Story& story, const sim::Entry& entry, const std::string& session) {
  return std::any_of(story.entries.begin(), story.entries.end(), [&](const sim::Entry& later) {
    const auto* event = later.as<sim::SessionEvent>();
    return event != nullptr && later.sequence > entry.sequence && event->session == session && event->type == "handoff";
  });
}

/// What stands on her Cases, as far as their own columns tell.
std::string doubt_about_columns(const std::vector<CaseRow>& hers) {
  for (const CaseRow& one : hers) {
    for (const char* field : {"Description", "CreatedById"}) {
      if (!tells(*one.row, field)) return silence_about(*one.row, field);
    }
  }
  return {};
}

}  // namespace

Weight weigh_two_cases(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* record = entry.as<sim::RecordChange>();
  if (record == nullptr) return proved();
  const auto owner = story.address_of_case.find(record->id);
  const auto row = story.rows.find(record->id);
  if (owner == story.address_of_case.end() || row == story.rows.end()) return proved();
  for (const CaseRow& other : cases_of(story, owner->second)) {
    if (other.id == record->id || other.row->created > entry.at) continue;
    if (std::string doubt = doubt_about_closing(story, other); !doubt.empty()) return unknown(doubt);
  }
  // A person may open a second one.
  return tells(row->second, "CreatedById") ? proved() : unless(silence_about(row->second, "CreatedById"));
}

std::string two_cases_left_open(const Story& story) {
  const std::string doubt_of_rows = story.testimony.doubt_of_rows("Case", last_handoff(story));
  if (!doubt_of_rows.empty()) return doubt_of_rows;
  for (const std::string& customer : story.customers) {
    if (std::string doubt = doubt_about_owners(story, customer); !doubt.empty()) return doubt;
    const auto hers = cases_of(story, customer);
    for (const CaseRow& one : hers) {
      if (std::string doubt = doubt_about_closing(story, one); !doubt.empty() && hers.size() > 1) return doubt;
    }
  }
  return {};
}

Weight weigh_case_missing(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* event = entry.as<sim::SessionEvent>();
  if (event == nullptr) return proved();
  const std::string customer = customer_of(story, *event);
  if (std::string doubt = doubt_about_owners(story, customer); !doubt.empty()) return unknown(doubt);
  const auto hers = cases_of(story, customer);
  for (const auto& [id, session] : story.session_of_case) {
    const auto whose = story.address_of_session.find(session);
    if (whose != story.address_of_session.end() && whose->second == customer && !story.rows.contains(id))
      return unknown("a session of hers names the Case " + id + ", of which no row is in it");
  }
  if (hers.empty()) return unless(story.testimony.doubt_of_rows("Case", entry.at));
  for (const CaseRow& one : hers) {
    if (std::string doubt = doubt_about_closing(story, one); !doubt.empty()) return unknown(doubt);
  }
  if (std::string doubt = doubt_about_columns(hers); !doubt.empty()) return unknown(doubt);
  const std::string summary = sim::folded(event->text);
  if (const OrgRow* row = summary.empty() ? nullptr : strangers_row_with(story, hers, summary))
    return unknown(row->origin.text() + " has the summary, and whether the bridge wrote it is not known");
  if (std::string doubt = story.testimony.doubt_of_rows("Case", entry.at); !doubt.empty()) return unless(doubt);
  return unless(doubt_about_texts(story, hers, entry.at));
}

std::string histories_left_open(const Story& story) {
  std::set<std::string> sessions;
  for (const auto& [session, address] : story.address_of_session) sessions.insert(session);
  for (const sim::Entry& entry : story.entries) {
    if (const auto* event = entry.as<sim::SessionEvent>()) sessions.insert(event->session);
  }
  for (const std::string& session : sessions) {
    if (std::string doubt = story.testimony.doubt_of_history(session); !doubt.empty()) return doubt;
  }
  return {};
}

Weight weigh_mail_lost(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* event = entry.as<sim::SessionEvent>();
  if (event == nullptr) return proved();
  const std::string customer = customer_of(story, *event);
  if (std::string doubt = doubt_about_owners(story, customer); !doubt.empty()) return unknown(doubt);
  const auto hers = cases_of(story, customer);
  if (std::string doubt = doubt_about_columns(hers); !doubt.empty()) return unknown(doubt);
  // What came before a handoff is owed to a Case, what came after it to one that is still open.
  for (const CaseRow& one : is_handed_off_after(story, entry, event->session) ? std::vector<CaseRow>{} : hers) {
    if (std::string doubt = doubt_about_closing(story, one); !doubt.empty()) return unknown(doubt);
  }
  if (const OrgRow* row = strangers_row_with(story, hers, sim::folded(event->text)))
    return unknown(row->origin.text() + " has her words, and whether the bridge wrote them is not known");
  // They are there; that nobody sees who said them is another fault.
  const bool stands_there = std::any_of(story.rows.begin(), story.rows.end(), [&](const auto& one) {
    return is_on(one.first, one.second, hers) && has_text(one.second, sim::folded(event->text));
  });
  if (stands_there) return {Weight::Kind::other, {}};
  if (const OrgRow* row = row_like(story, hers, event->text))
    return unknown(row->origin.text() + " has her words in another spelling, or a part of them");
  return unless(doubt_about_texts(story, hers, entry.at));
}

std::vector<const sim::Entry*> unheard_mails(const Story& story) {
  std::set<std::uint64_t> heard;
  for (const sim::Entry& entry : story.entries) {
    if (entry.as<sim::SessionEvent>() != nullptr) heard.insert(entry.cause);
  }
  std::vector<const sim::Entry*> unheard;
  for (const sim::Entry& entry : story.entries) {
    const auto* mail = entry.as<sim::MailPassage>();
    const std::string from = mail == nullptr ? std::string() : lowercase(mail->from);
    const bool is_asked = mail != nullptr && story.customers.contains(from) && is_in_material(story, entry) &&
                          std::any_of(story.supports.begin(), story.supports.end(),
                                      [&](const std::string& support) { return is_to(*mail, support); });
    if (!is_asked || heard.contains(entry.sequence) || story.automatic_mails.contains(mail->message_id)) continue;
    const std::string words = sim::folded(mail->text);
    const auto hers = cases_of(story, from);
    const auto has_words = [&](const auto& one) { return has_text(one.second, words) && is_on(one.first, one.second, hers); };
    const bool is_said = std::any_of(story.entries.begin(), story.entries.end(), [&](const sim::Entry& other) {
      const auto* event = other.as<sim::SessionEvent>();
      return event != nullptr && event->sender == "contact" && sim::folded(event->text).find(words) != std::string::npos;
    });
    if (!hers.empty() && !words.empty() && !is_said && std::none_of(story.rows.begin(), story.rows.end(), has_words))
      unheard.push_back(&entry);
  }
  return unheard;
}

Weight weigh_ai(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* event = entry.as<sim::SessionEvent>();
  if (event == nullptr) return proved();
  std::string unknown_event;
  for (const sim::Entry& before : story.entries) {
    const auto* one = before.as<sim::SessionEvent>();
    if (before.sequence >= entry.sequence || one == nullptr || one->session != event->session) continue;
    const bool is_persons = one->sender == "human_agent" || one->type == "agent_took_session_from_ai";
    const bool is_known = is_persons || one->type == "message" || one->type == "agent_message" || one->type == "handoff";
    if (is_persons) unknown_event.clear();
    if (!is_known) unknown_event = one->type;
  }
  if (!unknown_event.empty())
    return unknown("whether \"" + unknown_event + "\" gave the conversation back to the AI is not known");
  return unless(story.testimony.holes_of_history(event->session));
}

}  // namespace casewire::scenarios
