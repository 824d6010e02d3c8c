#include "scenarios/evidence/weighing/reading.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>

#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

std::string owner_of(const Story& story, const std::string& case_id) {
  const auto owner = story.address_of_case.find(case_id);
  return owner == story.address_of_case.end() ? std::string() : owner->second;
}

std::vector<Written> written(const Story& story, bool (*is_meant)(const sim::RecordChange&)) {
  std::vector<Written> all;
  for (const sim::Entry& entry : story.entries) {
    const auto* record = entry.as<sim::RecordChange>();
    if (record == nullptr || record->change != "insert" || record->by_id == story.bridge_user || !is_meant(*record)) continue;
    const char* field = record->object == "EmailMessage" ? "TextBody" : "CommentBody";
    all.push_back({&entry, record, owner_of(story, eighteen(string_member(record->fields, "ParentId"))),
                   sim::folded(string_member(record->fields, field))});
  }
  return all;
}

bool stands_on(const OrgRow& row, const std::vector<CaseRow>& cases) {
  const std::string place = eighteen(string_member(row.fields, "ParentId"));
  return std::any_of(cases.begin(), cases.end(), [&](const CaseRow& one) { return one.id == place; });
}

}  // namespace

const sim::Entry& entry_of(const Story& story, const sim::Violation& violation) {
  return story.entries.at(violation.entry == 0 ? 0 : violation.entry - 1);
}

bool is_in_material(const Story& story, const sim::Entry& entry) { return story.origins.contains(entry.sequence); }

std::vector<CaseRow> cases_of(const Story& story, const std::string& customer) {
  std::vector<CaseRow> hers;
  for (const auto& [id, row] : story.rows) {
    if (row.object == "Case" && owner_of(story, id) == customer) hers.push_back({id, &row});
  }
  return hers;
}

std::string doubt_about_owners(const Story& story, const std::string& customer) {
  for (const auto& [id, row] : story.rows) {
    if (row.object != "Case") continue;
    const std::string owner = owner_of(story, id);
    if (owner.empty() && !tells(row, "SuppliedEmail")) return silence_about(row, "SuppliedEmail");
    const bool has_unknown_contact = !string_member(row.fields, "ContactId").empty() || !tells(row, "ContactId");
    if (owner.empty() && has_unknown_contact)
      return row.origin.text() + " has no SuppliedEmail, and nothing says who its Contact is";
    if ((owner.empty() || owner == customer) && !tells(row, "Case_From__c") && !story.session_of_case.contains(id))
      return silence_about(row, "Case_From__c");
  }
  return {};
}

std::string doubt_about_closing(const Story& story, const CaseRow& a_case) {
  if (truth(member(a_case.row->fields, "IsDeleted")))
    return "when the Case of " + a_case.row->origin.text() + " was deleted is not in it";
  if (a_case.row->seen_closed) return {};
  // Nobody tells the bridge of a closing: it shows when the Case is read again.
  if (a_case.row->is_by_bridge && !story.testimony.is_exported("Case", a_case.id))
    return "whether the Case of " + a_case.row->origin.text() + " was closed meanwhile is not in it";
  const bool has_history = std::any_of(story.rows.begin(), story.rows.end(), [&](const auto& one) {
    return one.second.object == "CaseHistory" && string_member(one.second.fields, "Field") == "Status" &&
           one.second.created != WallTime{} && eighteen(string_member(one.second.fields, "CaseId")) == a_case.id;
  });
  const auto closed = is_closed(*a_case.row);
  if (has_history || (closed && !*closed)) return {};
  if (!closed) return silence_about(*a_case.row, "IsClosed");
  if (closed_at(*a_case.row)) return {};
  return "when the Case of " + a_case.row->origin.text() + " was closed is not in it (ClosedDate)";
}

std::string doubt_about_texts(const Story& story, const std::vector<CaseRow>& cases, WallTime when) {
  // By what the bridge wrote elsewhere on these Cases it shows how it writes.
  for (const char* object : {"CaseComment", "EmailMessage"}) {
    const bool is_there = std::any_of(story.rows.begin(), story.rows.end(), [&](const auto& one) {
      return one.second.object == object && one.second.created_by == story.bridge_user && stands_on(one.second, cases);
    });
    if (!is_there) continue;
    std::string doubt = story.testimony.doubt_of_rows(object, when);
    return doubt.empty() ? story.testimony.doubt_of_texts() : doubt;
  }
  return "an export of Salesforce would show all there are, and no comment or mail of the bridge on a Case of hers is in it";
}

bool is_on(const std::string& id, const OrgRow& row, const std::vector<CaseRow>& cases) {
  return stands_on(row, cases) || std::any_of(cases.begin(), cases.end(), [&](const CaseRow& one) { return one.id == id; });
}

bool has_text(const OrgRow& row, const std::string& words) {
  return std::any_of(row.fields.begin(), row.fields.end(), [&](const Json& value) {
    return value.is_string() && sim::folded(value.get_ref<const std::string&>()).find(words) != std::string::npos;
  });
}

const OrgRow* strangers_row_with(const Story& story, const std::vector<CaseRow>& cases, const std::string& words) {
  for (const auto& [id, row] : story.rows) {
    if (is_on(id, row, cases) && row.created_by != story.bridge_user && has_text(row, words)) return &row;
  }
  return nullptr;
}

std::string letters_of(std::string_view text) {
  std::string letters;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80) {
      i += 2;  // U+2000 to U+203F: blanks, dashes, quotation marks
    } else if (c == 0xC2) {
      ++i;  // no-break spaces and signs
    } else if (c >= 0x80 || std::isalnum(c) != 0) {
      letters += static_cast<char>(std::tolower(c));
    }
  }
  return letters;
}

const OrgRow* row_like(const Story& story, const std::vector<CaseRow>& cases, std::string_view words) {
  constexpr std::size_t kFewest = 8;
  const std::string wanted = letters_of(words);
  if (wanted.size() < kFewest) return nullptr;
  const auto is_like = [&](const std::string& text) {
    std::string letters = letters_of(text);
    if (letters.find(wanted) != std::string::npos || letters_of(text_of_html(text)).find(wanted) != std::string::npos)
      return true;
    if (!text.ends_with("...") && !text.ends_with("\xE2\x80\xA6")) return false;
    for (std::size_t size = std::min(letters.size(), wanted.size()); size >= kFewest; --size) {
      if (letters.ends_with(std::string_view(wanted).substr(0, size))) return true;
    }
    return false;
  };
  for (const auto& [id, row] : story.rows) {
    if (!is_on(id, row, cases)) continue;
    for (const Json& value : row.fields) {
      if (value.is_string() && !has_text(row, sim::folded(words)) && is_like(value.get<std::string>())) return &row;
    }
  }
  return nullptr;
}

std::vector<Written> replies_of(const Story& story) {
  return written(story, [](const sim::RecordChange& record) {
    return record.object == "EmailMessage" && !truth(member(record.fields, "Incoming"));
  });
}

std::vector<Written> internal_comments_of(const Story& story) {
  return written(story, [](const sim::RecordChange& record) {
    return record.object == "CaseComment" && !truth(member(record.fields, "IsPublished"));
  });
}

std::string mail_before(const Story& story, const Written& written) {
  constexpr std::chrono::hours kClocksApart{1};
  const auto replies = replies_of(story);
  // Who writes the same twice has it mailed twice.
  const auto is_of_an_earlier_one = [&](const sim::Entry& mail) {
    return std::any_of(replies.begin(), replies.end(), [&](const Written& one) {
      return one.text == written.text && one.entry->sequence < mail.sequence && one.entry != written.entry;
    });
  };
  for (const sim::Entry& entry : story.entries) {
    if (entry.sequence >= written.entry->sequence) break;
    const auto* mail = entry.as<sim::MailPassage>();
    if (mail == nullptr || entry.at + kClocksApart < written.entry->at || written.text.empty() || !is_in_material(story, entry) ||
        story.customers.contains(lowercase(mail->from)))
      continue;
    if (whole_text(story, entry).find(written.text) != std::string::npos && !is_of_an_earlier_one(entry))
      return story.origins.at(entry.sequence).text() + " holds its words and is dated before it";
  }
  return {};
}

bool is_to(const sim::MailPassage& mail, const std::string& address) {
  return std::any_of(mail.to.begin(), mail.to.end(), [&](const std::string& to) { return equals_ignoring_case(to, address); });
}

std::string whole_text(const Story& story, const sim::Entry& entry) {
  if (const auto whole = story.whole_texts.find(entry.sequence); whole != story.whole_texts.end())
    return sim::folded(whole->second);
  const auto* mail = entry.as<sim::MailPassage>();
  return mail == nullptr ? std::string() : sim::folded(mail->text);
}

}  // namespace casewire::scenarios
