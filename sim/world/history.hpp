#pragma once
// A journal read as the story of one world: who wrote what where, in the order in which it happened. What the invariants judge.
// It reads along: each change of the journal is fed to it once, whether the entry is new or was completed later.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/world/journal.hpp"

namespace casewire::sim {

/// Something a person, the AI or the bridge said, wherever it was said.
struct Utterance {
  std::uint64_t entry = 0;
  std::string place{};   ///< Case id, session id, or mailbox address
  std::string author{};  ///< user id, or "contact", "ai", "human_agent", or the From address of a mail
  std::string text{};    ///< white space folded
  WallTime at{};
  std::string record{};                    ///< id of the row that holds it
  std::string name{};                      ///< of a rep: the author's
  std::optional<WallTime> withdrawn_at{};  ///< its row was deleted
  std::string to{};                        ///< of a mail on a Case: ToAddress, lower case
};

/// A message that the bridge sent for a person.
struct AgentSend {
  std::uint64_t entry = 0;
  std::string agent, name;  ///< the number and the name that it gave for that person
  std::string text;         ///< white space folded
};

struct CaseChange {
  std::uint64_t entry = 0;
  std::string id;
  bool created = false;
  std::string by_id;
  Json fields;
  WallTime at{};
};

/// A row of the bridge's that says something on a Case, whatever its object: the Case itself, a comment, a mail, a feed item.
struct CaseText {
  std::uint64_t entry = 0;
  WallTime at{};
  std::string case_id, object;
  std::string text;  ///< all that it says, white space folded
};

/// A file where it hangs: on a Case, or on a mail of one.
struct FileLink {
  std::uint64_t entry = 0;
  WallTime at{};
  std::string place;    ///< id of the record
  std::string case_id;  ///< of the Case that it is, or stands on
  std::string by_id;
  FileSeen file;
};

/// A Case's life.
struct CaseStory {
  std::uint64_t created = 0;
  bool by_bridge = false, of_this_channel = false;
  bool is_gone = false;     ///< deleted, at any time
  std::string merged_into;  ///< id of the Case that took it over
  /// Each opening and closing, in order.
  std::vector<std::pair<std::uint64_t, bool>> is_open_from;

  bool is_open_at(std::uint64_t entry) const {
    bool open = false;
    for (const auto& [from, opens] : is_open_from) {
      if (from <= entry) open = opens;
    }
    return open;
  }
};

struct Mail {
  std::uint64_t entry = 0;
  std::string from, to, subject, message_id, in_reply_to, text;
  std::vector<std::string> references{};
  bool accepted = false;
  std::uint64_t cause = 0;  ///< of what OpenCX mails: the session's entry that it brings; 0: not known
  WallTime at{};
  std::vector<FileSeen> files{};
  bool is_of_the_org = false;  ///< Salesforce has transmitted it by itself
};

struct SessionMoment {
  std::uint64_t entry = 0;
  std::string session, type, sender, owner, text;
  bool by_bridge = false;     ///< written through the API in one of the bridge's calls
  std::string customer = {};  ///< the From address of the mail that this came with, lower case; empty: it came with none
  std::string name = {};      ///< the sender's
  WallTime at{};
  std::vector<FileSeen> files{};
  std::uint64_t cause = 0;  ///< of what came by mail: that mail's entry
};

/// The Case that a session names, and since when.
struct SessionLink {
  std::string case_id;
  std::uint64_t entry = 0;
};

/// A call of the bridge.
struct Call {
  std::uint64_t entry = 0;
  WallTime at{};
  std::string to, method, target;
  bool has_failed = false;  ///< no answer, 429, or 5xx
  bool is_refused = false;  ///< any other 4xx, or a part of it was
  bool is_limited = false;  ///< 429
  std::optional<int> retry_after_s{};
  std::size_t starts = 0;  ///< how often the bridge had been started
};

class History {
 public:
  /// An entry that is new, or that was completed: then it takes the place of what was known of it.
  void read(const Entry& entry);

  std::string integration_user_id;
  std::set<std::string> support_addresses;   ///< lower case
  std::set<std::string> customer_addresses;  ///< lower case
  bool bridge_is_ours = true;
  std::vector<CaseChange> cases;
  std::map<std::string, CaseStory> case_stories;       ///< by id
  std::map<std::string, std::string> contact_of_case;  ///< whom it is with: her address, lower case; without one the Contact's id
  std::map<std::string, std::string> customer_of_session;  ///< her address, as far as she wrote into it by mail
  /// Those that the session was made to name, and by which entry first.
  std::map<std::string, std::map<std::string, std::uint64_t>> cases_of_session;
  std::map<std::string, SessionLink> link_of_session;  ///< the one that it was made to name last
  std::vector<Utterance> case_comments_by_bridge, internal_comments, public_comments, rep_replies;
  std::set<std::string> mails_of_the_org{};   ///< Message-IDs of what Salesforce transmits by itself
  std::map<std::string, Utterance> drafts{};  ///< by row id: outgoing mails that are not sent yet
  std::vector<CaseText> texts_by_bridge;
  std::vector<FileLink> files;
  std::vector<SessionMoment> session_events;
  std::set<std::string> deleted_sessions;  ///< by an agent in the Inbox
  std::vector<AgentSend> agent_sends;      ///< those that OpenCX has taken
  std::vector<Mail> mails;
  std::vector<Call> calls;
  /// When the bridge acknowledged a webhook, or the last of several, that told of this entry.
  std::map<std::uint64_t, WallTime> told_at;
  std::optional<WallTime> disturbed_at;  ///< since when it is no good day: a fault, a crash, a refusal
  std::size_t starts = 0;                ///< of the bridge
  std::size_t parked = 0;                ///< jobs, by the bridge's own word when it was asked last
  bool may_park = false;                 ///< the script speaks of parking
  std::uint64_t last_entry = 0;
  WallTime last_at{};

  /// The Case that this one has become by merging.
  const std::string& surviving(const std::string& case_id) const;
  /// Cases of this channel that are hers: by the address they were written with, her Contact, or the link in a session of hers.
  std::set<std::string> cases_of(const std::string& customer) const;

 private:
  /// What an entry can be the cause of: a call of the bridge, or a mail from somebody.
  struct Origin {
    bool bridge_call = false;
    std::string mail_from;
  };
  /// A row of the org: where it was written, and on which Case it stands.
  struct Row {
    std::uint64_t inserted = 0, changed = 0;
    std::string case_id;
  };
  void read_record(const Entry& entry, const RecordChange& record);
  void read_case(const Entry& entry, const RecordChange& record);
  void read_file(const Entry& entry, const RecordChange& record);
  void read_text(const Entry& entry, const RecordChange& record);
  void read_mail(const Entry& entry, const MailPassage& mail);
  void read_session(const Entry& entry, const SessionEvent& event);
  void read_exchange(const Entry& entry, const HttpExchange& exchange);
  void read_link(const Entry& entry, const HttpExchange& exchange);
  void read_send(const Entry& entry, const HttpExchange& exchange);
  void disturb(const Entry& entry) {
    if (!disturbed_at) disturbed_at = entry.at;
  }

  std::map<std::uint64_t, Origin> origins_;
  std::map<std::uint64_t, std::size_t> call_numbers_;      ///< by entry
  std::map<std::string, std::string> emails_of_contacts_;  ///< by id, lower case
  std::map<std::string, Row> rows_;                        ///< by id
  std::map<std::string, FileSeen> documents_;              ///< newest content, by ContentDocument id
};

/// White space runs become one blank; the ends are trimmed. The marks of a quote, '>' where a line begins, are left out: ">> " and "> > "
/// say the same. So are those of a list where they stand alone, "-", "*" and their like.
std::string folded(std::string_view text);

}  // namespace casewire::sim
