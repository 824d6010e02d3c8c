#pragma once
// The sessions and who owns them: every change of state that the platform knows, each as one transaction that writes history,
// journal, webhooks and mails together. Follows docs/opencx.md, "States". Not thread-safe: Platform locks around it, and starts
// what todo() says once the lock is gone.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/opencx/behaviour.hpp"
#include "sim/opencx/blocklist.hpp"
#include "sim/opencx/platform.hpp"
#include "sim/opencx/session.hpp"

namespace casewire::sim::opencx {

/// A webhook that is to go out.
struct Event {
  std::string session;
  std::string id;    ///< webhook-id: the same for each try
  std::string type;  ///< "conversation.ai_response"
  std::string body;
  std::uint64_t cause = 0;
};

/// A mail to the session's contact that is to go out.
struct OutgoingMail {
  std::string session;
  std::string message_id;  ///< RFC 5322, drawn once: a repetition is the same mail
  std::string sender_name;
  std::string text;
  std::vector<StoredFile> files;
  std::uint64_t cause = 0;
};

/// A mail that belongs to no session (POST /email).
struct BulkMail {
  std::string from;
  std::string sender_name;
  std::string to;
  std::string subject;
  std::string html;
  std::string message_id;
  milliseconds delay{0};
  std::uint64_t cause = 0;
};

/// A contact message that the AI may answer.
struct Question {
  std::string session;
  std::uint64_t entry = 0;  ///< where it stands in the journal
};

struct Todo {
  std::vector<Event> events;
  std::vector<OutgoingMail> mails;
  std::vector<BulkMail> bulk;
  std::vector<Question> asked;
};

struct ContactMessage {
  std::string text;
  std::string subject{};
  std::vector<StoredFile> files{};
};

struct AgentMessage {
  std::string text;
  std::vector<StoredFile> files{};
  std::string agent_id{};
  std::string agent_name{};
  bool takes_over = false;
};

class Desk {
 public:
  Desk(const PlatformOptions& options, Surroundings surroundings) : options_(options), world_(surroundings) {}

  // ---- looking
  Session* session(std::string_view id);
  const std::map<std::string, Session, std::less<>>& sessions() const { return sessions_; }
  const std::vector<std::string>& in_order() const { return order_; }  ///< session ids, oldest first
  Session* by_ticket(int number);
  Contact* contact(std::string_view id);
  Contact* contact_by_email(std::string_view email);
  const std::vector<std::string>& contacts_in_order() const { return contact_order_; }
  const StoredFile* file(std::string_view id) const;
  /// The session of the newest contact message among those that hold.
  Session* with_newest_message(const std::function<bool(const Session&)>& holds);
  bool ai_may_answer(const Session& session) const;
  /// Its sender or her domain is on the blocklist.
  bool is_blocked(const Session& session) const;
  /// In whole steps of Behaviour::time_grain.
  WallTime now() const;
  /// The session as it was `lag` ago; null when it was not there yet, and when it is deleted.
  const Session* as_of(const Session& session, milliseconds lag) const;
  const Behaviour& behaviour() const { return behaviour_; }
  Blocklist& blocklist() { return blocklist_; }
  /// A widget's message with it was taken before.
  bool knows_uuid(std::string_view uuid) const { return uuids_.contains(uuid); }
  /// A file that was uploaded and belongs to no message yet; null when there is none.
  const StoredFile* upload(std::string_view id) const;
  std::string new_id() { return uuid(world_.rng); }

  // ---- changes
  void set_silence(AiSilence silence) { silence_ = silence; }
  void behave(Behaviour behaviour);
  /// Its id. At most 1,000 are kept, the oldest go.
  std::string keep_upload(StoredFile file);
  /// The last 10,000 are known.
  void keep_uuid(std::string uuid);
  void send_bulk(BulkMail mail) { todo_.bulk.push_back(std::move(mail)); }
  Contact& add_contact(std::string email, std::string name);
  /// False when another contact has it.
  bool change_email(Contact& contact, std::string email);
  /// The sessions and addresses of the one are those of the other from now on; the id of `duplicate` is gone (F59).
  void merge_contacts(Contact& duplicate, Contact& into);
  /// Its sessions stay, without a contact.
  void delete_contact(const std::string& id);
  Session& open_session(std::string contact, std::string channel, std::string title, std::string support_address);
  /// Each returns the id of its history item. A closed session is reopened first.
  std::string contact_writes(Session& session, ContactMessage message, std::uint64_t cause);
  std::string agent_writes(Session& session, AgentMessage message, std::uint64_t cause);
  /// From the Inbox: the session is assigned to whoever answers it.
  std::string agent_answers_in_inbox(Session& session, AgentMessage message);
  /// The fence: an answer that a person, a handoff or a closing overtook is dropped and noted.
  void ai_answers(Session& session, std::string text, std::uint64_t cause);
  void ai_says_nothing(Session& session);
  void ai_resolves(Session& session, bool is_assumed);
  void ai_hands_off(Session& session, std::string summary);
  void agent_hands_off(Session& session, std::string agent, std::string summary);
  /// The AI owns the session again, as before any handoff.
  void agent_hands_back(Session& session, std::string agent);
  void agent_takes_over(Session& session, std::string name, std::uint64_t cause);
  /// Internal: no mail, no webhook.
  void agent_notes(Session& session, std::string agent, std::string text);
  void agent_reopens(Session& session, std::string agent);
  void agent_deletes(Session& session);
  /// `by`: "api", "agent", "contact": who closes, as the history event names it.
  void set_status(Session& session, std::string_view status, std::string_view by, std::uint64_t cause, std::string name = {});
  void touch(Session& session);
  /// What the widget tells of a session: a checkpoint of its page, a score.
  void write_payload(Session& session, std::string type, Json payload, std::uint64_t cause);
  /// A line in the journal about a session that is no history event.
  std::uint64_t note(const Session& session, std::string type, std::string text, std::uint64_t cause);

  /// What the changes since the last call want done.
  Todo todo() { return std::exchange(todo_, {}); }

 private:
  struct FilePlace {
    std::string session;
    std::size_t item = 0;
    std::size_t file = 0;
  };
  struct Written {
    std::string id;
    std::uint64_t entry = 0;
  };
  Written write(Session& session, HistoryItem item, std::uint64_t cause);
  void announce(const Session& session, std::string type, Json data, std::uint64_t cause);
  void mail_contact(const Session& session, std::string sender_name, std::string text, std::vector<StoredFile> files,
                    std::uint64_t cause);
  void hand_off(Session& session, std::string summary, std::string agent, const char* reason);
  void remove_contact(const std::string& id);
  void reopen(Session& session, std::string type, std::uint64_t cause, std::string name = {});
  int new_ticket_number();
  /// Of whoever works in the Inbox under that name: what a session's assignee_id says.
  std::string number_of_agent(const std::string& name);
  void keep_version(const Session& session, WallTime at);

  const PlatformOptions& options_;
  Surroundings world_;
  AiSilence silence_ = AiSilence::at_handoff;
  std::map<std::string, Session, std::less<>> sessions_;
  std::vector<std::string> order_;
  std::map<int, std::string> tickets_;
  std::map<std::string, Contact, std::less<>> contacts_;
  std::vector<std::string> contact_order_;
  std::map<std::string, std::string, std::less<>> contacts_by_email_;  // lower case
  std::map<std::string, FilePlace, std::less<>> files_;                // by file id
  std::size_t contact_messages_ = 0;
  std::map<std::string, std::size_t, std::less<>> agents_;  // by name
  Behaviour behaviour_;
  /// A session as it was from `at` on, without its history.
  struct Version {
    WallTime at;
    Session session;
  };
  std::map<std::string, std::vector<Version>, std::less<>> versions_;  // kept while readers are behind
  Blocklist blocklist_;
  std::map<std::string, StoredFile, std::less<>> uploads_;
  std::vector<std::string> upload_order_;
  std::set<std::string, std::less<>> uuids_;
  std::deque<std::string> uuid_order_;
  Todo todo_;
};

}  // namespace casewire::sim::opencx
