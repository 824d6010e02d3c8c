#include "sim/world/history.hpp"

#include <algorithm>

#include "base/text/html_text.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"

namespace casewire::sim {
namespace {

bool truth(const Json& value) { return value.is_boolean() && value.get<bool>(); }

/// What the row says, by whom, when and on which Case.
Utterance said_by(const Entry& entry, const RecordChange& record, const char* text_field) {
  return {.entry = entry.sequence,
          .place = string_member(record.fields, "ParentId"),
          .author = record.by_id,
          .text = folded(string_member(record.fields, text_field)),
          .at = entry.at,
          .record = record.id,
          .name = record.by};
}

/// On a Case, openly or among the org's people, unless it is the bridge's own.
void take(History& history, const Utterance& said, bool is_open) {
  if (said.author == history.integration_user_id) {
    history.case_comments_by_bridge.push_back(said);
  } else {
    (is_open ? history.public_comments : history.internal_comments).push_back(said);
  }
}

void read_comment(History& history, const Entry& entry, const RecordChange& record) {
  take(history, said_by(entry, record, "CommentBody"), truth(member(record.fields, "IsPublished")));
}

/// A post in a Case's feed is said as a comment is; a rich one says what its HTML shows.
void read_post(History& history, const Entry& entry, const RecordChange& record) {
  Utterance said = said_by(entry, record, "Body");
  if (truth(member(record.fields, "IsRichText"))) said.text = folded(text_of_html(string_member(record.fields, "Body")));
  take(history, said, string_member(record.fields, "Visibility") == "AllUsers");
}

void read_mail_row(History& history, const Entry& entry, const RecordChange& record) {
  if (record.by_id == history.integration_user_id || truth(member(record.fields, "Incoming"))) return;
  // A row with a Message-ID was transmitted by Salesforce itself: nobody else may mail it.
  if (const auto id = string_member(record.fields, "MessageIdentifier"); id.size() > 2) {
    history.mails_of_the_org.insert(id.substr(1, id.size() - 2));
    return;
  }
  Utterance said = said_by(entry, record, "TextBody");
  // Composers leave a blank there where the words are in the HTML.
  if (!has_visible_text(said.text)) said.text = folded(text_of_html(string_member(record.fields, "HtmlBody")));
  if (!has_visible_text(said.text)) said.text.clear();
  said.to = lowercase(string_member(record.fields, "ToAddress"));
  const auto status = string_member(record.fields, "Status");
  if (status == "3") history.rep_replies.push_back(said);
  if (status == "5") history.drafts[record.id] = said;
}

/// What is published later is said openly from then on.
void read_published_comment(History& history, const Entry& entry, const RecordChange& record) {
  if (!truth(member(record.fields, "IsPublished"))) return;
  const auto& internal = history.internal_comments;
  const auto comment =
      std::find_if(internal.begin(), internal.end(), [&](const Utterance& one) { return one.record == record.id; });
  if (comment == internal.end()) return;
  Utterance open = *comment;
  open.entry = entry.sequence;
  open.at = entry.at;
  history.public_comments.push_back(std::move(open));
}

/// A draft that is sent is a reply from then on.
void read_sent_draft(History& history, const Entry& entry, const RecordChange& record) {
  const auto draft = history.drafts.find(record.id);
  if (draft == history.drafts.end() || string_member(record.fields, "Status") != "3") return;
  Utterance reply = std::move(draft->second);
  history.drafts.erase(draft);
  reply.entry = entry.sequence;
  reply.at = entry.at;
  history.rep_replies.push_back(std::move(reply));
}

void read_withdrawal(History& history, const Entry& entry, const RecordChange& record) {
  for (Utterance& reply : history.rep_replies) {
    if (reply.record != record.id) continue;
    if (record.change == "delete") reply.withdrawn_at = entry.at;
    if (record.change == "undelete") reply.withdrawn_at.reset();
  }
}

/// The Case that a row stands on, whatever the name of the field that says so; empty: on none.
std::string case_of_row(const RecordChange& record) {
  for (const char* field : {"ParentId", "RelatedToId", "WhatId", "CaseId", "LinkedEntityId"}) {
    if (const std::string id = string_member(record.fields, field); id.starts_with("500")) return id;
  }
  return {};
}

/// Everything that the row says, in the order of its fields' names.
std::string all_texts(const Json& fields) {
  std::string all;
  for (const auto& [name, value] : fields.items()) {
    if (!value.is_string() || name.ends_with("Id")) continue;
    all += (all.empty() ? "" : "\n") + value.get<std::string>();
  }
  return folded(all);
}

/// Its answer is still to come.
bool is_open(const HttpExchange& exchange) { return !exchange.lost && exchange.error.empty() && !exchange.status; }

bool is_failure(const HttpExchange& exchange) {
  if (is_open(exchange)) return false;
  return exchange.lost || !exchange.error.empty() || *exchange.status == 429 || *exchange.status == 408 ||
         *exchange.status >= 500;
}

bool is_refusal(const HttpExchange& exchange) {
  if (is_open(exchange) || is_failure(exchange)) return false;
  return *exchange.status >= 400 || (exchange.method != "GET" && exchange.response.find("\"errorCode\"") != std::string::npos);
}

constexpr std::string_view kBlanks = " \t\r\n";

/// Each converter of HTML has its own, and who folds a text has them between words.
bool is_mark_of_a_list(std::string_view word) {
  return word == "-" || word == "*" || word == "\xE2\x80\xA2" || word == "\xE2\x80\x93" || word == "\xC2\xB7";
}

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (std::size_t at = 0; at < text.size();) {
    if (kBlanks.find(text[at]) != std::string_view::npos) {
      line_begins = line_begins || text[at] == '\n' || text[at] == '\r';
      ++at;
      continue;
    }
    if (text[at] == '>' && line_begins) {
      ++at;
      continue;
    }
    line_begins = false;
    const std::string_view word = text.substr(at, std::min(text.find_first_of(kBlanks, at), text.size()) - at);
    at += word.size();
    if (is_mark_of_a_list(word)) continue;
    if (!out.empty()) out += ' ';
    out += word;
  }
  return out;
}

// ---- the org's rows

void History::read_record(const Entry& entry, const RecordChange& record) {
  Row& row = rows_[record.id];
  row.changed = entry.sequence;
  if (record.change == "insert") {
    row.inserted = entry.sequence;
    row.case_id = record.id.starts_with("500") ? record.id : case_of_row(record);
  }
  if (record.object == "Case") read_case(entry, record);
  if (record.object == "Contact" && record.fields.contains("Email")) {
    emails_of_contacts_[record.id] = lowercase(string_member(record.fields, "Email"));
  }
  read_file(entry, record);
  if (record.object == "CaseComment" && record.change == "update") read_published_comment(*this, entry, record);
  if (record.object == "EmailMessage" && record.change == "update") read_sent_draft(*this, entry, record);
  if (record.object == "EmailMessage") read_withdrawal(*this, entry, record);
  if (record.change != "insert") return;
  if (record.object == "CaseComment") read_comment(*this, entry, record);
  if (record.object == "FeedItem") read_post(*this, entry, record);
  if (record.object == "EmailMessage") read_mail_row(*this, entry, record);
  read_text(entry, record);
}

void History::read_case(const Entry& entry, const RecordChange& record) {
  CaseStory& story = case_stories[record.id];
  // A merge deletes the Case that loses, and names there the one that is left.
  if (const std::string master = string_member(record.fields, "MasterRecordId"); !master.empty()) story.merged_into = master;
  if (record.change == "delete") {
    story.is_gone = true;
    story.is_open_from.emplace_back(entry.sequence, false);
  }
  if (record.change == "undelete") story.is_open_from.emplace_back(entry.sequence, !truth(member(record.fields, "IsClosed")));
  if (record.change != "insert" && record.change != "update") return;
  const bool created = record.change == "insert";
  cases.push_back({entry.sequence, record.id, created, record.by_id, record.fields, entry.at});
  if (created) {
    story.created = entry.sequence;
    story.by_bridge = record.by_id == integration_user_id;
    const std::string address = lowercase(string_member(record.fields, "SuppliedEmail"));
    contact_of_case[record.id] = address.empty() ? string_member(record.fields, "ContactId") : address;
  }
  if (string_member(record.fields, "Case_From__c") == "opencx") story.of_this_channel = true;
  const Json& closed = member(record.fields, "IsClosed");
  if (closed.is_boolean() || created) story.is_open_from.emplace_back(entry.sequence, !truth(closed));
}

void History::read_file(const Entry& entry, const RecordChange& record) {
  if (record.change != "insert") return;
  const auto hang = [&](const std::string& place, const FileSeen& file) {
    files.push_back({entry.sequence, entry.at, place, rows_[place].case_id, record.by_id, file});
  };
  if (record.object == "ContentVersion" && record.content) {
    documents_[string_member(record.fields, "ContentDocumentId")] = *record.content;
  }
  if (record.object == "Attachment" && record.content) hang(string_member(record.fields, "ParentId"), *record.content);
  if (record.object == "ContentDocumentLink") {
    const auto document = documents_.find(string_member(record.fields, "ContentDocumentId"));
    if (document != documents_.end()) hang(string_member(record.fields, "LinkedEntityId"), document->second);
  }
}

void History::read_text(const Entry& entry, const RecordChange& record) {
  if (record.by_id != integration_user_id || record.object == "ContentDocumentLink") return;
  const std::string case_id = record.object == "Case" ? record.id : case_of_row(record);
  if (!case_id.empty()) texts_by_bridge.push_back({entry.sequence, entry.at, case_id, record.object, all_texts(record.fields)});
}

const std::string& History::surviving(const std::string& case_id) const {
  constexpr int kMergesMax = 20;
  const std::string* id = &case_id;
  for (int merges = 0; merges < kMergesMax; ++merges) {
    const auto story = case_stories.find(*id);
    if (story == case_stories.end() || story->second.merged_into.empty()) break;
    id = &story->second.merged_into;
  }
  return *id;
}

std::set<std::string> History::cases_of(const std::string& customer) const {
  std::set<std::string> hers;
  const auto add = [&](const std::string& id) {
    hers.insert(id);
    hers.insert(surviving(id));
  };
  for (const auto& [id, contact] : contact_of_case) {
    const auto email = emails_of_contacts_.find(contact);
    if (contact == customer || (email != emails_of_contacts_.end() && email->second == customer)) add(id);
  }
  for (const auto& [session, cases_named] : cases_of_session) {
    const auto whose = customer_of_session.find(session);
    if (whose == customer_of_session.end() || whose->second != customer) continue;
    for (const auto& [id, from] : cases_named) add(id);
  }
  std::erase_if(hers, [&](const std::string& id) {
    const auto story = case_stories.find(id);
    return story == case_stories.end() || !story->second.of_this_channel;
  });
  return hers;
}

// ---- mails, sessions

void History::read_mail(const Entry& entry, const MailPassage& mail) {
  const bool accepted = mail.verdict == "delivered" || mail.verdict == "forwarded" || mail.verdict == "sent back";
  if (entry.sequence <= last_entry) {
    for (Mail& known : mails) {
      if (known.entry == entry.sequence) known.accepted = accepted;
    }
    return;
  }
  origins_[entry.sequence].mail_from = lowercase(mail.from);
  for (const std::string& to : mail.to) {
    mails.push_back({entry.sequence, lowercase(mail.from), lowercase(to), mail.subject, mail.message_id, mail.in_reply_to,
                     folded(mail.text), mail.references, accepted, entry.cause, entry.at, mail.attachments,
                     mails_of_the_org.contains(mail.message_id)});
  }
}

void History::read_session(const Entry& entry, const SessionEvent& event) {
  const auto origin = origins_.find(entry.cause);
  const bool known = origin != origins_.end();
  session_events.push_back({entry.sequence, event.session, event.type, event.sender, event.owner, folded(event.text),
                            known && origin->second.bridge_call, known ? origin->second.mail_from : std::string(), event.name,
                            entry.at, event.attachments, entry.cause});
  const SessionMoment& moment = session_events.back();
  if (moment.sender == "contact" && !moment.customer.empty()) customer_of_session[moment.session] = moment.customer;
  if (moment.type == "deleted") deleted_sessions.insert(moment.session);
}

// ---- calls and webhooks

/// `PATCH .../chat/sessions/{id}` with `custom_data.salesforce_case_id`: the vendor's page knows no other way to say it.
void History::read_link(const Entry& entry, const HttpExchange& exchange) {
  if (exchange.to != "opencx" || exchange.request.find("500") == std::string::npos || exchange.method == "GET") return;
  const auto body = parse_json(exchange.request);
  if (!body || !body->is_object()) return;
  const std::string id = string_member(member(*body, "custom_data"), "salesforce_case_id");
  if (id.empty()) return;
  const std::string_view path = std::string_view(exchange.target).substr(0, exchange.target.find('?'));
  const std::string session(path.substr(path.rfind('/') + 1));
  cases_of_session[session].try_emplace(id, entry.sequence);
  SessionLink& link = link_of_session[session];
  if (link.case_id != id) link = {id, entry.sequence};
}

/// `POST .../chat/sessions/{id}/send`. Files make a body longer than what the journal keeps of it: then nothing is known.
void History::read_send(const Entry& entry, const HttpExchange& exchange) {
  if (exchange.to != "opencx" || !exchange.target.ends_with("/send")) return;
  const auto body = parse_json(exchange.request);
  if (!body || !body->is_object()) return;
  const Json& agent = member(*body, "agent");
  if (!agent.is_object()) return;
  const bool is_known =
      std::any_of(agent_sends.begin(), agent_sends.end(), [&](const AgentSend& one) { return one.entry == entry.sequence; });
  if (is_known) return;
  agent_sends.push_back({entry.sequence, member(agent, "id").dump(), string_member(agent, "name"),
                         folded(string_member(member(*body, "message"), "text"))});
}

void History::read_exchange(const Entry& entry, const HttpExchange& exchange) {
  if (exchange.to == "bridge") {
    if (exchange.status && *exchange.status < 300 && exchange.error.empty()) told_at.try_emplace(entry.cause, entry.at);
    return;
  }
  if (exchange.from != "bridge") return;
  origins_[entry.sequence].bridge_call = true;
  const auto [number, is_new] = call_numbers_.try_emplace(entry.sequence, calls.size());
  if (is_new) calls.emplace_back();
  Call& call = calls[number->second];
  const std::size_t starts_then = is_new ? starts : call.starts;
  call = {.entry = entry.sequence,
          .at = entry.at,
          .to = exchange.to,
          .method = exchange.method,
          .target = exchange.target,
          .has_failed = is_failure(exchange),
          .is_refused = is_refusal(exchange),
          .is_limited = exchange.status && *exchange.status == 429,
          .retry_after_s = exchange.retry_after_s,
          .starts = starts_then};
  if (call.has_failed || call.is_refused) disturb(entry);
  // OpenCX has it, whether or not the bridge lived to hear so.
  if (!exchange.lost && exchange.status && *exchange.status < 300) {
    read_link(entry, exchange);
    read_send(entry, exchange);
  }
}

void History::read(const Entry& entry) {
  const bool is_new = entry.sequence > last_entry;
  if (const auto* mail = entry.as<MailPassage>()) read_mail(entry, *mail);
  if (const auto* exchange = entry.as<HttpExchange>()) read_exchange(entry, *exchange);
  if (!is_new) return;
  if (const auto* facts = entry.as<WorldFacts>()) {
    integration_user_id = facts->integration_user_id;
    bridge_is_ours = facts->bridge_is_ours;
    for (const std::string& address : facts->support_addresses) support_addresses.insert(lowercase(address));
    for (const std::string& address : facts->customer_addresses) customer_addresses.insert(lowercase(address));
  }
  if (const auto* record = entry.as<RecordChange>()) read_record(entry, *record);
  if (const auto* event = entry.as<SessionEvent>()) read_session(entry, *event);
  if (const auto* job = entry.as<JobEnd>(); job && job->http_status && *job->http_status < 300) {
    for (const std::string& id : job->records) told_at.try_emplace(rows_[id].inserted, entry.at);
    told_at.try_emplace(rows_[job->case_id].changed, entry.at);
  }
  if (entry.as<FaultStrike>()) disturb(entry);
  if (const auto* bridge = entry.as<BridgeEvent>()) {
    if (bridge->event == "crashed" || bridge->event == "stopped" || bridge->event == "hindered") disturb(entry);
    if (bridge->event == "started") ++starts;
    if (bridge->event == "may park") may_park = true;
    if (bridge->parked) parked = *bridge->parked;
  }
  last_entry = entry.sequence;
  last_at = entry.at;
}

}  // namespace casewire::sim
