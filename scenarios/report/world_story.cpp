#include "scenarios/report/world_story.hpp"

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"
#include "scenarios/report/entry_text.hpp"
#include "sim/mail/threads.hpp"

namespace casewire::scenarios::report {
namespace {

bool has_arrived(const sim::MailPassage& mail) { return mail.verdict == "delivered" || mail.verdict == "forwarded"; }

bool is_same(const sim::MailPassage& one, const sim::MailPassage& other) {
  return one.message_id == other.message_id && one.subject == other.subject && one.text == other.text &&
         one.attachments == other.attachments;
}

class Watcher {
 public:
  Watcher(const ScenarioResult& scenario, const Participants& participants) : scenario_(scenario), participants_(participants) {
    for (const Person& person : scenario.people) {
      if (person.role == Person::Role::customer) mailbox_of(lowercase(person.address));
    }
    for (const std::string& address : participants.customer_addresses) mailbox_of(address);
    for (const auto& [name, id] : scenario.cases) case_names_[id] = name;
  }

  WorldStory watch() {
    for (const sim::Entry& entry : scenario_.journal) {
      if (const auto* mail = entry.as<sim::MailPassage>()) see(entry, *mail);
      if (const auto* event = entry.as<sim::SessionEvent>()) see(entry, *event);
      if (const auto* record = entry.as<sim::RecordChange>()) see(entry, *record);
    }
    return std::move(story_);
  }

 private:
  // ---- mailboxes
  SeenMailbox& mailbox_of(const std::string& address) {
    for (SeenMailbox& mailbox : story_.mailboxes) {
      if (mailbox.address == address) return mailbox;
    }
    const std::string name = participants_.customer_name(address);
    story_.mailboxes.push_back({name.empty() ? address : name, address, {}});
    return story_.mailboxes.back();
  }
  void see(const sim::Entry& entry, const sim::MailPassage& mail) {
    const std::string writer = writer_of(scenario_, participants_, entry);
    if (participants_.is_customer_address(mail.from)) keep(lowercase(mail.from), {&entry, &mail, true, {}, writer});
    std::set<std::string> readers;
    for (const std::string& to : mail.to) readers.insert(lowercase(to));
    for (const std::string& reader : readers) {
      if (participants_.is_customer_address(reader) && has_arrived(mail)) keep(reader, {&entry, &mail, false, {}, writer});
    }
  }
  void keep(const std::string& address, SeenMail seen) {
    SeenMailbox& mailbox = mailbox_of(address);
    const bool is_repetition =
        !seen.mail->message_id.empty() && std::any_of(mailbox.mails.begin(), mailbox.mails.end(), [&](const SeenMail& known) {
          return known.is_sent == seen.is_sent && is_same(*known.mail, *seen.mail);
        });
    if (is_repetition) return;
    seen.thread = threads_[address].add({seen.mail->message_id, seen.mail->in_reply_to, seen.mail->references});
    mailbox.mails.push_back(std::move(seen));
  }

  // ---- conversations
  void see(const sim::Entry& entry, const sim::SessionEvent& event) {
    if (event.session.empty()) return;  // a mail that made no conversation
    auto& sessions = story_.sessions;
    auto known = std::find_if(sessions.begin(), sessions.end(), [&](const SeenSession& one) { return one.id == event.session; });
    if (known == sessions.end()) known = sessions.insert(sessions.end(), SeenSession{event.session, 0, {}, {}});
    if (event.ticket != 0) known->ticket = event.ticket;
    if (event.sender == "contact" && known->contact.empty()) known->contact = event.name;
    known->events.push_back(&entry);
  }

  // ---- Cases
  void see(const sim::Entry& entry, const sim::RecordChange& record) {
    if (!record.by_id.empty() && !record.by.empty()) story_.names.emplace(record.by_id, record.by);
    for (const char* field : {"Name", "Title"}) {
      if (const std::string name = string_member(record.fields, field); !name.empty()) story_.names[record.id] = name;
    }
    if (record.object == "ContentVersion") {
      const std::string document = string_member(record.fields, "ContentDocumentId");
      if (!document.empty() && record.content) {
        story_.names[document] = record.content->name;
        story_.files[document] = &*record.content;
      }
    }
    if (record.object == "Case") {
      add(record.id, entry);
      return;
    }
    std::string& owner = case_of_[record.id];
    for (const char* field : {"ParentId", "RelatedToId", "LinkedEntityId", "FeedItemId", "WhatId", "CaseId"}) {
      if (!owner.empty()) break;
      const std::string parent = string_member(record.fields, field);
      if (is_case(parent)) {
        owner = parent;
      } else if (const auto known = case_of_.find(parent); known != case_of_.end()) {
        owner = std::string(known->second);
      }
    }
    if (!owner.empty()) add(owner, entry);
  }
  bool is_case(const std::string& id) const {
    return std::any_of(story_.cases.begin(), story_.cases.end(), [&](const SeenCase& one) { return one.id == id; });
  }
  void add(const std::string& id, const sim::Entry& entry) {
    auto& cases = story_.cases;
    auto known = std::find_if(cases.begin(), cases.end(), [&](const SeenCase& one) { return one.id == id; });
    if (known == cases.end()) known = cases.insert(cases.end(), SeenCase{id, case_names_[id], {}});
    known->changes.push_back(&entry);
  }

  const ScenarioResult& scenario_;
  const Participants& participants_;
  WorldStory story_;
  std::map<std::string, sim::mail::Threads> threads_;  ///< by mailbox
  std::map<std::string, std::string> case_of_;         ///< by the id of what hangs on it
  std::map<std::string, std::string> case_names_;      ///< by id
};

}  // namespace

std::string writer_of(const ScenarioResult& scenario, const Participants& participants, const sim::Entry& entry) {
  const auto* mail = entry.as<sim::MailPassage>();
  if (mail != nullptr && participants.is_customer_address(mail->from)) return participants.customer_name(mail->from);
  const sim::Entry* cause = entry.cause < entry.sequence ? entry_numbered(scenario.journal, entry.cause) : nullptr;
  if (cause == nullptr) return {};
  if (const auto* event = cause->as<sim::SessionEvent>()) return event->name.empty() ? speaker(event->sender) : event->name;
  if (const auto* record = cause->as<sim::RecordChange>()) return record->by;
  return {};
}

WorldStory world_story(const ScenarioResult& scenario, const Participants& participants) {
  return Watcher(scenario, participants).watch();
}

}  // namespace casewire::scenarios::report
