#include "scenarios/evidence/story.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "base/text/strings.hpp"
#include "scenarios/evidence/own_words.hpp"
#include "scenarios/evidence/row_facts.hpp"
#include "scenarios/evidence/same_files.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

/// Puts the rows of the org into the order of events: made, changed, closed.
class Rows {
 public:
  Rows(Evidence& evidence, Story& story) : evidence_(evidence), story_(story) {}

  void tell() {
    find_owners();
    find_bridge_user();
    date_links();
    for (auto& [id, row] : evidence_.rows) {
      if (row.is_by_bridge) row.created_by = story_.bridge_user;
      if (row.created_by.empty() && row.object == "Case" && is_of_this_channel(id, row)) row.created_by = story_.bridge_user;
      if (row.object == "User") story_.names.try_emplace(id, name_of_user(row));
      if (row.created == WallTime{} || row.object == "User" || row.object == "CaseHistory" || is_undecided(id, row)) continue;
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

  /// With whom each Case is: by its own fields, its Contact, or the session that names it.
  void find_owners() {
    story_.session_of_case = evidence_.session_of_case;
    for (const auto& [id, row] : evidence_.rows) {
      if (row.object != "Case") continue;
      std::string owner = lowercase(string_member(row.fields, "SuppliedEmail"));
      if (owner.empty()) owner = lowercase(string_member(row.fields, "ContactEmail"));
      const auto contact = evidence_.rows.find(eighteen(string_member(row.fields, "ContactId")));
      if (owner.empty() && contact != evidence_.rows.end()) owner = lowercase(string_member(contact->second.fields, "Email"));
      const auto session = evidence_.session_of_case.find(id);
      if (owner.empty() && session != evidence_.session_of_case.end()) {
        const auto hers = evidence_.contact_of_session.find(session->second);
        if (hers != evidence_.contact_of_session.end()) owner = hers->second;
      }
      if (!owner.empty()) story_.address_of_case[id] = owner;
    }
  }

  /// Where the column is not there, the session that names it tells.
  bool is_of_this_channel(const std::string& id, const OrgRow& row) const {
    return tells(row, "Case_From__c") ? string_member(row.fields, "Case_From__c") == "opencx"
                                      : story_.session_of_case.contains(id);
  }

  /// Whether a mail came or went, and whether a comment is internal, only a column tells; whose it is too. What the bridge asked for it knew.
  bool is_undecided(const std::string& id, const OrgRow& row) {
    const bool is_comment = row.object == "CaseComment";
    if ((!is_comment && row.object != "EmailMessage") || !evidence_.testimony.is_exported(row.object, id) || row.is_by_bridge)
      return false;
    const char* column = is_comment ? "IsPublished" : "Incoming";
    const char* missing = row.created_by.empty()                                                             ? "CreatedById"
                          : row.created_by != story_.bridge_user && !member(row.fields, column).is_boolean() ? column
                                                                                                             : nullptr;
    if (missing == nullptr) return false;
    evidence_.testimony.lacks_rows(row.object, silence_about(row, missing));
    evidence_.guess("that nothing is to be told of " + row.origin.text() + ": it does not say " + missing);
    return true;
  }

  void find_bridge_user() {
    for (const auto& [id, row] : evidence_.rows) {
      if (!row.created_by.empty() && (row.is_by_bridge || (row.object == "Case" && is_of_this_channel(id, row)))) {
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
    const bool was_closed = row.object == "Case" && is_closed(row).value_or(false) && !row.seen_closed;
    if (row.object == "Case") {
      fields["IsClosed"] = false;
      if (is_of_this_channel(id, row)) fields["Case_From__c"] = "opencx";
      if (const auto owner = story_.address_of_case.find(id); owner != story_.address_of_case.end())
        fields["SuppliedEmail"] = owner->second;
    }
    if (row.object == "EmailMessage") {
      if (!fields.contains("Status")) fields["Status"] = "3";
      fields["TextBody"] = own_words_of_reply(text_of_mail_row(fields));
    }
    sim::RecordChange insert{
        .object = row.object, .id = id, .change = "insert", .by_id = row.created_by, .fields = std::move(fields)};
    if (row.object == "ContentVersion") insert.content = file_of(row);
    // A mail's own time is when it was sent.
    const auto sent = row.object == "EmailMessage" ? time_from(string_member(row.fields, "MessageDate")) : std::nullopt;
    evidence_.clues.push_back({sent && *sent < row.created ? *sent : row.created, row.origin, std::move(insert)});
    if (was_closed) {
      const auto when = closed_at(row);
      if (!when) evidence_.guess("when Case " + id + " was closed: after everything else that is told of it");
      evidence_.clues.push_back(
          {when.value_or(WallTime::max()), row.origin,
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
    find_mailboxes();
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
    story_.is_in_doubt = evidence_.is_in_doubt;
    story_.has_calls = evidence_.has_calls;
    story_.rows = std::move(evidence_.rows);
    story_.testimony = std::move(evidence_.testimony);
    story_.guessed_letters = std::move(evidence_.guessed_letters);
    story_.without_seconds = std::move(evidence_.without_seconds);
    story_.automatic_mails = std::move(evidence_.automatic_mails);
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
      if (row.object != "Contact") continue;
      const std::string email = lowercase(string_member(row.fields, "Email"));
      if (!email.empty() && !string_member(row.fields, "Name").empty())
        evidence_.names.try_emplace(email, string_member(row.fields, "Name"));
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
    // Anybody may write to her, with a newsletter say: support is whom she wrote to, or who answers.
    for (const Clue& clue : evidence_.clues) {
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      if (mail == nullptr) continue;
      const bool is_hers = story_.customers.contains(lowercase(mail->from));
      if (is_hers && !mail->to.empty() && is_heard(*mail)) story_.supports.insert(lowercase(mail->to.front()));
      const bool to_her = std::any_of(mail->to.begin(), mail->to.end(),
                                      [&](const std::string& to) { return story_.customers.contains(lowercase(to)); });
      if (to_her && !is_hers && !mail->in_reply_to.empty()) story_.supports.insert(lowercase(mail->from));
    }
    for (const Clue& clue : evidence_.clues) {
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      if (!story_.supports.empty() || mail == nullptr || mail->to.empty()) continue;
      if (story_.customers.contains(lowercase(mail->from))) story_.supports.insert(lowercase(mail->to.front()));
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

  /// OpenCX has what it says: she writes to others, too.
  bool is_heard(const sim::MailPassage& mail) const {
    const std::string words = sim::folded(mail.text);
    return std::any_of(evidence_.clues.begin(), evidence_.clues.end(), [&](const Clue& clue) {
      const auto* event = std::get_if<sim::SessionEvent>(&clue.event);
      return event != nullptr && event->sender == "contact" && !event->text.empty() &&
             words.find(sim::folded(event->text)) != std::string::npos;
    });
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

  /// A mailbox in one file is hers when each mail in it is from her or to her; mails that came one by one are each somebody's.
  void find_mailboxes() {
    std::map<std::string, std::vector<const Clue*>> mails_of;
    for (const Clue& clue : evidence_.clues) {
      if (std::holds_alternative<sim::MailPassage>(clue.event))
        mails_of[clue.origin.place.empty() ? clue.origin.text() : clue.origin.file].push_back(&clue);
    }
    const auto mail_in = [](const Clue* clue) -> const sim::MailPassage& { return std::get<sim::MailPassage>(clue->event); };
    const auto is_to = [](const sim::MailPassage& mail, const std::string& address) {
      return std::any_of(mail.to.begin(), mail.to.end(),
                         [&](const std::string& to) { return equals_ignoring_case(to, address); });
    };
    for (const auto& [file, mails] : mails_of) {
      for (const std::string& customer : story_.customers) {
        const bool is_hers = std::all_of(mails.begin(), mails.end(), [&](const Clue* clue) {
          return equals_ignoring_case(mail_in(clue).from, customer) || is_to(mail_in(clue), customer);
        });
        for (const Clue* clue : is_hers ? mails : std::vector<const Clue*>{}) {
          if (!equals_ignoring_case(mail_in(clue).from, customer)) evidence_.testimony.gives_mail(customer, clue->at);
        }
      }
    }
  }

  /// What it quotes is no second saying of it; that it stands there is kept beside.
  void tell_mail(const Clue& clue, sim::MailPassage mail) {
    const std::string whole = mail.text;
    mail.text = own_words_of_mail(mail, said_before_);
    const std::uint64_t told = add(clue.at, "mail", mail, clue.origin);
    if (mail.text != whole) story_.whole_texts.emplace(told, whole);
    remember(whole);
  }

  /// Quotes are of what was said last.
  void remember(const std::string& text) {
    constexpr std::size_t kBytes = 64u << 10;
    said_before_ += text + "\n";
    if (said_before_.size() > 2 * kBytes) said_before_.erase(0, said_before_.size() - kBytes);
  }

  void tell(const Clue& clue) {
    if (const auto* mail = std::get_if<sim::MailPassage>(&clue.event)) {
      story_.has_files_of_conversation = story_.has_files_of_conversation || !mail->attachments.empty();
      tell_mail(clue, *mail);
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
    // Which Case a file is on, its link tells, and not the file.
    if (is_on_a_case(record)) story_.has_files_of_case = true;
    // A row that the org made of her mail is no event of its own.
    add(record.change == "update" && clue.at == WallTime::max() ? last_at() : clue.at, "salesforce", record, clue.origin);
  }

  /// Each file is linked to its owner, too.
  static bool is_on_a_case(const sim::RecordChange& record) {
    const std::string place = string_member(record.fields, "LinkedEntityId");
    return (record.object == "ContentDocumentLink" && (place.starts_with("500") || place.starts_with("02s"))) ||
           (record.object == "Attachment" && record.content);
  }

  WallTime last_at() const { return story_.entries.empty() ? WallTime{} : story_.entries.back().at; }

  void tell_session(const Clue& clue, const sim::SessionEvent& event) {
    story_.has_history = true;
    story_.has_files_of_conversation = story_.has_files_of_conversation || !event.attachments.empty();
    std::uint64_t cause = 0;
    if (event.sender == "contact" && event.type == "message") cause = mail_of(clue, event);
    if (const auto call = last_call_.find(clue.origin.text()); event.sender == "human_agent" && call != last_call_.end())
      cause = call->second;
    if (cause == 0 && event.sender == "human_agent" && event.type == "message" && is_bridged(event.text))
      cause = call_for(clue, event);
    const std::uint64_t said = add(clue.at, "opencx", event, clue.origin, cause);
    const bool goes_out = event.type == "message" && (event.sender == "ai" || event.sender == "human_agent");
    const auto address = story_.address_of_session.find(event.session);
    if (!goes_out || address == story_.address_of_session.end() || is_mailed(clue.at, event.text, address->second)) return;
    evidence_.guess(evidence_.testimony.has_mail_of(address->second)
                        ? "that OpenCX mailed what its history shows: the customer's mailbox does not reach so far"
                        : "that OpenCX mailed what its history shows: no mailbox of the customer's is in the bundle");
    add(clue.at, "mail",
        sim::MailPassage{.from = *story_.supports.begin(),
                         .to = {address->second},
                         .message_id = "history-" + std::to_string(said),
                         .text = event.text,
                         .attachments = event.attachments,
                         .verdict = "delivered"},
        {}, said);
  }

  /// Her mails tell it by themselves: one has it, or all that she got by then are there.
  bool is_mailed(WallTime at, const std::string& text, const std::string& address) const {
    if (evidence_.testimony.doubt_of_mailbox(address, at).empty()) return true;
    const std::string words = sim::folded(text);
    return std::any_of(evidence_.clues.begin(), evidence_.clues.end(), [&](const Clue& clue) {
      const auto* mail = std::get_if<sim::MailPassage>(&clue.event);
      return mail != nullptr && !equals_ignoring_case(mail->from, address) &&
             sim::folded(mail->text).find(words) != std::string::npos;
    });
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
      const std::string text =
          sim::folded(is_reply ? own_words_of_reply(text_of_mail_row(row.fields)) : string_member(row.fields, "CommentBody"));
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
  std::string said_before_;
};

}  // namespace

bool Story::has_mailbox() const {
  return std::any_of(customers.begin(), customers.end(), [&](const std::string& one) { return testimony.has_mail_of(one); });
}

bool truth(const Json& value) { return value.is_boolean() && value.get<bool>(); }

Story told_by(Evidence evidence, const std::vector<std::string>& support_addresses) {
  return Telling(std::move(evidence), support_addresses).told();
}

}  // namespace casewire::scenarios
