#pragma once
// What the bridge reads of OpenCX. Source: OpenCX public API, "Get a chat session" and "List history", newest edition; every
// member but the ids is optional on the wire and unknown ones are ignored.

#include <string>
#include <vector>

#include "base/text/time.hpp"

namespace casewire::bridge::opencx {

struct Session {
  std::string id;
  std::string channel;        ///< "email", "web", ...
  std::string status;         ///< "open", "closed_resolved", "closed_unresolved"
  std::string contact_email;  ///< as OpenCX knows it; may be empty
  std::string contact_name;
  std::string title;  ///< not in the documented shape; taken when it is there
  std::string ticket_number;
  bool handed_off = false;  ///< "handoff" is present iff handed off
  std::string assignee_id;  ///< a person's; empty: nobody's, or the edition does not tell
  std::string summary;      ///< of the newest handoff
  std::string case_id;      ///< custom_data.salesforce_case_id
  std::string updated_at;   ///< as OpenCX wrote it: a version to compare, not an instant to compute with
};

struct Attachment {
  std::string id;
  std::string name;
  std::string media_type;
  std::string url;
  std::size_t size = 0;
};

struct HistoryItem {
  std::string id;
  WallTime at{};
  std::string type;         ///< "message", "handoff", ...; anything else is left alone
  std::string sender_type;  ///< "contact", "ai", "human_agent" ("agent" is accepted for the last)
  std::string sender_name;
  std::string subject;  ///< of a mail, where the channel tells it
  std::string text;
  std::vector<Attachment> attachments;

  bool is_message() const { return type == "message"; }
  bool is_from_contact() const { return is_message() && sender_type == "contact"; }
  bool is_from_agent() const { return is_message() && (sender_type == "human_agent" || sender_type == "agent"); }
  bool is_from_ai() const { return is_message() && sender_type == "ai"; }
  bool is_handoff() const { return type == "handoff" || type.starts_with("handoff_to_"); }
};

/// What OpenCX notes of a handoff for good; the session's own summary is replaced by the next one.
struct HandoffEvent {
  std::string session_id;
  std::string summary;
  WallTime at{};
};

struct FileToSend {
  std::string name;
  std::string media_type;
  std::string bytes;
};

struct AgentMessage {
  std::string text;
  std::string agent_name;
  int agent_id = 0;
  std::vector<FileToSend> files;
};

}  // namespace casewire::bridge::opencx
