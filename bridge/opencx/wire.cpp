#include "bridge/opencx/wire.hpp"

#include "base/text/encoding.hpp"

namespace casewire::bridge::opencx {
namespace {

std::string text_or_number(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<long long>());
  return {};
}

Attachment attachment_from(const Json& json) {
  Attachment attachment{.id = string_member(json, "id"),
                        .name = string_member(json, "name", "attachment"),
                        .media_type = string_member(json, "type", "application/octet-stream"),
                        .url = string_member(json, "url")};
  if (const auto& size = member(json, "size"); size.is_number_unsigned()) attachment.size = size.get<std::size_t>();
  return attachment;
}

}  // namespace

Session session_from(const Json& json) {
  const auto& contact = member(json, "contact");
  const auto& handoff = member(json, "handoff");
  Session session{.id = string_member(json, "id"),
                  .channel = string_member(member(json, "channel"), "type"),
                  .status = string_member(json, "status"),
                  .contact_email = string_member(contact, "email"),
                  .contact_name = string_member(contact, "name"),
                  .title = string_member(json, "title"),
                  .ticket_number = text_or_number(member(json, "ticket_number")),
                  .handed_off = handoff.is_object(),
                  .assignee_id = text_or_number(member(json, "assignee_id")),
                  .summary = string_member(handoff, "summary"),
                  .case_id = string_member(member(json, "custom_data"), "salesforce_case_id"),
                  .updated_at = string_member(json, "updated_at")};
  // A contact who never proved the address stands under other names (newest edition).
  if (session.contact_email.empty()) session.contact_email = string_member(contact, "non_verified_email");
  if (session.contact_name.empty()) session.contact_name = string_member(contact, "non_verified_name");
  return session;
}

HistoryItem history_item_from(const Json& json) {
  const auto& event = member(json, "event");
  const auto& sender = member(event, "sender");
  const auto& content = member(event, "content");
  HistoryItem item{.id = string_member(json, "id"),
                   .at = parse_iso8601(string_member(json, "created_at")).value_or(WallTime{}),
                   .type = string_member(event, "type"),
                   .sender_type = string_member(sender, "type"),
                   .sender_name = string_member(sender, "name"),
                   .subject = string_member(member(event, "context"), "subject"),
                   .text = string_member(content, "text"),
                   .attachments = {}};
  const auto& attachments = member(event, "attachments");
  if (attachments.is_array()) {
    for (const auto& attachment : attachments) item.attachments.push_back(attachment_from(attachment));
  }
  return item;
}

HandoffEvent handoff_event_from(const Json& json) {
  return {.session_id = string_member(json, "session_id"),
          .summary = string_member(json, "summary"),
          .at = parse_iso8601(string_member(json, "created_at")).value_or(WallTime{})};
}

Json request_of(const AgentMessage& message) {
  Json body = {{"sender", "agent"}, {"message", {{"type", "text"}, {"text", message.text}}}};
  if (!message.files.empty()) {
    auto& attachments = body["message"]["attachments"] = Json::array();
    for (const auto& file : message.files) {
      attachments.push_back({{"name", file.name}, {"base64", base64(file.bytes)}, {"mime_type", file.media_type}});
    }
  }
  body["agent"] = {{"id", message.agent_id}, {"name", message.agent_name}};
  body["should_take_over_session_from_ai"] = true;
  return body;
}

}  // namespace casewire::bridge::opencx
