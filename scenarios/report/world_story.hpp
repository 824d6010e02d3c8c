#pragma once
// What three windows onto the world showed in the course of a scenario: the customers' mailboxes, the conversations in OpenCX's Inbox,
// and the Cases. Each thing stands with the journal entry that brought it, so that a reader can have the windows as they stood at any
// step. Made from the journal alone: nobody asks the fakes again.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "scenarios/report/participants.hpp"
#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios::report {

struct SeenMail {
  const sim::Entry* entry = nullptr;
  const sim::MailPassage* mail = nullptr;
  bool is_sent = false;  ///< by the mailbox's owner
  std::string thread;    ///< as her mail program sorts it
  std::string writer;    ///< whose words they are: "Ruiz", "AI"; empty: not known
};

struct SeenMailbox {
  std::string owner;  ///< the script's name, else the address
  std::string address;
  std::vector<SeenMail> mails;
};

struct SeenSession {
  std::string id;
  std::int64_t ticket = 0;
  std::string contact;
  std::vector<const sim::Entry*> events;  ///< SessionEvents
};

/// Changes of a Case and of what hangs on it: comments, mails, posts, links of files.
struct SeenCase {
  std::string id;
  std::string name;                        ///< the script's; may be empty
  std::vector<const sim::Entry*> changes;  ///< RecordChanges
};

struct WorldStory {
  std::vector<SeenMailbox> mailboxes;
  std::vector<SeenSession> sessions;
  std::vector<SeenCase> cases;
  std::map<std::string, std::string> names;           ///< of users, queues, contacts and files, by id
  std::map<std::string, const sim::FileSeen*> files;  ///< the newest content, by ContentDocument id
};

/// Points into `scenario.journal`.
WorldStory world_story(const ScenarioResult& scenario, const Participants& participants);
/// Whose words a mail carries: the person or the AI whose message led to it; of a customer's own mail her name.
std::string writer_of(const ScenarioResult& scenario, const Participants& participants, const sim::Entry& entry);

}  // namespace casewire::scenarios::report
