#pragma once
// The fake OpenCX: contacts, sessions, history, send, update, webhooks, the email channel and an autopilot that truly races with
// people. Built from the public API description; guesses are marked in docs/opencx.md. A request that the description does not
// allow is answered as the vendor would and noted in violations(): a run with any is red.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "base/text/json.hpp"
#include "sim/mail/envelope.hpp"
#include "sim/world/surroundings.hpp"

namespace casewire::sim::opencx {

struct PlatformOptions {
  std::string base_url;  ///< scheme, host, port: what attachment URLs begin with
  std::string api_key = "ocx_live_casewire";
  std::string webhook_url{};     ///< where events go; empty: nowhere
  std::string webhook_secret{};  ///< signs them (Standard Webhooks); empty: unsigned
  std::vector<std::string> support_addresses{"help@acme.test"};
  std::string inbound_address = "in@mail.opencx.test";  ///< where support mail is forwarded to
};

/// When the AI falls silent (opencx-gaps A12): at the handoff, or, as the product page words it, once a person is active.
enum class AiSilence { at_handoff, once_a_person_is_active };

struct HistoryEvent {
  std::string id;
  std::string type;         ///< "message", "handoff", "agent_took_session_from_ai", ...
  std::string sender_type;  ///< "contact", "ai", "human_agent"; empty for events that nobody says
  std::string sender_name;
  std::string text;
  std::vector<std::string> attachment_names;
  WallTime at{};
};

struct SessionView {
  std::string id;
  int ticket_number = 0;
  std::string contact_address;
  std::string support_address;
  std::string status;  ///< "open", "closed_resolved", "closed_unresolved"
  std::string owner;   ///< "ai", "human", "none"
  bool handed_off = false;
  Json custom_data;
  std::vector<HistoryEvent> history;
  /// The Message-IDs of the customer's mail thread, oldest first: mails she sent, and ours that her server took.
  std::vector<std::string> thread{};
  std::size_t last_contact_message = 0;  ///< grows with every message of a contact, over all sessions; 0: none yet
};

/// Thread-safe. Never holds its lock across a Runtime, Transport or MailTransport call.
class Platform {
 public:
  /// `mail` carries what the email channel sends out. References outlive the platform; its tasks are stopped (by the runtime)
  /// before they go.
  Platform(PlatformOptions options, Surroundings surroundings, mail::MailTransport& mail);
  ~Platform();

  http::Reply handle(const http::Request& request);
  /// What a request would do, in the words of fault sentences: "message send", "session read", "session update", "session list",
  /// "session create", "history read", "contact read", "contact create", "contact update", "file read". Empty when unmodelled.
  std::vector<std::string> operations(const http::Request& request) const;
  /// Mail that was forwarded to the inbound address.
  mail::Reply receive(const mail::Envelope& envelope);

  // ---- the autopilot, as scenarios script it
  /// The AI answers every contact message with `text`, `after` it came. Without a rule the AI waits for the script.
  void answer_every_message(std::string text, std::chrono::milliseconds after);
  /// The AI begins an answer to the newest contact message and sends it `writing` later, unless it lost the session meanwhile.
  /// False when no session waits for the AI.
  bool answer(std::string text, std::chrono::milliseconds writing = std::chrono::milliseconds{0});
  /// The AI hands the session of the newest contact message to people. False when there is none.
  bool hand_off(std::string summary);
  /// The same in a session that is named, which may be any.
  bool answer(std::string_view session, std::string text, std::chrono::milliseconds writing);
  bool hand_off(std::string_view session, std::string summary);
  void set_silence(AiSilence silence);

  // ---- people in the OpenCX Inbox
  /// Takes the newest session of that contact address over. False when there is none.
  bool take_over(std::string_view agent_name, std::string_view contact_address);
  bool take_over_session(std::string_view session, std::string_view agent_name);

  // ---- what checks read
  std::vector<SessionView> sessions() const;  ///< oldest first
  std::vector<std::string> violations() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace casewire::sim::opencx
