#include "sim/opencx/events.hpp"

#include "sim/opencx/views.hpp"

namespace casewire::sim::opencx::events {
namespace {

constexpr const char* kOrganization = "org_casewire";
constexpr const char* kAssigneeName = "OpenCX AI";
constexpr const char* kLanguage = "en";  // not modelled: the platform detects it

}  // namespace

Json started(const Session& session, const Contact* contact, const std::string& first_message, WallTime at) {
  Json who = Json::object();
  if (contact != nullptr) {
    who = {
        {"id", contact->id},
        {"name", text_or_null(contact->name)},
        {"enriched_data",
         {{"address", nullptr}, {"phone_number", text_or_null(contact->phone_number)}, {"email", text_or_null(contact->email)}}}};
  }
  // This event knows three channels only.
  const std::string channel = session.channel == "email" ? "email" : session.channel == "phone_voice" ? "phone" : "web";
  return {{"conversation_id", session.id},  {"assignee", {{"type", "AI"}, {"name", kAssigneeName}}},
          {"contact", std::move(who)},      {"channel", channel},
          {"first_message", first_message}, {"timestamp", iso8601(at)}};
}

Json closed(const Session& session, WallTime at) {
  const bool resolved = session.status == "closed_resolved";
  Json closed_by{{"type", "AI"}, {"name", kAssigneeName}};
  if (session.owner == Owner::human) closed_by = {{"type", "human"}, {"id", 1}, {"email", ""}};
  Json data{{"conversation_id", session.id},
            {"timestamp", iso8601(at)},
            {"contact_id", session.contact},
            {"resolution_status", resolved ? "resolved" : "not_resolved"},
            {"closed_by", std::move(closed_by)},
            {"is_from_third_party", false},
            {"third_party_name", nullptr},
            {"summary", session.handoff ? Json(session.handoff->summary) : Json(nullptr)},
            {"contact_reason", nullptr},
            {"user_sentiment", nullptr},
            {"language", kLanguage},
            {"message_count", session.messages}};
  return Json::array({std::move(data)});
}

Json handoff(const Session& session, const std::string& reason, const std::string& summary, WallTime at) {
  Json data{{"conversation_id", session.id},
            {"timestamp", iso8601(at)},
            {"customer_id", session.contact},
            {"reason", reason},
            {"summary", summary},
            {"language", kLanguage},
            {"message_count", session.messages}};
  return Json::array({std::move(data)});
}

Json response(const Session& session, const char* text_member, const std::string& text, WallTime at) {
  return {{"conversation_id", session.id},     {"timestamp", iso8601(at)}, {"customer_id", session.contact}, {text_member, text},
          {"message_count", session.messages}, {"language", kLanguage}};
}

Json csat(const Session& session, const Json& payload, WallTime at) {
  return {{"conversation_id", session.id},
          {"timestamp", iso8601(at)},
          {"customer_id", session.contact},
          {"score", member(payload, "score")},
          {"feedback", member(payload, "feedback")}};
}

Json envelope(const std::string& type, Json data) {
  return {{"event", type}, {"organization_id", kOrganization}, {"data", std::move(data)}};
}

}  // namespace casewire::sim::opencx::events
