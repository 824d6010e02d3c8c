#include "scenarios/evidence/story.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text/strings.hpp"
#include "scenarios/evidence/same_files.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

/// Puts the rows of the org into the order of events: made, changed, closed.
class Rows {
 public:
  Rows(Evidence& evidence, Story& story) : evidence_(evidence), story_(story) {}

  void tell() {
    find_bridge_user();
    date_links();
    for (auto& [id, row] : evidence_.rows) {
      if (row.is_by_bridge) row.created_by = story_.bridge_user;
      if (row.created_by.empty() && row.object == "Case" && string_member(row.fields, "Case_From__c") == "opencx") {
        row.created_by = story_.bridge_user;
      }
      if (row.object == "User") story_.names.try_emplace(id, name_of_user(row));
      if (row.created == WallTime{} || row.object == "User" || row.object == "CaseHistory") continue;
      tell(id, row);
    }
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object == "CaseHistory") tell_change(row);
    }
    // Calls of the bridge are its own; nobody else's are on the recording.
    for (Clue& clue : evidence_.clues) {
      auto* change = std::get_if<sim::RecordChange>(&clue.event);
      if (change == nullptr || !change->by_id.empty()) continue;
      change->by_id = story_.bridge_user;
      if (change->object == "Case" && change->fields.contains("Status"))
        change->fields["IsClosed"] = is_closed_word(string_member(change->fields, "Status"));
    }
  }

 private:
  static std::string name_of_user(const OrgRow& row) {
    const std::string name = string_member(row.fields, "Name");
    return name.empty() ? string_member(row.fields, "LastName") : name;
  }

  static bool is_closed_word(const std::string& status) { return lowercase(status).find("closed") != std::string::npos; }

  void find_bridge_user() {
    for (const auto& [id, row] : evidence_.rows) {
      if (!row.created_by.empty() && (row.is_by_bridge || string_member(row.fields, "Case_From__c") == "opencx")) {
        story_.bridge_user = row.created_by;
        return;
      }
    }
    story_.bridge_user = "005bridge";
    if (!evidence_.rows.empty())
      evidence_.guess("who the bridge is in Salesforce: no row of a Case from opencx says who created it");
  }

  void tell(const std::string& id, const OrgRow& row) {
    Json fields = row.fields;
    const bool was_closed = row.object == "Case" && truth(member(fields, "IsClosed")) && !row.seen_closed;
    const auto closed_at = time_from(string_member(fields, "ClosedDate"));
    if (row.object == "Case") {
      fields["IsClosed"] = false;
      if (string_member(fields, "SuppliedEmail").empty()) {
        const std::string email = string_member(fields, "ContactEmail");
        if (!email.empty()) fields["SuppliedEmail"] = email;
      }
    }
    if (row.object == "EmailMessage" && !fields.contains("Status")) fields["Status"] = "3";
    sim::RecordChange insert{
        .object = row.object, .id = id, .change = "insert", .by_id = row.created_by, .fields = std::move(fields)};
    if (row.object == "ContentVersion") insert.content = file_of(row);
    // A mail's own time is when it was sent.
    const auto sent = row.object == "EmailMessage" ? time_from(string_member(row.fields, "MessageDate")) : std::nullopt;
    evidence_.clues.push_back({sent && *sent < row.created ? *sent : row.created, row.origin, std::move(insert)});
    if (was_closed) {
      if (!closed_at) evidence_.guess("when Case " + id + " was closed: after everything else that is told of it");
      evidence_.clues.push_back(
          {closed_at.value_or(WallTime::max()), row.origin,
           sim::RecordChange{.object = "Case",
                             .id = id,
                             .change = "update",
                             .fields = {{"Status", string_member(row.fields, "Status")}, {"IsClosed", true}}}});
      std::get<sim::RecordChange>(evidence_.clues.back().event).by_id = string_member(row.fields, "LastModifiedById", kSomebody);
    }
  }

  /// Of a Case that was closed and opened again an export of Cases knows the end alone.
  void tell_change(const OrgRow& row) {
    const std::string case_id = eighteen(string_member(row.fields, "CaseId"));
    if (string_member(row.fields, "Field") != "Status" || case_id.empty() || row.created == WallTime{}) return;
    const std::string status = string_member(row.fields, "NewValue");
    evidence_.clues.push_back({row.created, row.origin,
                               sim::RecordChange{.object = "Case",
                                                 .id = case_id,
                                                 .change = "update",
                                                 .by_id = row.created_by,
                                                 .fields = {{"Status", status}, {"IsClosed", is_closed_word(status)}}}});
  }

  /// By its bytes where they are there, else by its size; nullopt: neither is.
  static std::optional<sim::FileSeen> file_of(const OrgRow& version) {
    const std::uint64_t bytes = version.content_sha256.empty() ? count_in(version.fields, "ContentSize") : version.content_bytes;
    if (version.content_sha256.empty() && bytes == 0) return std::nullopt;
    std::string name = string_member(version.fields, "PathOnClient", string_member(version.fields, "Title"));
    const std::string extension = string_member(version.fields, "FileExtension");
    if (name.find('.') == std::string::npos && !extension.empty()) name += "." + extension;
    return sim::FileSeen{std::move(name), bytes, version.content_sha256};
  }

  /// Tables have numbers as text.
  static std::uint64_t count_in(const Json& fields, const char* name) {
    const Json& value = member(fields, name);
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    std::uint64_t count = 0;
    const std::string text = string_member(fields, name);
    const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
    return read.ec == std::errc{} ? count : 0;
  }

  /// Salesforce does not say when a file was put onto a record, nor by whom: not before both were there, and by whoever brought the file.
  /// Source: Object Reference, "ContentDocumentLink", which has neither CreatedDate nor CreatedById.
  void date_links() {
    std::map<std::string, const OrgRow*> version_of;
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object == "ContentVersion") version_of.try_emplace(eighteen(string_member(row.fields, "ContentDocumentId")), &row);
    }
    for (auto& [id, row] : evidence_.rows) {
      if (row.object != "ContentDocumentLink" || row.created != WallTime{}) continue;
      const auto version = version_of.find(eighteen(string_member(row.fields, "ContentDocumentId")));
      const auto place = evidence_.rows.find(eighteen(string_member(row.fields, "LinkedEntityId")));
      if (version == version_of.end() || place == evidence_.rows.end()) continue;
      row.created = std::max(version->second->created, place->second.created);
      if (row.created_by.empty()) row.created_by = version->second->created_by;
    }
  }

  Evidence& evidence_;
  Story& story_;
};

class Telling {
 public:
  Telling(Evidence evidence, const std::vector<std::string>& supports) : evidence_(std::move(evidence)) {
    for (const std::string& address : supports) story_.supports.insert(lowercase(address));
  }

  Story told() {
    for (const auto& [session, address] : evidence_.contact_of_session) story_.address_of_session[session] = address;
    Rows(evidence_, story_).tell();
    story_.has_likened_files = identify_files(evidence_);
    find_rep_texts();
    find_people();
    put_summaries();
    drop_what_was_said_twice();
    drop_takeovers_of_the_bridge();
    for (Clue& clue : evidence_.clues) {
      // A mail's date has whole seconds: what support sent was sent within that second, after what made it.
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      if (mail != nullptr && !story_.customers.contains(lowercase(mail->from))) clue.at += milliseconds(999);
    }
    std::stable_sort(evidence_.clues.begin(), evidence_.clues.end(),
                     [&](const Clue& a, const Clue& b) { return a.at != b.at ? a.at < b.at : rank(a) < rank(b); });
    const WallTime begin = evidence_.clues.empty() ? WallTime{} : evidence_.clues.front().at;
    add(begin, "material", facts(), {});
    for (const Clue& clue : evidence_.clues) tell(clue);
    link_mails_of_opencx();
    story_.names.merge(evidence_.names);
    story_.guesses = std::move(evidence_.guesses);
    story_.has_mailbox = evidence_.has_mailbox;
    story_.is_in_doubt = evidence_.is_in_doubt;
    story_.has_exports = evidence_.has_exports;
    story_.has_calls = evidence_.has_calls;
    return std::move(story_);
  }

 private:
  std::uint64_t add(WallTime at, std::string actor, sim::Occurrence event, const Origin& origin, std::uint64_t cause = 0) {
    const std::uint64_t sequence = story_.entries.size() + 1;
    story_.entries.push_back(
        {.sequence = sequence, .at = at, .actor = std::move(actor), .cause = cause, .event = std::move(event)});
    if (!origin.file.empty()) story_.origins.emplace(sequence, origin);
    return sequence;
  }

  sim::WorldFacts facts() const {
    return {.integration_user_id = story_.bridge_user,
            .support_addresses = {story_.supports.begin(), story_.supports.end()},
            .customer_addresses = {story_.customers.begin(), story_.customers.end()},
            .bridge_is_ours = false};
  }

  void find_people() {
    for (const auto& [session, address] : story_.address_of_session) story_.customers.insert(address);
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object == "Case") {
        for (const char* field : {"SuppliedEmail", "ContactEmail"}) {
          if (const std::string email = lowercase(string_member(row.fields, field)); !email.empty())
            story_.address_of_case.try_emplace(id, email);
        }
      }
      if (row.object == "Contact") {
        const std::string email = lowercase(string_member(row.fields, "Email"));
        if (!email.empty() && !string_member(row.fields, "Name").empty())
          evidence_.names.try_emplace(email, string_member(row.fields, "Name"));
      }
    }
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object != "Case" || story_.address_of_case.contains(id)) continue;
      const auto contact = evidence_.rows.find(eighteen(string_member(row.fields, "ContactId")));
      if (contact != evidence_.rows.end()) story_.address_of_case[id] = lowercase(string_member(contact->second.fields, "Email"));
    }
    for (const auto& [id, session] : evidence_.session_of_case) {
      if (const auto hers = story_.address_of_session.find(session); hers != story_.address_of_session.end())
        story_.address_of_case.try_emplace(id, hers->second);
    }
    for (const auto& [id, address] : story_.address_of_case) story_.customers.insert(address);
    story_.customers.erase("");
    guess_people_of_mails();
    for (const std::string& address : story_.supports) story_.customers.erase(address);
  }

  /// Whoever nobody knows: the one who wrote first is the customer, the one she wrote to is support.
  void guess_people_of_mails() {
    const sim::MailPassage* first = nullptr;
    WallTime when = WallTime::max();
    for (const Clue& clue : evidence_.clues) {
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      if (mail != nullptr && clue.at < when) first = mail, when = clue.at;
    }
    if (first != nullptr && story_.customers.empty() && !story_.supports.contains(lowercase(first->from))) {
      story_.customers.insert(lowercase(first->from));
      evidence_.guess("that " + first->from + " is the customer: the first mail is from there");
    }
    if (!story_.supports.empty()) return;
    for (const Clue& clue : evidence_.clues) {
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      if (mail == nullptr) continue;
      if (story_.customers.contains(lowercase(mail->from)) && !mail->to.empty())
        story_.supports.insert(lowercase(mail->to.front()));
      const bool to_her = std::any_of(mail->to.begin(), mail->to.end(),
                                      [&](const std::string& to) { return story_.customers.contains(lowercase(to)); });
      if (to_her && !story_.customers.contains(lowercase(mail->from))) story_.supports.insert(lowercase(mail->from));
    }
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object != "EmailMessage" || truth(member(row.fields, "Incoming"))) continue;
      const std::string from = lowercase(string_member(row.fields, "FromAddress"));
      if (!from.empty() && !story_.customers.contains(from)) story_.supports.insert(from);
    }
    if (story_.supports.empty()) {
      story_.supports.insert("help@acme.test");
      evidence_.guess("the support address: no mail says where she wrote to, so it is help@acme.test");
    } else {
      std::string all;
      for (const std::string& address : story_.supports) all += (all.empty() ? "" : ", ") + address;
      evidence_.guess("that " + all + " is where OpenCX answers mail (--support names it)");
    }
  }

  /// The history tells when a session was handed off, the session why.
  void put_summaries() {
    for (auto& [session, summary] : evidence_.summary_of_session) {
      bool is_told = false;
      for (Clue& clue : evidence_.clues) {
        auto* event = std::get_if<sim::SessionEvent>(&clue.event);
        if (event == nullptr || event->session != session || event->type != "handoff") continue;
        if (event->text.empty()) event->text = summary.text;
        is_told = true;
      }
      if (is_told) continue;
      evidence_.guess("when session " + session + " was handed off: no history of it is in the bundle");
      evidence_.clues.push_back({summary.known_at, summary.origin,
                                 sim::SessionEvent{.session = session, .type = "handoff", .sender = "ai", .text = summary.text}});
    }
  }

  /// A history stands in a file of its own or in an answer; what the bridge sent is told by its call too.
  static bool is_call(const Clue& clue) { return clue.origin.place.find("item ") == std::string::npos; }

  /// The bridge takes a conversation from the AI by sending a rep's words. That is no work in the Inbox, for which a Case would be owed.
  void drop_takeovers_of_the_bridge() {
    constexpr std::chrono::seconds kApart{10};  // clocks differ
    std::map<std::string, std::vector<WallTime>> sent;
    for (const Clue& clue : evidence_.clues) {
      const auto* event = std::get_if<sim::SessionEvent>(&clue.event);
      if (event == nullptr || event->type != "message" || event->sender != "human_agent") continue;
      if (is_call(clue) || is_bridged(event->text)) sent[event->session].push_back(clue.at);
    }
    std::erase_if(evidence_.clues, [&](const Clue& clue) {
      const auto* event = std::get_if<sim::SessionEvent>(&clue.event);
      if (event == nullptr || event->type != "agent_took_session_from_ai") return false;
      const auto& times = sent[event->session];
      return std::any_of(times.begin(), times.end(),
                         [&](WallTime at) { return clue.at - kApart <= at && at <= clue.at + kApart; });
    });
  }

  /// What the bridge sent is told by its call, and again by the history.
  void drop_what_was_said_twice() {
    const auto is_again = [&](const Clue& one, const Clue& other) {
      const auto* a = std::get_if<sim::SessionEvent>(&one.event);
      const auto* b = std::get_if<sim::SessionEvent>(&other.event);
      const auto apart = one.at < other.at ? other.at - one.at : one.at - other.at;
      return a != nullptr && a->session == b->session && a->type == b->type && a->sender == b->sender &&
             sim::folded(a->text) == sim::folded(b->text) && apart < std::chrono::minutes(2) && is_call(one) != is_call(other);
    };
    std::vector<Clue> kept;
    for (Clue& clue : evidence_.clues) {
      const auto* event = std::get_if<sim::SessionEvent>(&clue.event);
      const bool is_copy = event != nullptr && event->sender == "human_agent" &&
                           std::any_of(kept.begin(), kept.end(), [&](const Clue& one) { return is_again(one, clue); });
      if (!is_copy) kept.push_back(std::move(clue));
    }
    evidence_.clues = std::move(kept);
  }

  /// Within one instant: what people do, then what comes of it. Salesforce tells whole seconds.
  int rank(const Clue& clue) const {
    if (const auto* mail = std::get_if<sim::MailPassage>(&clue.event))
      return story_.customers.contains(lowercase(mail->from)) ? 0 : 5;
    if (const auto* event = std::get_if<sim::SessionEvent>(&clue.event)) return event->sender == "human_agent" ? 4 : 1;
    if (const auto* record = std::get_if<sim::RecordChange>(&clue.event)) return record->by_id == story_.bridge_user ? 4 : 2;
    return 3;
  }

  void tell(const Clue& clue) {
    if (const auto* mail = std::get_if<sim::MailPassage>(&clue.event)) {
      add(clue.at, "mail", *mail, clue.origin);
    } else if (const auto* record = std::get_if<sim::RecordChange>(&clue.event)) {
      tell_record(clue, *record);
    } else if (const auto* event = std::get_if<sim::SessionEvent>(&clue.event)) {
      tell_session(clue, *event);
    } else {
      last_call_[clue.origin.text()] = add(clue.at, "bridge", clue.event, clue.origin);
    }
  }

  void tell_record(const Clue& clue, const sim::RecordChange& record) {
    const bool by_bridge = record.by_id == story_.bridge_user;
    story_.has_cases = story_.has_cases || record.object == "Case";
    story_.has_case_texts = story_.has_case_texts || (by_bridge && record.object != "Case");
    if (record.object == "EmailMessage" && !by_bridge && !truth(member(record.fields, "Incoming"))) story_.has_replies = true;
    if (record.object == "CaseComment" && !by_bridge && !truth(member(record.fields, "IsPublished"))) story_.has_internal = true;
    if (record.content) story_.has_files_of_case = true;
    // A row that the org made of her mail is no event of its own.
    add(record.change == "update" && clue.at == WallTime::max() ? last_at() : clue.at, "salesforce", record, clue.origin);
  }

  WallTime last_at() const { return story_.entries.empty() ? WallTime{} : story_.entries.back().at; }

  void tell_session(const Clue& clue, const sim::SessionEvent& event) {
    story_.has_history = true;
    story_.has_files_of_session = story_.has_files_of_session || !event.attachments.empty();
    std::uint64_t cause = 0;
    if (event.sender == "contact" && event.type == "message") cause = mail_of(clue, event);
    if (const auto call = last_call_.find(clue.origin.text()); event.sender == "human_agent" && call != last_call_.end())
      cause = call->second;
    if (cause == 0 && event.sender == "human_agent" && event.type == "message" && is_bridged(event.text))
      cause = call_for(clue, event);
    const std::uint64_t said = add(clue.at, "opencx", event, clue.origin, cause);
    const bool goes_out = event.type == "message" && (event.sender == "ai" || event.sender == "human_agent");
    const auto address = story_.address_of_session.find(event.session);
    if (evidence_.has_mailbox || !goes_out || address == story_.address_of_session.end()) return;
    evidence_.guess("that OpenCX mailed what its history shows: no mailbox of the customer's is in the bundle");
    add(clue.at, "mail",
        sim::MailPassage{.from = *story_.supports.begin(),
                         .to = {address->second},
                         .message_id = "history-" + std::to_string(said),
                         .text = event.text,
                         .attachments = event.attachments,
                         .verdict = "delivered"},
        {}, said);
  }

  /// The bridge may add a remark to what the rep wrote.
  bool is_bridged(const std::string& text) const {
    const std::string said = sim::folded(text);
    return std::any_of(rep_texts_.begin(), rep_texts_.end(),
                       [&](const std::string& written) { return said.find(written) != std::string::npos; });
  }

  /// What somebody wrote in Salesforce stands in a history of OpenCX because the bridge has sent it, also where no recording has the call.
  std::uint64_t call_for(const Clue& clue, const sim::SessionEvent& event) {
    evidence_.guess(
        "that the bridge sent what OpenCX shows as an agent's words: a rep wrote the same in Salesforce, and no recording has the call");
    return add(clue.at, "bridge",
               sim::HttpExchange{.from = "bridge",
                                 .to = "opencx",
                                 .method = "POST",
                                 .target = "/chat/sessions/" + event.session + "/send",
                                 .status = 200},
               {});
  }

  void find_rep_texts() {
    for (const auto& [id, row] : evidence_.rows) {
      const bool is_reply = row.object == "EmailMessage" && !truth(member(row.fields, "Incoming"));
      const bool is_public = row.object == "CaseComment" && truth(member(row.fields, "IsPublished"));
      if ((!is_reply && !is_public) || row.created_by == story_.bridge_user) continue;
      const std::string text = sim::folded(string_member(row.fields, is_reply ? "TextBody" : "CommentBody"));
      if (!text.empty()) rep_texts_.insert(text);
    }
  }

  /// The mail that this message came with; made up where the bundle has none.
  std::uint64_t mail_of(const Clue& clue, const sim::SessionEvent& event) {
    const auto address = story_.address_of_session.find(event.session);
    const std::string text = sim::folded(event.text);
    for (auto entry = story_.entries.rbegin(); entry != story_.entries.rend(); ++entry) {
      const auto* mail = entry->as<sim::MailPassage>();
      if (clue.at - entry->at > std::chrono::hours(2)) break;
      if (mail == nullptr || used_mails_.contains(entry->sequence)) continue;
      const bool is_hers = address == story_.address_of_session.end() ? story_.customers.contains(lowercase(mail->from))
                                                                      : lowercase(mail->from) == address->second;
      if (!is_hers || sim::folded(mail->text).find(text) == std::string::npos) continue;
      used_mails_.insert(entry->sequence);
      if (address == story_.address_of_session.end()) story_.address_of_session[event.session] = lowercase(mail->from);
      return entry->sequence;
    }
    if (address == story_.address_of_session.end()) return 0;
    return add(clue.at, "mail",
               sim::MailPassage{.from = address->second,
                                .to = {*story_.supports.begin()},
                                .subject = event.subject,
                                .message_id = "history-of-" + event.session + "-" + event.message_id,
                                .text = event.text,
                                .attachments = event.attachments,
                                .verdict = "delivered"},
               {});
  }

  /// A mail from support that says what the AI or an agent said is that.
  void link_mails_of_opencx() {
    for (sim::Entry& entry : story_.entries) {
      const auto* mail = entry.as<sim::MailPassage>();
      if (mail == nullptr || entry.cause != 0 || story_.customers.contains(lowercase(mail->from))) continue;
      const std::string text = sim::folded(mail->text);
      for (const sim::Entry& said : story_.entries) {
        const auto* event = said.as<sim::SessionEvent>();
        if (event == nullptr || event->text.empty() || event->sender == "contact" || said.sequence > entry.sequence) continue;
        if (text.find(sim::folded(event->text)) != std::string::npos) entry.cause = said.sequence;
      }
    }
  }

  Evidence evidence_;
  Story story_;
  std::map<std::string, std::uint64_t> last_call_;  ///< by its place
  std::set<std::uint64_t> used_mails_;
  std::set<std::string> rep_texts_;  ///< folded
};

}  // namespace

bool truth(const Json& value) { return value.is_boolean() && value.get<bool>(); }

Story told_by(Evidence evidence, const std::vector<std::string>& support_addresses) {
  return Telling(std::move(evidence), support_addresses).told();
}

}  // namespace casewire::scenarios
