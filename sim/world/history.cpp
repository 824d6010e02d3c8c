#include "sim/world/history.hpp"

#include "base/text/strings.hpp"

namespace casewire::sim {
namespace {

std::vector<std::string> strings_of(const Json& list) {
  std::vector<std::string> strings;
  if (!list.is_array()) return strings;
  for (const Json& element : list) {
    if (element.is_string()) strings.push_back(element.get<std::string>());
  }
  return strings;
}

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

void read_record(History& history, const Entry& entry) {
  const std::string object = string_member(entry.data, "object");
  const std::string change = string_member(entry.data, "change");
  const std::string by_id = string_member(entry.data, "by_id");
  const Json& fields = member(entry.data, "fields");
  if (object == "Case" && (change == "insert" || change == "update")) {
    history.cases.push_back({entry.sequence, string_member(entry.data, "id"), change == "insert", by_id, fields});
  }
  if (change != "insert") return;
  if (object == "CaseComment") read_comment(history, entry, fields, by_id);
  if (object == "EmailMessage") read_mail_row(history, entry, fields, by_id);
}

void read_mail(History& history, const Entry& entry) {
  const std::string verdict = string_member(entry.data, "verdict");
  for (const std::string& to : strings_of(member(entry.data, "to"))) {
    history.mails.push_back({entry.sequence, lowercase(string_member(entry.data, "from")), lowercase(to),
                             string_member(entry.data, "subject"), string_member(entry.data, "message_id"),
                             string_member(entry.data, "in_reply_to"), folded(string_member(entry.data, "text")),
                             strings_of(member(entry.data, "references")), verdict == "delivered" || verdict == "forwarded",
                             entry.cause});
  }
}

/// `cause` may be null.
void read_session(History& history, const Entry& entry, const Entry* cause) {
  const std::string from = cause ? string_member(cause->data, "from") : std::string();
  history.session_events.push_back({entry.sequence, string_member(entry.data, "session"), string_member(entry.data, "type"),
                                    string_member(entry.data, "sender"), string_member(entry.data, "owner"),
                                    folded(string_member(entry.data, "text")), cause && cause->kind == "http" && from == "bridge",
                                    cause && cause->kind == "mail" ? lowercase(from) : std::string()});
}

void read_world(History& history, const Entry& entry) {
  history.integration_user_id = string_member(entry.data, "integration_user_id", history.integration_user_id);
  for (const std::string& address : strings_of(member(entry.data, "support_addresses"))) {
    history.support_addresses.insert(lowercase(address));
  }
  for (const std::string& address : strings_of(member(entry.data, "customer_addresses"))) {
    history.customer_addresses.insert(lowercase(address));
  }
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

History History::of(const std::vector<Entry>& journal) {
  History history;
  for (const Entry& entry : journal) {
    history.last_entry = entry.sequence;
    if (entry.kind == "world") read_world(history, entry);
    if (entry.kind == "record") read_record(history, entry);
    if (entry.kind == "mail") read_mail(history, entry);
    if (entry.kind == "http" && string_member(entry.data, "from") == "bridge") ++history.bridge_calls;
    if (entry.kind == "session") {
      // A journal has no gaps, so an entry stands at its number.
      const bool known = entry.cause > 0 && entry.cause <= journal.size();
      read_session(history, entry, known ? &journal[entry.cause - 1] : nullptr);
    }
  }
  return history;
}

}  // namespace casewire::sim
