#pragma once
// The bodies of webhooks. Source: docs.open.cx api-reference/webhooks/types. The mix is theirs: data is an array for
// conversation.closed and conversation.handoff_to_human and an object elsewhere; the contact is contact.id, contact_id or
// customer_id; no body carries an id of the event or of the message. Bodies of contact_response, ai_response and agent_response
// are not published: they are assumed to be of the family of third_party_agent_response.

#include "base/text/json.hpp"
#include "sim/opencx/session.hpp"

namespace casewire::sim::opencx::events {

inline constexpr const char* kStarted = "conversation.started";
inline constexpr const char* kClosed = "conversation.closed";
inline constexpr const char* kHandoff = "conversation.handoff_to_human";
inline constexpr const char* kContactResponse = "conversation.contact_response";
inline constexpr const char* kAiResponse = "conversation.ai_response";
inline constexpr const char* kAgentResponse = "conversation.agent_response";
inline constexpr const char* kCsat = "csat.score_submitted";

/// Each gives the `data` member.
Json started(const Session& session, const Contact* contact, const std::string& first_message, WallTime at);
Json closed(const Session& session, WallTime at);
Json handoff(const Session& session, const std::string& reason, const std::string& summary, WallTime at);
/// `text_member`: "message" for the contact's words, "response" for answers.
Json response(const Session& session, const char* text_member, const std::string& text, WallTime at);

/// Its shape is assumed. `payload`: score and feedback.
Json csat(const Session& session, const Json& payload, WallTime at);

Json envelope(const std::string& type, Json data);

}  // namespace casewire::sim::opencx::events
