#pragma once
// What the platform remembers, as plain data. Words as in the OpenCX API: contact, chat session, history, ticket number. The
// states follow the fields of the public session object; which of them an event sets is in docs/opencx.md, "States".

#include <optional>
#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/time.hpp"

namespace casewire::sim::opencx {

struct Contact {
  std::string id;
  std::string email;  ///< as first written; found without case
  std::string name;
  std::string phone_number;
  Json custom_data = Json::object();
  std::string non_verified_name{};  ///< as a stranger gave it in the widget
  std::string non_verified_email{};
  Json non_verified_custom_data = Json::object();
  WallTime created_at{};
  WallTime updated_at{};
};

struct StoredFile {
  std::string id;
  std::string name;
  std::string media_type;
  std::string content;
};

struct HistoryItem {
  std::string id{};
  std::string type;           ///< "message", "handoff", ...
  std::string sender_type{};  ///< "contact", "ai", "human_agent"; empty for events that nobody says
  std::string sender_name{};
  std::string text{};
  std::string subject{};  ///< of a contact's mail
  std::vector<StoredFile> files{};
  Json payload = nullptr;  ///< of "state_checkpoint" and "csat_submitted"
  WallTime at{};
};

enum class Owner { none, ai, human };
inline const char* name_of(Owner owner) { return owner == Owner::ai ? "ai" : owner == Owner::human ? "human" : "none"; }

struct Handoff {
  std::string summary;
};

struct Session {
  std::string id;
  int ticket_number = 0;
  std::string contact;  ///< Contact::id; may be empty for sessions made through the API
  std::string channel = "email";
  std::string title;
  std::string support_address;  ///< the address the customer wrote to
  std::string mailed_from{};    ///< her own, as she wrote it there last
  std::string status = "open";
  Owner owner = Owner::ai;
  std::string agent_name;
  std::string agent_id;  ///< public form: a string
  std::optional<Handoff> handoff;
  bool is_deleted = false;      ///< nobody reads it any more
  std::string ai_closure_type;  ///< empty: null
  Json custom_data = Json::object();
  std::vector<HistoryItem> history;
  /// The Message-IDs of the customer's mail thread, oldest first: mails she sent, and ours that her server took.
  std::vector<std::string> thread;
  WallTime created_at{};
  WallTime updated_at{};
  /// Grows with every contact message of the platform: the newest message has the highest.
  std::size_t last_contact_message = 0;
  std::size_t messages = 0;
  WallTime last_message_at{};
  std::size_t history_size = 0;  ///< of a version that is kept for readers behind: how much of the history it has

  bool is_open() const { return status == "open"; }
};

}  // namespace casewire::sim::opencx
