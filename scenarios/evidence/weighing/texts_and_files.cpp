// What must not leave the org, and what must come through whole.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/evidence/same_files.hpp"
#include "scenarios/evidence/weighing/reading.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

std::string name_of_version(const OrgRow& version) {
  return bare_file_name(string_member(version.fields, "PathOnClient", string_member(version.fields, "Title")));
}

/// The files that hang on these Cases, or on mails of theirs, by name.
std::set<std::string> files_on(const Story& story, const std::vector<CaseRow>& cases) {
  std::set<std::string> documents, names;
  for (const auto& [id, row] : story.rows) {
    if (row.object != "ContentDocumentLink") continue;
    std::string place = eighteen(string_member(row.fields, "LinkedEntityId"));
    if (const auto mail = story.rows.find(place); mail != story.rows.end() && mail->second.object == "EmailMessage")
      place = eighteen(string_member(mail->second.fields, "ParentId"));
    if (std::any_of(cases.begin(), cases.end(), [&](const CaseRow& one) { return one.id == place; }))
      documents.insert(eighteen(string_member(row.fields, "ContentDocumentId")));
  }
  for (const auto& [id, row] : story.rows) {
    if (row.object == "ContentVersion" && documents.contains(eighteen(string_member(row.fields, "ContentDocumentId"))))
      names.insert(name_of_version(row));
  }
  return names;
}

Weight weigh_her_file(const Story& story, const sim::SessionEvent& event) {
  const auto address = story.address_of_session.find(event.session);
  if (address == story.address_of_session.end()) return proved();
  const auto there = files_on(story, cases_of(story, address->second));
  const bool is_changed = std::any_of(event.attachments.begin(), event.attachments.end(),
                                      [&](const sim::FileSeen& file) { return there.contains(bare_file_name(file.name)); });
  if (is_changed) return proved();
  if (there.empty()) return unknown("no ContentDocumentLink says which files are on a Case of hers");
  std::string doubt = story.testimony.doubt_of_rows("ContentDocumentLink");
  return unless(doubt.empty() ? story.testimony.doubt_of_rows("ContentVersion") : doubt);
}

Weight weigh_reps_file(const Story& story, const sim::Entry& entry, const sim::RecordChange& link) {
  const auto mail_row = story.rows.find(eighteen(string_member(link.fields, "LinkedEntityId")));
  if (mail_row == story.rows.end()) return proved();
  const auto owner = story.address_of_case.find(eighteen(string_member(mail_row->second.fields, "ParentId")));
  if (owner == story.address_of_case.end()) return unknown("whose Case that is, is not in it");
  for (const auto& [id, version] : story.rows) {
    if (version.object != "ContentVersion" ||
        string_member(version.fields, "ContentDocumentId") != string_member(link.fields, "ContentDocumentId"))
      continue;
    for (const sim::Entry& one : story.entries) {
      const auto* mail = one.as<sim::MailPassage>();
      if (mail == nullptr || !is_to(*mail, owner->second)) continue;
      const bool has_it = std::any_of(mail->attachments.begin(), mail->attachments.end(), [&](const sim::FileSeen& file) {
        return bare_file_name(file.name) == name_of_version(version);
      });
      if (has_it) return proved();
    }
  }
  return unless(story.testimony.doubt_of_arrival(owner->second, entry.at));
}

}  // namespace

Weight weigh_internal(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  const auto* mail = entry.as<sim::MailPassage>();
  const auto* event = entry.as<sim::SessionEvent>();
  // What the org tells its own people, and they each other, has not left.
  const bool stayed = mail != nullptr && std::none_of(mail->to.begin(), mail->to.end(), [&](const std::string& to) {
                        return story.customers.contains(lowercase(to));
                      });
  if (stayed) return {Weight::Kind::none, {}};
  // Which of them came out, the words tell; a reply to somebody else is no comment.
  const std::string text = event != nullptr ? sim::folded(event->text) : whole_text(story, entry);
  std::size_t longest = 0;
  for (const Written& comment : internal_comments_of(story)) {
    if (text.find(comment.text) != std::string::npos) longest = std::max(longest, comment.text.size());
  }
  return unless(longest != 0 && longest < kWordsByChance ? "so few words stand in other texts by chance" : "");
}

std::string internal_left_open(const Story& story) {
  if (std::string doubt = story.testimony.doubt_of_rows("CaseComment"); !doubt.empty()) return doubt;
  for (const Written& comment : internal_comments_of(story)) {
    if (comment.text.size() < kWordsByChance)
      return "what " + story.origins.at(comment.entry->sequence).text() + " says is too short to be told in a mail";
    if (std::string doubt = story.testimony.doubt_of_mailbox(comment.customer, comment.entry->at); !doubt.empty()) return doubt;
    if (std::string mail = mail_before(story, comment); !mail.empty()) return mail;
  }
  return {};
}

Weight weigh_file(const Story& story, const sim::Violation& violation) {
  const sim::Entry& entry = entry_of(story, violation);
  if (const auto* event = entry.as<sim::SessionEvent>()) return weigh_her_file(story, *event);
  if (const auto* link = entry.as<sim::RecordChange>()) return weigh_reps_file(story, entry, *link);
  return proved();
}

std::string files_left_open(const Story& story) {
  if (story.has_likened_files) return "of some files only name and size are there, and damage need not change those";
  std::string doubt = story.testimony.doubt_of_rows("ContentDocumentLink");
  return doubt.empty() ? story.testimony.doubt_of_rows("ContentVersion") : doubt;
}

}  // namespace casewire::scenarios
