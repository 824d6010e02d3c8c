#include "sim/opencx/views.hpp"

#include <charconv>
#include <cstdint>

#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::sim::opencx {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string shown_time(WallTime when, TimeStyle style) {
  std::string text = iso8601(when);
  if (style == TimeStyle::microseconds_offset) text.replace(text.size() - 1, 1, "000+00:00");
  return text;
}

namespace {

Json assignee(const std::string& id, const Behaviour& behaviour) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (behaviour.numbers_agents && error == std::errc{} && end == id.data() + id.size()) return number;
  return id;
}

/// RFC 5322, 2.3: lines end with CR LF.
std::string as_mailed(std::string_view text) {
  std::string mailed;
  for (const char c : trimmed(text)) {
    if (c == '\n' && !mailed.ends_with('\r')) mailed += '\r';
    mailed += c;
  }
  return mailed;
}

std::size_t told_size(const StoredFile& file, const Behaviour& behaviour) {
  return behaviour.sizes_files_as_mailed ? base64(file.content).size() : file.content.size();
}

}  // namespace

Json session_json(const Session& session, const Contact* contact, const Behaviour& behaviour) {
  const TimeStyle times = behaviour.times;
  Json json{{"id", session.id},
            {"status", session.status},
            {"ai_closure_type", text_or_null(session.ai_closure_type)},
            {"sentiment", nullptr},
            {"channel", {{"type", session.channel}}},
            {"ticket_number", session.ticket_number},
            {"assist_mode", false},
            {"created_at", shown_time(session.created_at, times)},
            {"updated_at", shown_time(session.updated_at, times)}};
  if (contact != nullptr) {
    const bool is_respelled = behaviour.spells_addresses_as_mailed && !session.mailed_from.empty();
    json["contact"] = {{"id", contact->id},
                       {"email", text_or_null(is_respelled ? session.mailed_from : contact->email)},
                       {"phone_number", text_or_null(contact->phone_number)},
                       {"name", text_or_null(contact->name)},
                       {"custom_data", contact->custom_data}};
    if (behaviour.doubts_contacts) {
      for (const char* name : {"email", "name"}) {
        json["contact"][std::string("non_verified_") + name] = json["contact"][name];
        json["contact"][name] = nullptr;
      }
    }
    if (!contact->non_verified_name.empty()) json["contact"]["non_verified_name"] = contact->non_verified_name;
    if (!contact->non_verified_email.empty()) json["contact"]["non_verified_email"] = contact->non_verified_email;
    if (!contact->non_verified_custom_data.empty())
      json["contact"]["non_verified_custom_data"] = contact->non_verified_custom_data;
  }
  if (!session.agent_id.empty()) json["assignee_id"] = assignee(session.agent_id, behaviour);
  json["custom_data"] = session.custom_data;
  if (session.handoff) {  // present exactly when the session was handed off
    json["handoff"] = {{"summary", session.handoff->summary}, {"sentiment", "neutral"}};
    json["summary"] = session.handoff->summary;
  }
  return json;
}

Json history_json(const HistoryItem& item, const std::string& base_url, const Behaviour& behaviour) {
  Json event{{"type", item.type}};
  if (item.type == "message") {
    event["sender"] = {{"type", item.sender_type}, {"name", text_or_null(item.sender_name)}};
    event["content"] = {{"type", "text"}, {"text", behaviour.tells_texts_as_mailed ? as_mailed(item.text) : item.text}};
    event["attachments"] = Json::array();
    const std::string files_url = base_url + (behaviour.keeps_files_elsewhere ? ".files.test/" : "/files/");
    for (const auto& file : item.files) {
      event["attachments"].push_back({{"id", file.id},
                                      {"name", file.name},
                                      {"size", told_size(file, behaviour)},
                                      {"type", file.media_type},
                                      {"url", files_url + file.id}});
    }
    event["context"] = Json::object();
    if (!item.subject.empty()) event["context"]["subject"] = item.subject;
  }
  return {{"id", item.id}, {"created_at", shown_time(item.at, behaviour.times)}, {"event", std::move(event)}};
}

Json contact_json(const Contact& contact, TimeStyle times) {
  return {{"id", contact.id},
          {"email", text_or_null(contact.email)},
          {"phone_number", text_or_null(contact.phone_number)},
          {"name", text_or_null(contact.name)},
          {"custom_data", contact.custom_data},
          {"created_at", shown_time(contact.created_at, times)},
          {"updated_at", shown_time(contact.updated_at, times)}};
}

}  // namespace casewire::sim::opencx
