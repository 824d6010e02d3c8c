#include "scenarios/vocabulary/conversations.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/vocabulary/findings.hpp"
#include "scenarios/vocabulary/org_rows.hpp"

namespace casewire::scenarios {
namespace {

std::optional<SessionView> spoken_in_last(std::vector<SessionView> sessions) {
  const auto last = std::max_element(sessions.begin(), sessions.end(), [](const SessionView& a, const SessionView& b) {
    return a.last_contact_message < b.last_contact_message;
  });
  if (last == sessions.end() || last->last_contact_message == 0) return std::nullopt;
  return std::move(*last);
}

std::vector<SessionView> conversations_with(Stage& stage, const std::string& address) {
  std::vector<SessionView> own;
  for (SessionView& session : stage.world().platform().sessions()) {
    if (equals_ignoring_case(session.contact_address, address)) own.push_back(std::move(session));
  }
  return own;
}

/// The newest mail that the customer sent in this conversation.
std::optional<sim::mail::Received> newest_mail_in(Stage& stage, const std::string& customer, const SessionView& session) {
  const auto sent = stage.mailbox_of(customer).sent();
  const auto newest = std::find_if(sent.rbegin(), sent.rend(), [&](const sim::mail::Received& mail) {
    return std::find(session.thread.begin(), session.thread.end(), mail.message.message_id) != session.thread.end();
  });
  if (newest == sent.rend()) return std::nullopt;
  return *newest;
}

/// The Case, and those that somebody merged into it: their conversations are its own now.
std::vector<std::string> with_merged_away(Stage& stage, const std::string& case_id) {
  std::vector<std::string> ids{case_id};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (const Json& row : rows_of(stage, "SELECT Id FROM Case WHERE MasterRecordId = " + soql_text(ids[i]), true)) {
      ids.push_back(string_member(row, "Id"));
    }
  }
  return ids;
}

}  // namespace

std::vector<SessionView> conversations_of(Stage& stage, const std::string& customer) {
  return conversations_with(stage, stage.address_of(customer));
}

std::optional<SessionView> conversation_of(Stage& stage, const std::string& customer) {
  return spoken_in_last(conversations_of(stage, customer));
}

std::optional<SessionView> conversation_meant(Stage& stage, const Action& action) {
  const std::string& customer = action.has("customer") ? action.text("customer") : stage.last_writer();
  return customer.empty() ? std::nullopt : conversation_of(stage, customer);
}

std::vector<SessionView> conversations_on(Stage& stage, const std::string& case_name) {
  const auto ids = with_merged_away(stage, stage.case_id(case_name));
  std::vector<SessionView> linked;
  for (SessionView& session : stage.world().platform().sessions()) {
    const std::string shown_id = string_member(session.custom_data, "salesforce_case_id");
    // An id of 15 characters is the same id.
    const bool is_here = shown_id.size() >= 15 && std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
                           return id.starts_with(shown_id.substr(0, 15));
                         });
    if (is_here) linked.push_back(std::move(session));
  }
  if (!linked.empty()) return linked;
  std::string address = case_field(stage, case_name, "SuppliedEmail");
  if (address.empty()) address = case_field(stage, case_name, "ContactEmail");
  return address.empty() ? linked : conversations_with(stage, address);
}

std::string conversation_line(const SessionView& session) {
  return "session " + std::to_string(session.ticket_number) + " of " + session.contact_address + ": " + session.status;
}

void note_said_on_case(Stage& stage, const std::string& case_name, const std::string& text) {
  const auto session = spoken_in_last(conversations_on(stage, case_name));
  stage.said({text, case_name, session ? session->id : std::string()});
}

std::optional<std::string> thread_for(Stage& stage, const std::string& customer, const std::string& text) {
  const auto& said = stage.utterances();
  const auto one = std::find_if(said.rbegin(), said.rend(), [&](const Stage::Utterance& utterance) {
    return holds_text(utterance.text, text) || holds_text(text, utterance.text);
  });
  if (one == said.rend()) return std::nullopt;
  for (const SessionView& session : conversations_of(stage, customer)) {
    if (session.id != one->session) continue;
    if (const auto mail = newest_mail_in(stage, customer, session)) return mail->thread;
  }
  return std::nullopt;
}

}  // namespace casewire::scenarios
