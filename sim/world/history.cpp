#include "sim/world/history.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim {
namespace {

bool truth(const Json& value) { return value.is_boolean() && value.get<bool>(); }

void read_comment(History& history, const Entry& entry, const Json& fields, const std::string& by_id) {
  const Utterance said{entry.sequence, string_member(fields, "ParentId"), by_id, folded(string_member(fields, "CommentBody"))};
  if (by_id == history.integration_user_id) {
    history.case_comments_by_bridge.push_back(said);
  } else if (truth(member(fields, "IsPublished"))) {
    history.public_comments.push_back(said);
  } else {
    history.internal_comments.push_back(said);
  }
}

void read_mail_row(History& history, const Entry& entry, const Json& fields, const std::string& by_id) {
  if (by_id == history.integration_user_id || truth(member(fields, "Incoming"))) return;
  // A row with a Message-ID was transmitted by Salesforce itself: nobody else may mail it.
  if (string_member(fields, "Status") != "3" || !string_member(fields, "MessageIdentifier").empty()) return;
  history.rep_replies.push_back(
      {entry.sequence, string_member(fields, "ParentId"), by_id, folded(string_member(fields, "TextBody"))});
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      blank = !out.empty();
      continue;
    }
    if (blank) out += ' ';
    blank = false;
    out += c;
  }
  return out;
}

void History::read_record(const Entry& entry, const RecordChange& record) {
  if (record.object == "Case" && (record.change == "insert" || record.change == "update")) {
    const bool created = record.change == "insert";
    cases.push_back({entry.sequence, record.id, created, record.by_id, record.fields});
    if (created) {
      const std::string address = lowercase(string_member(record.fields, "SuppliedEmail"));
      contact_of_case[record.id] = address.empty() ? string_member(record.fields, "ContactId") : address;
    }
  }
  if (record.change != "insert") return;
  if (record.object == "CaseComment") read_comment(*this, entry, record.fields, record.by_id);
  if (record.object == "EmailMessage") read_mail_row(*this, entry, record.fields, record.by_id);
}

void History::read_mail(const Entry& entry, const MailPassage& mail) {
  const bool accepted = mail.verdict == "delivered" || mail.verdict == "forwarded";
  if (entry.sequence <= last_entry) {
    for (Mail& known : mails) {
      if (known.entry == entry.sequence) known.accepted = accepted;
    }
    return;
  }
  origins_[entry.sequence].mail_from = lowercase(mail.from);
  for (const std::string& to : mail.to) {
    mails.push_back({entry.sequence, lowercase(mail.from), lowercase(to), mail.subject, mail.message_id, mail.in_reply_to,
                     folded(mail.text), mail.references, accepted, entry.cause});
  }
}

void History::read_session(const Entry& entry, const SessionEvent& event) {
  const auto origin = origins_.find(entry.cause);
  const bool known = origin != origins_.end();
  session_events.push_back({entry.sequence, event.session, event.type, event.sender, event.owner, folded(event.text),
                            known && origin->second.bridge_call, known ? origin->second.mail_from : std::string()});
  const SessionMoment& moment = session_events.back();
  if (moment.sender == "contact" && !moment.customer.empty()) customer_of_session[moment.session] = moment.customer;
}

void History::read(const Entry& entry) {
  const bool is_new = entry.sequence > last_entry;
  if (const auto* mail = entry.as<MailPassage>()) read_mail(entry, *mail);
  if (!is_new) return;
  if (const auto* facts = entry.as<WorldFacts>()) {
    integration_user_id = facts->integration_user_id;
    for (const std::string& address : facts->support_addresses) support_addresses.insert(lowercase(address));
    for (const std::string& address : facts->customer_addresses) customer_addresses.insert(lowercase(address));
  }
  if (const auto* record = entry.as<RecordChange>()) read_record(entry, *record);
  if (const auto* call = entry.as<HttpExchange>(); call && call->from == "bridge") {
    ++bridge_calls;
    origins_[entry.sequence].bridge_call = true;
  }
  if (const auto* event = entry.as<SessionEvent>()) read_session(entry, *event);
  last_entry = entry.sequence;
}

}  // namespace casewire::sim
