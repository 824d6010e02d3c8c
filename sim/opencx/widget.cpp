#include "sim/opencx/widget.hpp"

#include <algorithm>
#include <charconv>

#include "sim/opencx/contact_token.hpp"
#include "sim/opencx/views.hpp"

namespace casewire::sim::opencx {
namespace {

constexpr std::size_t kSessionsOnAPage = 20;  // assumed

// ---- what a contact sees

bool is_shown(const HistoryItem& item) { return item.type != "agent_comment"; }

Json session_dto(const Session& session, const Contact* contact, TimeStyle times) {
  Json last = nullptr;
  Json checkpoint = nullptr;
  for (const auto& item : session.history) {
    if (item.type == "message") last = item.text;
    if (item.type == "state_checkpoint") checkpoint = item.payload;
  }
  return {{"id", session.id},
          {"ticketNumber", session.ticket_number},
          {"title", text_or_null(session.title)},
          {"createdAt", shown_time(session.created_at, times)},
          {"updatedAt", shown_time(session.updated_at, times)},
          {"isHandedOff", session.handoff.has_value()},
          {"isOpened", session.is_open()},
          {"assignee", {{"kind", name_of(session.owner)}, {"name", text_or_null(session.agent_name)}, {"avatarUrl", nullptr}}},
          {"channel", session.channel},
          {"isVerified", contact != nullptr && !contact->email.empty()},
          {"lastMessage", std::move(last)},
          {"modeId", nullptr},
          {"latestStateCheckpointPayload", std::move(checkpoint)},
          {"sessionAttributes", session.custom_data}};
}

Json history_dto(const HistoryItem& item, const PlatformOptions& options, TimeStyle times) {
  const bool is_agent = item.sender_type == "human_agent";
  const char* kind = item.sender_type == "contact" ? "user" : is_agent ? "agent" : item.sender_type == "ai" ? "ai" : "system";
  const bool has_payload = item.type == "state_checkpoint" || item.type == "csat_submitted";
  Json payload{{"type", has_payload ? item.type : "none"}};
  if (has_payload) payload["payload"] = item.payload;
  Json files = Json::array();
  for (const auto& file : item.files) {
    files.push_back({{"id", file.id},
                     {"name", file.name},
                     {"size", file.content.size()},
                     {"type", file.media_type},
                     {"url", options.base_url + "/media/" + file.id}});
  }
  return {{"publicId", item.id},
          {"type", item.type == "message" && is_agent ? "agent_message" : item.type},
          {"content", {{"text", text_or_null(item.text)}}},
          {"sender", {{"kind", kind}, {"name", text_or_null(item.sender_name)}, {"avatar", nullptr}}},
          {"sentAt", shown_time(item.at, times)},
          {"attachments", std::move(files)},
          {"systemMessagePayload", std::move(payload)}};
}

/// The history that readers see now, which may be behind.
Json history_of(Desk& desk, const Session& session, const PlatformOptions& options) {
  const Session* seen = desk.as_of(session, desk.behaviour().read_lag);
  const auto count = seen == nullptr ? 0 : seen == &session ? session.history.size() : seen->history_size;
  Json rows = Json::array();
  for (std::size_t at = 0; at < count; ++at) {
    if (is_shown(session.history[at])) rows.push_back(history_dto(session.history[at], options, desk.behaviour().times));
  }
  return rows;
}

// ---- who asks

http::Response no_widget_session() { return error_response(404, "Session not found"); }

/// The contact's own session of that id; null for anybody else's.
Session* own_session(Desk& desk, const Call& call, const std::string& id) {
  Session* session = desk.session(id);
  return session != nullptr && session->contact == call.contact ? session : nullptr;
}

// ---- operations

http::Response config() {
  return json_response(200, {{"org", {{"id", "org_casewire"}, {"name", "Casewire"}}},
                             {"sessionsPollingIntervalSeconds", 60},
                             {"sessionPollingIntervalSeconds", 10},
                             {"modes", Json::array()}});
}

http::Response create_contact(Desk& desk, const PlatformOptions& options, const Call& call) {
  // What a stranger says of herself proves nothing: it makes no contact of the mail channel hers.
  Contact& contact = desk.add_contact({}, {});
  contact.non_verified_email = string_member(call.body, "email");
  contact.non_verified_name = string_member(call.body, "non_verified_name");
  if (const auto& data = member(call.body, "non_verified_custom_data"); data.is_object()) contact.non_verified_custom_data = data;
  return json_response(200, {{"token", contact_token(contact.id, options.widget_key(), desk.now())}});
}

http::Response open_session(Desk& desk, const PlatformOptions& options, const Call& call) {
  const std::string support = options.support_addresses.empty() ? std::string{} : options.support_addresses.front();
  Session& session = desk.open_session(call.contact, "web", {}, support);
  if (const auto& data = member(call.body, "customData"); data.is_object()) session.custom_data = data;
  return json_response(200, session_dto(session, desk.contact(call.contact), desk.behaviour().times));
}

// The widget always sends filters, as JSON; without any they are an empty object.
std::optional<http::Response> filters_refused(const Call& call) {
  const auto text = parameter(call.query, "filters");
  if (text.empty()) return std::nullopt;
  const auto filters = parse_json(text);
  if (!filters || !filters->is_object()) return error_response(400, "filters must be a JSON object");
  if (filters->empty()) return std::nullopt;
  return error_response(501, "Casewire does not model filters of a visitor's sessions");
}

http::Response sessions_of_visitor(Desk& desk, const Call& call) {
  if (auto refused = filters_refused(call)) return std::move(*refused);
  std::size_t begin = 0;
  const std::string name = call.query.contains("offset") ? "offset" : "cursor";
  const std::string offset = parameter(call.query, name);
  const auto [end_of_number, problem] = std::from_chars(offset.data(), offset.data() + offset.size(), begin);
  if (!offset.empty() && (problem != std::errc{} || end_of_number != offset.data() + offset.size())) {
    return error_response(400, name + " must be a number");
  }
  std::vector<const Session*> own;
  for (const auto& id : desk.in_order()) {
    const Session* session = desk.session(id);
    if (session->contact == call.contact && desk.as_of(*session, desk.behaviour().index_lag) != nullptr) own.push_back(session);
  }
  std::stable_sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->updated_at > b->updated_at; });
  Json items = Json::array();
  std::size_t at = std::min(begin, own.size());
  for (; at < own.size() && items.size() < kSessionsOnAPage; ++at) {
    items.push_back(session_dto(*own[at], desk.contact(call.contact), desk.behaviour().times));
  }
  return json_response(200, {{"items", std::move(items)}, {"next", at < own.size() ? Json(std::to_string(at)) : Json(nullptr)}});
}

http::Response sent(Desk& desk, const Session& session, const char* code) {
  Json body{{"success", true},
            {"sessionIsHandedOff", session.handoff.has_value()},
            {"session", session_dto(session, desk.contact(session.contact), desk.behaviour().times)}};
  if (code != nullptr) body["code"] = code;
  return json_response(200, body);
}

http::Response send_visitor_message(Desk& desk, Session& session, const PlatformOptions& options, const Call& call) {
  if (desk.knows_uuid(string_member(call.body, "uuid"))) return sent(desk, session, "duplicate_message_ignored");
  if (!session.is_open()) {
    return json_response(200,
                         {{"success", false}, {"error", {{"code", "session_closed"}, {"message", "This session is closed"}}}});
  }
  ContactMessage message{.text = string_member(call.body, "content")};
  for (const auto& attachment : member(call.body, "attachments")) {
    const std::string url = string_member(attachment, "url");
    const std::string start = options.base_url + "/media/";
    const StoredFile* file = url.starts_with(start) ? desk.upload(url.substr(start.size())) : nullptr;
    if (file == nullptr) return error_response(400, "attachments: " + url + " was not uploaded here");
    message.files.push_back({{}, string_member(attachment, "name", file->name), file->media_type, file->content});
  }
  if (message.text.empty() && message.files.empty()) return error_response(400, "content should not be empty");
  auto custom_data = session.custom_data;
  if (const auto& data = member(call.body, "custom_data"); data.is_object()) {
    for (const auto& [name, value] : data.items()) {
      if (value.is_structured()) return error_response(400, "custom_data." + name + " must not be nested");
      custom_data[name] = value;
    }
  }
  session.custom_data = std::move(custom_data);
  desk.keep_uuid(string_member(call.body, "uuid"));
  for (const auto& initial : member(call.body, "initial_messages")) {
    if (session.messages == 0) desk.contact_writes(session, {.text = string_member(initial, "content")}, call.cause);
  }
  desk.contact_writes(session, std::move(message), call.cause);
  return sent(desk, session, desk.ai_may_answer(session) ? nullptr : "session_assigned_to_human_agent");
}

http::Response upload(Desk& desk, const PlatformOptions& options, const Call& call) {
  StoredFile file = call.files.at(0);
  const std::string name = file.name;
  return json_response(200, {{"fileName", name}, {"fileUrl", options.base_url + "/media/" + desk.keep_upload(std::move(file))}});
}

http::Response vote(Desk& desk, const Session& session, const Call& call) {
  const std::string id = string_member(call.body, "messagePublicId");
  const bool is_there =
      std::any_of(session.history.begin(), session.history.end(), [&](const HistoryItem& item) { return item.id == id; });
  if (is_there) desk.note(session, "message_voted", string_member(call.body, "action") + " " + id, call.cause);
  return json_response(200, {{"messagePublicId", is_there ? Json(id) : Json(nullptr)}, {"success", is_there}});
}

http::Response submit_csat(Desk& desk, Session& session, const Call& call) {
  const auto& score = member(call.body, "score");
  if (score.get<double>() < 1 || score.get<double>() > 5) return error_response(400, "score must be from 1 to 5");  // assumed
  const std::string feedback = string_member(call.body, "feedback");
  desk.write_payload(session, "csat_submitted", {{"score", score}, {"feedback", text_or_null(feedback)}}, call.cause);
  return json_response(200, {{"success", true}});
}

}  // namespace

http::Response perform_for_widget(Desk& desk, const PlatformOptions& options, const Call& call) {
  if (!parameter(call.query, "agentId").empty()) return error_response(501, "Casewire does not model agents of a widget");
  if (call.operation == "widgetConfig") return config();
  if (call.operation == "widgetCreateContact") return create_contact(desk, options, call);
  if (desk.contact(call.contact) == nullptr) return error_response(401, "Unauthorized");  // deleted since its token was made
  if (call.operation == "widgetCreateSession") return open_session(desk, options, call);
  if (call.operation == "widgetSessions") return sessions_of_visitor(desk, call);
  if (call.operation == "widgetUpload") return upload(desk, options, call);

  const std::string in_body = string_member(call.body, call.operation == "widgetVote" ? "sessionId" : "session_id");
  Session* session = own_session(desk, call, in_body.empty() ? parameter(call.path, "session_id") : in_body);
  if (session == nullptr) return no_widget_session();
  const Contact* contact = desk.contact(call.contact);
  const TimeStyle times = desk.behaviour().times;
  if (call.operation == "widgetHistory") return json_response(200, history_of(desk, *session, options));
  if (call.operation == "widgetPoll") {
    return json_response(200,
                         {{"session", session_dto(*session, contact, times)}, {"history", history_of(desk, *session, options)}});
  }
  if (call.operation == "widgetSend") return send_visitor_message(desk, *session, options, call);
  if (call.operation == "widgetVote") return vote(desk, *session, call);
  if (call.operation == "widgetCsat") return submit_csat(desk, *session, call);
  if (call.operation == "widgetCheckpoint") {
    desk.write_payload(*session, "state_checkpoint", member(call.body, "payload"), call.cause);
    return json_response(200, {{"success", true}});
  }
  desk.set_status(*session, "closed_resolved", "contact", call.cause);  // widgetResolve
  return json_response(200, session_dto(*session, contact, times));
}

}  // namespace casewire::sim::opencx
