#pragma once
// A journal read as the story of one world: who wrote what where, in the order in which it happened. What the invariants judge.
// It reads along: each change of the journal is fed to it once, whether the entry is new or was completed later.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/world/journal.hpp"

namespace casewire::sim {

/// Something a person, the AI or the bridge said, wherever it was said.
struct Utterance {
  std::uint64_t entry = 0;
  std::string place;                 ///< Case id, session id, or mailbox address
  std::string author;                ///< user id, or "contact", "ai", "human_agent", or the From address of a mail
  std::string text;                  ///< white space folded
  std::vector<std::string> files{};  ///< names
};

struct CaseChange {
  std::uint64_t entry = 0;
  std::string id;
  bool created = false;
  std::string by_id;
  Json fields;
};

struct Mail {
  std::uint64_t entry = 0;
  std::string from, to, subject, message_id, in_reply_to, text;
  std::vector<std::string> references{};
  bool accepted = false;
  std::uint64_t cause = 0;  ///< of what OpenCX mails: the session's entry that it brings; 0: not known
};

struct SessionMoment {
  std::uint64_t entry = 0;
  std::string session, type, sender, owner, text;
  bool by_bridge = false;     ///< written through the API in one of the bridge's calls
  std::string customer = {};  ///< the From address of the mail that this came with, lower case; empty: it came with none
};

class History {
 public:
  /// An entry that is new, or that was completed: then it takes the place of what was known of it.
  void read(const Entry& entry);

  std::string integration_user_id;
  std::set<std::string> support_addresses;   ///< lower case
  std::set<std::string> customer_addresses;  ///< lower case
  std::vector<CaseChange> cases;
  std::map<std::string, std::string> contact_of_case;  ///< whom it is with: her address, lower case; without one the Contact's id
  std::map<std::string, std::string> customer_of_session;  ///< her address, as far as she wrote into it by mail
  std::vector<Utterance> case_comments_by_bridge, internal_comments, public_comments, rep_replies;
  std::vector<SessionMoment> session_events;
  std::vector<Mail> mails;
  std::size_t bridge_calls = 0;
  std::uint64_t last_entry = 0;

 private:
  /// What an entry can be the cause of: a call of the bridge, or a mail from somebody.
  struct Origin {
    bool bridge_call = false;
    std::string mail_from;
  };
  void read_record(const Entry& entry, const RecordChange& record);
  void read_mail(const Entry& entry, const MailPassage& mail);
  void read_session(const Entry& entry, const SessionEvent& event);

  std::map<std::uint64_t, Origin> origins_;
};

/// White space runs become one blank; the ends are trimmed.
std::string folded(std::string_view text);

}  // namespace casewire::sim
