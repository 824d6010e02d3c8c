#include "bridge/reconcile/interest.hpp"

#include "base/text/strings.hpp"
#include "bridge/cases/delivery_report.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kContact = "contact:";

std::string case_mark(const std::string& conversation) { return "case of " + conversation; }

}  // namespace

std::string conversation_of(const opencx::Session& session) {
  return session.contact_email.empty() ? session_subject(session.id) : std::string(kContact) + lowercase(session.contact_email);
}

std::string_view address_of(std::string_view conversation) {
  return conversation.starts_with(kContact) ? conversation.substr(kContact.size()) : std::string_view{};
}

Mark was_on_case(const std::string& conversation) { return {case_mark(conversation), {}, {}}; }

bool had_a_case(Store& store, std::string_view address) {
  return store.mark(case_mark(std::string(kContact) + std::string(address))).has_value();
}

std::string dropped_mark(const std::string& subject) { return "dropped:" + subject; }

bool is_of_interest(Store& store, const opencx::Session& session) {
  if (session.channel != "email") return false;
  // A person who takes a session over in the Inbox leaves no handoff on it; the webhook told, or the assignee does.
  const bool may_be_with_people =
      session.handed_off || !session.assignee_id.empty() || store.mark("people:" + session_subject(session.id)).has_value();
  return may_be_with_people || !store.links_of_session(session.id).empty() ||
         store.mark(case_mark(conversation_of(session))).has_value() ||
         store.mark(case_mark(session_subject(session.id))).has_value() || cases::is_mail_server(session.contact_email);
}

}  // namespace casewire::bridge
