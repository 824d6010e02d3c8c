#pragma once
// The fake OpenCX: contacts, sessions, history, send, update, webhooks, the email channel and an autopilot that truly races with
// people. Built from the public API description; guesses are marked in docs/opencx.md. A request that the description does not
// allow is answered as the vendor would and noted in violations(): a run with any is red.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http/handler.hpp"
#include "base/text/json.hpp"
#include "base/text/result.hpp"
#include "sim/mail/envelope.hpp"
#include "sim/opencx/behaviour.hpp"
#include "sim/world/surroundings.hpp"

namespace casewire::sim::opencx {

struct PlatformOptions {
  std::string base_url;                       ///< scheme, host, port: what attachment URLs begin with
  std::string api_key = "ocx_live_casewire";  ///< with full access
  std::string webhook_url{};                  ///< where events go; empty: nowhere
  std::string webhook_secret{};               ///< signs them (Standard Webhooks); empty: unsigned
  std::vector<std::string> support_addresses{"help@acme.test"};
  std::string inbound_address = "in@mail.opencx.test";  ///< where support mail is forwarded to
  /// Further keys and what each may do: "contacts:read" ... (docs.open.cx api-reference/authentication).
  std::map<std::string, std::vector<std::string>> scoped_keys{};
  std::string widget_token = "bot_casewire";  ///< the public token of the chat widget
  /// Signs the tokens of the widget's contacts.
  std::string widget_key() const { return "widget:" + api_key; }
  /// Told in a sentence what the vendor does without a word, such as a mail that is skipped. Any thread.
  std::function<void(const std::string&)> tell{};
};

/// When the AI falls silent (opencx-gaps A12): at the handoff, or, as the product page words it, once a person is active.
enum class AiSilence { at_handoff, once_a_person_is_active };

struct FileView {
  std::string name;
  std::string media_type;
  std::size_t bytes = 0;
  std::string sha256;  ///< hexadecimal
};

struct HistoryEvent {
  std::string id;
  std::string type;         ///< "message", "handoff", "agent_took_session_from_ai", ...
  std::string sender_type;  ///< "contact", "ai", "human_agent"; empty for events that nobody says
  std::string sender_name;
  std::string text;
  std::vector<std::string> attachment_names;
  WallTime at{};
  std::vector<FileView> files{};
};

struct AgentFile {
  std::string name;
  std::string media_type;
  std::string content;
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
  /// What a request would do, in the words of fault sentences: one of operation_names(). Empty when unmodelled.
  std::vector<std::string> operations(const http::Request& request) const;
  /// "message send", "session read" ...: every operation of the API, sorted.
  static std::vector<std::string> operation_names();
  /// Mail that was forwarded to the inbound address.
  mail::Reply receive(const mail::Envelope& envelope);

  /// What people and the AI do is done in one session, which is named by its id. The error says why it cannot be done.
  using Done = Result<void, std::string>;

  // ---- the autopilot, as scenarios script it
  /// The AI begins an answer and sends it `writing` later, unless it lost the session meanwhile. Twice is two answers.
  Done answer(std::string_view session, std::string text, std::chrono::milliseconds writing = std::chrono::milliseconds{0});
  /// The AI decides not to reply (low confidence, nothing useful to say).
  Done say_nothing(std::string_view session);
  Done hand_off(std::string_view session, std::string summary);
  /// The AI closes the session: as solved, or, `is_assumed`, since nobody wrote any more.
  Done resolve(std::string_view session, bool is_assumed = false);
  /// The AI answers every contact message with `text`, `after` it came. Without a rule the AI waits for the script.
  void answer_every_message(std::string text, std::chrono::milliseconds after);
  /// The same two in the session of the newest contact message, for worlds of one conversation. False when there is none.
  bool answer(std::string text, std::chrono::milliseconds writing = std::chrono::milliseconds{0});
  bool hand_off(std::string summary);
  void set_silence(AiSilence silence);
  void behave(Behaviour behaviour);
  /// The webhooks of the next `count` handoffs go out as one, with the last of them: its data is a list (docs/opencx.md).
  void gather_handoffs(std::size_t count);

  // ---- people in the OpenCX Inbox
  /// Takes the newest session of that contact address over. False when there is none.
  bool take_over(std::string_view agent_name, std::string_view contact_address);
  Done agent_takes_over(std::string_view session, std::string agent);
  /// The manual handoff: to people elsewhere, with the agent's summary.
  Done agent_hands_off(std::string_view session, std::string agent, std::string summary);
  /// To the AI.
  Done agent_hands_back(std::string_view session, std::string agent);
  /// The contact gets it by mail; the session is assigned to the agent.
  Done agent_writes(std::string_view session, std::string agent, std::string text, std::vector<AgentFile> files = {});
  /// Internal: nobody is told.
  Done agent_notes(std::string_view session, std::string agent, std::string text);
  Done agent_closes(std::string_view session, std::string agent, bool is_resolved = true);
  /// Nobody can read it any more, and no list has it (assumed: no page says how a conversation is deleted).
  Done agent_deletes(std::string_view session);
  Done agent_reopens(std::string_view session, std::string agent);
  /// Two contacts turn out to be one person: the sessions and the address of `duplicate` are those of `into` from now on.
  Done merge_contacts(std::string_view duplicate_address, std::string_view into_address);

  // ---- what checks read
  std::vector<SessionView> sessions() const;  ///< oldest first
  std::optional<SessionView> session(std::string_view id) const;
  std::optional<SessionView> newest_session() const;
  std::vector<std::string> violations() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace casewire::sim::opencx
