#include "sim/opencx/rest.hpp"

#include <algorithm>

#include "base/text/strings.hpp"
#include "sim/opencx/pages.hpp"
#include "sim/opencx/rest_blocklist.hpp"
#include "sim/opencx/rest_email.hpp"
#include "sim/opencx/rest_media.hpp"
#include "sim/opencx/rest_reports.hpp"
#include "sim/opencx/views.hpp"
#include "sim/opencx/widget.hpp"

namespace casewire::sim::opencx {
namespace {

void merge(Json& into, const Json& members) {
  if (!members.is_object()) return;
  for (const auto& [name, value] : members.items()) into[name] = value;
}

/// `created_after` and its like.
bool is_within(const std::map<std::string, std::string>& query, const std::string& what, WallTime when) {
  return lies_between(parameter(query, what + "_after"), parameter(query, what + "_before"), when);
}

http::Response page_response(std::optional<Json> page) {
  return page ? json_response(200, *page) : error_response(400, "Invalid cursor");
}

http::Response no_session() { return error_response(404, "Chat session not found"); }

// ---- contacts

std::string phone_of(const Json& input) { return string_member(input, "phone", string_member(input, "phone_number")); }

/// The oldest contact of that number; nullptr when there is none.
Contact* contact_by_phone(Desk& desk, const std::string& number) {
  for (const auto& id : desk.contacts_in_order())
    if (Contact* contact = desk.contact(id); contact != nullptr && contact->phone_number == number) return contact;
  return nullptr;
}

/// Contacts are known by their address and by their number (core-concepts). Guessed: the address goes before the number, and nobody of
/// another address is known by the number.
Contact* known_contact(Desk& desk, const std::string& email, const std::string& phone) {
  if (Contact* contact = email.empty() ? nullptr : desk.contact_by_email(email)) return contact;
  Contact* contact = phone.empty() ? nullptr : contact_by_phone(desk, phone);
  if (contact == nullptr || email.empty()) return contact;
  return contact->email.empty() && desk.change_email(*contact, email) ? contact : nullptr;
}

/// The contact of that address or number, made if need be; the input's name, phone and custom data are merged into it.
Contact& upsert(Desk& desk, const Json& input, Json Contact::*data = &Contact::custom_data) {
  const std::string email = string_member(input, "email"), phone = phone_of(input);
  Contact* contact = known_contact(desk, email, phone);
  if (contact == nullptr) contact = &desk.add_contact(email, {});
  contact->name = string_member(input, "name", contact->name);
  if (!phone.empty()) contact->phone_number = phone;
  merge(contact->*data, member(input, "custom_data"));
  contact->updated_at = desk.now();
  return *contact;
}

http::Response save_contact(Desk& desk, const Call& call) {
  return json_response(201, {{"id", upsert(desk, member(call.body, "contact")).id}});
}

http::Response list_contacts(Desk& desk, const Call& call) {
  const auto& ids = desk.contacts_in_order();
  return page_response(page(call.query, ids.size(), desk.behaviour().page_items, [&](std::size_t at) -> std::optional<Json> {
    const Contact& contact = *desk.contact(ids[at]);
    if (!is_within(call.query, "created", contact.created_at) || !is_within(call.query, "updated", contact.updated_at)) return {};
    return contact_json(contact, desk.behaviour().times);
  }));
}

http::Response update_contact(Desk& desk, const Call& call) {
  Contact* contact = desk.contact(parameter(call.path, "contact_id"));
  if (contact == nullptr) return error_response(404, "Contact not found");
  const Json& input = member(call.body, "contact");
  if (const std::string email = string_member(input, "email"); !email.empty() && !desk.change_email(*contact, email)) {
    return error_response(409, "Another contact has this email");
  }
  contact->name = string_member(input, "name", contact->name);
  contact->phone_number = string_member(input, "phone", contact->phone_number);
  merge(contact->custom_data, member(input, "custom_data"));
  contact->updated_at = desk.now();
  return {};
}

http::Response delete_contact(Desk& desk, const Call& call) {
  const std::string id = parameter(call.path, "contact_id");
  if (desk.contact(id) == nullptr) return error_response(404, "Contact not found");
  desk.delete_contact(id);
  return {};
}

// ---- sessions

http::Response create_session(Desk& desk, const PlatformOptions& options, const Call& call) {
  const Json& given = member(call.body, "contact");
  std::string contact = string_member(call.body, "contact_id");
  if (!contact.empty() && desk.contact(contact) == nullptr) return error_response(404, "Contact not found");
  const bool is_doubted = member(call.body, "verified") == Json(false);
  if (contact.empty() && given.is_object())
    contact = upsert(desk, given, is_doubted ? &Contact::non_verified_custom_data : &Contact::custom_data).id;
  const std::string support = options.support_addresses.empty() ? std::string{} : options.support_addresses.front();
  Session& session = desk.open_session(contact, string_member(member(call.body, "channel"), "type", "api"), {}, support);
  merge(session.custom_data, member(call.body, "custom_data"));
  return json_response(201, {{"id", session.id}});
}

bool is_asked_for(const Session& session, const std::map<std::string, std::string>& query) {
  const std::string handed_off = parameter(query, "handed_off");
  const std::string status = parameter(query, "status");
  const std::string channel = parameter(query, "channel_type");
  return (handed_off.empty() || (handed_off == "true") == session.handoff.has_value()) &&
         (status.empty() || status == session.status) && (channel.empty() || channel == session.channel) &&
         is_within(query, "created", session.created_at) && is_within(query, "updated", session.updated_at);
}

http::Response list_sessions(Desk& desk, const Call& call) {
  const auto& ids = desk.in_order();
  return page_response(page(call.query, ids.size(), desk.behaviour().page_items, [&](std::size_t at) -> std::optional<Json> {
    const Session* session = desk.as_of(*desk.session(ids[at]), desk.behaviour().index_lag);
    if (session == nullptr || !is_asked_for(*session, call.query)) return {};
    return session_json(*session, desk.contact(session->contact), desk.behaviour());
  }));
}

http::Response update_session(Desk& desk, Session& session, const Call& call) {
  // The other members steer integrations of the vendor's own; none is connected here.
  if (const std::string status = string_member(call.body, "status"); !status.empty())
    desk.set_status(session, status, "api", call.cause);
  if (const auto& data = member(call.body, "custom_data"); data.is_object()) {
    merge(session.custom_data, data);
    desk.touch(session);
  }
  return {};
}

http::Response list_history(const Desk& desk, const Session& session, const PlatformOptions& options, const Call& call) {
  const Session* seen = desk.as_of(session, desk.behaviour().read_lag);
  if (seen == nullptr) return no_session();
  const auto count = seen == &session ? session.history.size() : seen->history_size;
  return page_response(page(call.query, count, desk.behaviour().page_items, [&](std::size_t at) -> std::optional<Json> {
    return history_json(session.history[at], options.base_url, desk.behaviour());
  }));
}

http::Response read_session(Desk& desk, const Session& session) {
  const Session* seen = desk.as_of(session, desk.behaviour().read_lag);
  if (seen == nullptr) return no_session();
  return json_response(200, session_json(*seen, desk.contact(seen->contact), desk.behaviour()));
}

http::Response send_message(Desk& desk, Session& session, const Call& call) {
  merge(session.custom_data, member(call.body, "custom_data"));
  const std::string text = string_member(member(call.body, "message"), "text");
  std::string id;
  if (string_member(call.body, "sender") == "contact") {
    if (const auto& given = member(call.body, "contact"); given.is_object()) {
      if (Contact* known = desk.contact(session.contact)) {
        merge(known->custom_data, member(given, "custom_data"));
      } else {
        session.contact = upsert(desk, given).id;
      }
    }
    id = desk.contact_writes(session, {.text = text, .files = call.files}, call.cause);
  } else {
    const Json& agent = member(call.body, "agent");
    const Json& number = member(agent, "id");
    const Json& takes_over = member(call.body, "should_take_over_session_from_ai");
    id = desk.agent_writes(session,
                           {.text = text,
                            .files = call.files,
                            .agent_id = number.is_number() ? dump_json(number) : std::string{},
                            .agent_name = string_member(agent, "name"),
                            .takes_over = takes_over.is_boolean() && takes_over.get<bool>()},
                           call.cause);
  }
  return json_response(201, {{"success", true}, {"data", {{"message", {{"id", id}}}}}});
}

// ---- files

http::Response download_file(const StoredFile* file) {
  if (file == nullptr) return error_response(404, "File not found");
  return {200, {{"Content-Type", file->media_type}}, file->content};
}

}  // namespace

bool lies_between(std::string_view after, std::string_view before, WallTime when) {
  const auto begin = parse_iso8601(after), end = parse_iso8601(before);
  return (!begin || when > *begin) && (!end || when < *end);
}

http::Response json_response(int status, const Json& body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, dump_json(body)};
}

std::string parameter(const std::map<std::string, std::string>& parameters, const std::string& name) {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string{} : found->second;
}

http::Response perform(Desk& desk, const PlatformOptions& options, const Call& call) {
  if (call.operation.starts_with("widget")) return perform_for_widget(desk, options, call);
  if (call.operation == "saveContact") return save_contact(desk, call);
  if (call.operation == "listContacts") return list_contacts(desk, call);
  if (call.operation == "updateContact") return update_contact(desk, call);
  if (call.operation == "deleteContact") return delete_contact(desk, call);
  if (call.operation == "createChatSession") return create_session(desk, options, call);
  if (call.operation == "listChatSessions") return list_sessions(desk, call);
  if (call.operation == "filterChatSessions") return filter_sessions(desk, call);
  if (call.operation == "sendEmail") return send_email(desk, options, call);
  if (call.operation == "listHandoffEvents") return list_handoff_events(desk, call);
  if (call.operation == "uploadMedia") return upload_media(desk, options, call);
  if (call.operation == "downloadMedia") {
    // What came along with a message is shown to the visitor by such an address too: her browser has no key.
    const auto id = parameter(call.path, "file_id");
    const StoredFile* uploaded = desk.upload(id);
    return download_file(uploaded != nullptr ? uploaded : desk.file(id));
  }
  if (call.operation == "downloadFile") return download_file(desk.file(parameter(call.path, "file_id")));
  if (call.operation.find("lock") != std::string::npos) return perform_on_blocklist(desk, call);

  Session* session = desk.session(parameter(call.path, "session_id"));
  if (session == nullptr || session->is_deleted) return no_session();
  if (call.operation == "getChatSession") return read_session(desk, *session);
  if (call.operation == "updateChatSession") return update_session(desk, *session, call);
  if (call.operation == "listChatHistory") return list_history(desk, *session, options, call);
  if (call.operation == "sendMessage") return send_message(desk, *session, call);
  return error_response(501, "Casewire does not model " + call.operation);
}

http::Response error_response(int status, std::string message) {
  const std::string reason{http::reason_phrase(status)};
  // The documented 401 repeats the reason as its message.
  return json_response(status, {{"statusCode", status}, {"message", std::move(message)}, {"error", reason}});
}

}  // namespace casewire::sim::opencx
