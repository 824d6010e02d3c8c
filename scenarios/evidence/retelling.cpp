#include "scenarios/evidence/retelling.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text/counted.hpp"
#include "base/text/strings.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/language/tokens.hpp"
#include "sim/world/history.hpp"

namespace casewire::scenarios {
namespace {

/// Names as the language has them: one word.
class Names {
 public:
  explicit Names(const std::map<std::string, std::string>& known) : known_(known) {}

  /// `key`: an address or a user's id. `otherwise`: what to call somebody whose name the material does not tell.
  const std::string& name_of(const std::string& key, const std::string& otherwise) {
    const auto [name, is_new] = names_.try_emplace(key);
    if (!is_new) return name->second;
    const auto full = known_.find(key);
    std::string word = full == known_.end() ? std::string() : first_word(full->second);
    if (word.empty()) word = otherwise;
    std::string unique = word;
    while (!taken_.insert(unique).second) unique = word + std::to_string(++last_of_.try_emplace(word, 1).first->second);
    return name->second = unique;
  }

 private:
  static std::string first_word(const std::string& full) {
    std::string word;
    for (const char c : full) {
      const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                             static_cast<unsigned char>(c) >= 0x80;
      if (is_letter) {
        word += c;
      } else if (!word.empty()) {
        break;
      }
    }
    const bool begins_well = !word.empty() && !(word.front() >= '0' && word.front() <= '9') && word.front() != '-';
    return begins_well && is_valid_utf8(word) ? word : std::string();
  }

  const std::map<std::string, std::string>& known_;
  std::map<std::string, std::string> names_;
  std::set<std::string> taken_{"AI", "OpenCX", "Salesforce", "the"};
  /// `Dana`, `Dana2`, ...: by the word, the last number.
  std::map<std::string, int> last_of_;
};

/// How long, as the language says it, in whole minutes where it is long; empty for less than two seconds, which any act takes.
std::string span(milliseconds time) {
  auto seconds = time.count() / 1000;
  if (seconds < 2) return {};
  if (seconds > 600) seconds -= seconds % 60;  // nobody reads 8637 seconds
  const auto in = [&](long long size, const char* unit) { return counted(static_cast<std::size_t>(seconds / size), unit); };
  if (seconds % 86'400 == 0) return in(86'400, "day");
  if (seconds % 3600 == 0) return in(3600, "hour");
  if (seconds % 60 == 0) return in(60, "minute");
  return in(1, "second");
}

class Teller {
 public:
  Teller(const Story& story, const std::map<std::string, std::string>& files, const std::string& title, const std::string& org)
      : story_(story), bytes_(files), title_(title), org_(org), cast_(story.names) {
    retelling_.guesses = story.guesses;
    guessed_.insert(story.guesses.begin(), story.guesses.end());
  }

  Retelling told() {
    for (const sim::Entry& entry : story_.entries) note(entry);
    for (const sim::Entry& entry : story_.entries) tell(entry);
    note_what_nobody_began();
    check_at_the_end();
    write();
    return std::move(retelling_);
  }

 private:
  static constexpr std::size_t kLongest = 2'000;  ///< characters of a text that a sentence holds

  struct Line {
    std::string keyword, text;
    std::string symptom{};
  };
  struct Conversation {
    std::string letter;  ///< of her Case; empty: she has none
    bool is_open = false;
    std::size_t cases = 0;
    bool has_person = false;             ///< by the material
    bool wrote_after_the_close = false;  ///< and whether that opens a Case depends on what the material does not tell
    bool has_acted = false;              ///< by a sentence
    bool has_written = false;
    std::vector<std::pair<std::string, std::string>> owed{};   ///< what she said while people had it, and the letter of that Case
    std::vector<std::pair<std::string, std::string>> files{};  ///< likewise
    std::vector<std::string> replies{}, internal{}, answers{};  ///< `answers` are the AI's
  };

  // ---- what must be known before

  void note(const sim::Entry& entry) {
    if (entry.cause != 0) causes_.insert(entry.cause);
    const auto* record = entry.as<sim::RecordChange>();
    if (record == nullptr || record->change != "insert") return;
    if (record->object == "EmailMessage" && !truth(member(record->fields, "Incoming")) && record->by_id != story_.bridge_user) {
      replies_.insert(text_of_reply(*record));
    }
    if (record->object == "ContentVersion" && record->content)
      documents_[string_member(record->fields, "ContentDocumentId")] = *record->content;
    if (record->object == "ContentDocumentLink" && record->by_id != story_.bridge_user)
      links_[eighteen(string_member(record->fields, "LinkedEntityId"))].push_back(&entry);
    if (record->object == "EmailMessage") case_of_mail_[record->id] = eighteen(string_member(record->fields, "ParentId"));
  }

  static std::string text_of_reply(const sim::RecordChange& record) {
    return sim::folded(string_member(record.fields, "TextBody"));
  }

  // ---- people

  std::string customer(const std::string& address) {
    const std::string local = address.substr(0, address.find('@'));
    std::string otherwise = "Customer";
    if (!local.empty() && std::all_of(local.begin(), local.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
      otherwise = local;
      otherwise.front() = static_cast<char>(otherwise.front() - 'a' + 'A');
    }
    const std::string& name = cast_.name_of(address, otherwise);
    if (known_customers_.insert(address).second) customers_.push_back(address);
    return name;
  }

  std::string rep(const std::string& user) {
    const std::string& name = cast_.name_of(user.empty() ? kSomebody : user, "Rep");
    if (std::find(reps_.begin(), reps_.end(), name) == reps_.end()) {
      reps_.push_back(name);
      if (user == kSomebody) {
        guess("who " + name + " is: the material tells what was done, and not by whom");
      } else if (!story_.names.contains(user)) {
        guess("who " + name + " is: the material has no name for the user " + (user.empty() ? "of the Inbox" : user));
      }
    }
    return name;
  }

  std::string customer_of_session(const std::string& session) const {
    const auto address = story_.address_of_session.find(session);
    return address == story_.address_of_session.end() ? std::string() : address->second;
  }
  std::string customer_of_case(const std::string& id) const {
    const auto address = story_.address_of_case.find(eighteen(id));
    return address == story_.address_of_case.end() ? std::string() : address->second;
  }

  void guess(const std::string& text) {
    if (guessed_.insert(text).second) retelling_.guesses.push_back(text);
  }

  // ---- lines

  /// A text as a sentence takes it: a long one is told by its length, for a line has an end.
  std::string quoted(const std::string& text) {
    const std::size_t characters = character_count(text);
    if (characters <= kLongest) return in_straight_quotes(text);
    const bool is_wide = text.size() > 2 * characters;
    guess("the words of a text of " + std::to_string(characters) + " characters; its length is kept");
    return "\"%" + std::to_string(characters) + (is_wide ? " wide" : "") + " characters%\"";
  }

  void deed(WallTime at, const std::string& text) {
    if (last_deed_) {
      if (const std::string apart = span(at - *last_deed_); !apart.empty())
        lines_.push_back({"When", apart + (apart.starts_with("1 ") ? " passes" : " pass")});
    }
    last_deed_ = at;
    lines_.push_back({"When", text});
  }
  /// What is told by its length alone may be cut and spread, and is not looked for.
  void check_of(const std::string& said, const std::string& text, const std::string& symptom) {
    if (character_count(said) <= kLongest) check(text, symptom);
  }
  void check(const std::string& text, const std::string& symptom) { lines_.push_back({"Then", text, symptom}); }
  void remark(const std::string& text) { lines_.push_back({"#", text}); }

  /// ` with the file "a.pdf" and the file "b.png"`, of those whose bytes are in the bundle.
  std::string with_files(const std::vector<sim::FileSeen>& files, std::vector<std::string>* names = nullptr) {
    std::string text;
    std::size_t count = 0;
    for (const sim::FileSeen& file : files) {
      const std::string name = fixture(file);
      constexpr std::size_t kFilesMax = 5;  // as many as a sentence takes
      if (name.empty() || count == kFilesMax) {
        guess("the file " + file.name +
              " is left out: " + (name.empty() ? "neither its bytes nor its size are in the bundle" : "a sentence takes five"));
        continue;
      }
      text += (count++ == 0 ? " with the file " : " and the file ") + in_straight_quotes(name);
      if (names != nullptr) names->push_back(name);
    }
    return text;
  }

  /// Its name among the fixtures; empty: the material has neither its bytes nor its size.
  std::string fixture(const sim::FileSeen& file) {
    std::string name = file.name.empty() ? "file-" + file.sha256.substr(0, 8) : file.name;
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '/' || c == '\\' || c == '"' || static_cast<unsigned char>(c) < 32; },
        '-');
    const auto bytes = bytes_.find(file.sha256);
    if (file.sha256.empty() || bytes == bytes_.end()) return made(name, file.bytes);
    for (int n = 2;; ++n) {
      const auto [known, is_new] = retelling_.files.try_emplace(name, bytes->second);
      if (is_new || known->second == bytes->second) return name;
      name = std::to_string(n) + "-" + name;
    }
  }

  /// One of that size, made on the spot.
  std::string made(const std::string& name, std::uint64_t bytes) {
    if (bytes == 0) return {};
    guess("the bytes of the file " + name + "; its size is kept");
    made_.try_emplace(name, bytes);
    return name;
  }

  // ---- what happened

  void tell(const sim::Entry& entry) {
    if (const auto* event = entry.as<sim::SessionEvent>()) return tell_session(entry, *event);
    if (const auto* mail = entry.as<sim::MailPassage>()) return tell_mail(entry, *mail);
    if (const auto* record = entry.as<sim::RecordChange>()) tell_record(entry, *record);
  }

  void tell_session(const sim::Entry& entry, const sim::SessionEvent& event) {
    const std::string address = customer_of_session(event.session);
    if (address.empty()) {
      guess("what session " + event.session + " is about: nothing says whose it is, so it is left out");
      return;
    }
    Conversation& hers = conversations_[address];
    const bool is_hers = event.type == "message" && event.sender == "contact";
    if (!is_hers && !hers.has_written) {
      // Clocks differ: what came of her mail stands before it.
      early_[address].push_back(&entry);
      return;
    }
    if (is_hers) {
      write_mail(entry.at, address, subject_of(entry, event), event.text, event.attachments,
                 session_begun_.insert(event.session).second);
    } else if (event.type == "message" && event.sender == "ai") {
      if (hers.has_person) {
        remark("Here the material shows the AI speaking: " + quoted(event.text));
      } else if (!event.text.empty()) {
        hers.answers.push_back(event.text);
        deed(entry.at, "the AI answers " + customer(address) + ": " + quoted(event.text));
      }
    } else if (event.type == "ai_resumed_by_system") {
      hand_back(entry, event, address);
    } else if (event.type == "handoff") {
      hand_off(entry.at, address, event.text);
    } else if (event.type == "message" && event.sender == "human_agent") {
      hers.has_person = true;
      if (entry.cause != 0 || is_bridged(event.text)) return;
      hers.has_acted = true;
      deed(entry.at, rep(event.name) + " writes to " + customer(address) + " in the Inbox" + with_files(event.attachments) +
                         ": " + quoted(event.text.empty() ? "(no text)" : event.text));
    } else if (event.type == "agent_took_session_from_ai" && !hers.has_person) {
      if (is_taken_by_a_reply(entry, event.session)) return;
      hers.has_person = hers.has_acted = true;
      deed(entry.at, rep(event.name) + " takes over " + customer(address) + "'s conversation in the Inbox");
      if (hers.is_open) return;
      open(address);
      check("case " + hers.letter + " opens from opencx", "case missing");
      settle(address);
    }
  }

  /// A history may leave it out; the mail that made the message has it.
  std::string subject_of(const sim::Entry& entry, const sim::SessionEvent& event) const {
    const auto* mail =
        event.subject.empty() && entry.cause != 0 ? story_.entries.at(entry.cause - 1).as<sim::MailPassage>() : nullptr;
    return mail == nullptr ? event.subject : mail->subject;
  }

  void hand_back(const sim::Entry& entry, const sim::SessionEvent& event, const std::string& address) {
    Conversation& hers = conversations_[address];
    if (!hers.has_acted) return;  // of a scenario where nobody has it, nobody gives it back
    deed(entry.at, rep(event.name) + " hands " + customer(address) + "'s conversation back to the AI in the Inbox");
    hers.has_person = hers.has_acted = false;
  }

  /// The bridge takes a conversation over by sending a rep's words.
  bool is_taken_by_a_reply(const sim::Entry& taken, const std::string& session) const {
    return std::any_of(story_.entries.begin(), story_.entries.end(), [&](const sim::Entry& entry) {
      const auto* event = entry.as<sim::SessionEvent>();
      const auto apart = entry.at < taken.at ? taken.at - entry.at : entry.at - taken.at;
      return event != nullptr && event->session == session && event->sender == "human_agent" && event->type == "message" &&
             apart < std::chrono::seconds(10);
    });
  }

  /// The bridge may add a remark to what the rep wrote.
  bool is_bridged(const std::string& text) const {
    const std::string said = sim::folded(text);
    return std::any_of(replies_.begin(), replies_.end(),
                       [&](const std::string& reply) { return !reply.empty() && said.find(reply) != std::string::npos; });
  }

  void tell_mail(const sim::Entry& entry, const sim::MailPassage& mail) {
    const std::string from = lowercase(mail.from);
    const auto origin = story_.origins.find(entry.sequence);
    if (story_.customers.contains(from)) {
      // One that made a message is told there; one that was made up for a message too.
      if (causes_.contains(entry.sequence) || origin == story_.origins.end()) return;
      if (story_.has_history)
        guess("that the mail \"" + mail.subject + "\" (" + origin->second.text() +
              ") reached OpenCX: its history does not show it");
      write_mail(entry.at, from, mail.subject, mail.text, mail.attachments, mail.in_reply_to.empty());
      return;
    }
    if (entry.cause != 0 || origin == story_.origins.end() || story_.has_history || is_bridged(mail.text)) return;
    for (const std::string& to : mail.to) {
      const std::string address = lowercase(to);
      if (!story_.customers.contains(address)) continue;
      if (!story_.supports.contains(from)) {
        guess("that the mail in " + origin->second.text() + " has nothing to do with it: " + from +
              " is not where OpenCX answers");
      } else if (!conversations_[address].has_written) {
        early_[address].push_back(&entry);
      } else {
        guess("that the AI wrote the mail in " + origin->second.text() + ": no row of a rep says the same");
        deed(entry.at, "the AI answers " + customer(address) + ": " + quoted(mail.text.empty() ? "(no text)" : mail.text));
      }
    }
  }

  /// Nobody answers in a conversation that has not begun.
  void note_what_nobody_began() {
    for (const auto& [address, entries] : early_) {
      if (entries.empty() || conversations_[address].has_written) continue;
      const auto origin = story_.origins.find(entries.front()->sequence);
      if (origin == story_.origins.end()) continue;
      const std::string more = entries.size() == 1 ? "" : " and " + std::to_string(entries.size() - 1) + " other places";
      guess("what stands in " + origin->second.text() + more + " is left out: nothing of " + address + " stands before it");
    }
  }

  void write_mail(WallTime at, const std::string& address, const std::string& subject, const std::string& text,
                  const std::vector<sim::FileSeen>& attachments, bool begins) {
    Conversation& hers = conversations_[address];
    std::vector<std::string> names;
    const std::string files = with_files(attachments, &names);
    const std::string said = text.empty() ? "(no text)" : text;
    const std::string who = customer(address);
    if (begins || !hers.has_written) {
      if (subject.empty()) guess("the subject of the mail " + quoted(said.substr(0, 40)));
      deed(at, who + " emails " + *story_.supports.begin() + " about " + quoted(subject.empty() ? "Request" : subject) + files +
                   ": " + quoted(said));
    } else {
      deed(at, who + " replies" + files + ": " + quoted(said));
    }
    const bool is_first = !hers.has_written;
    hers.has_written = true;
    pending_[address].push_back(said);
    for (const std::string& name : names) pending_files_[address].push_back(name);
    if (hers.is_open) {
      settle(address);
    } else if (hers.cases != 0) {
      hers.wrote_after_the_close = true;
    }
    if (is_first) {
      for (const sim::Entry* entry : early_[address]) {
        guess("that " + who + " wrote before the AI did: the clocks of the material differ");
        tell(*entry);
      }
    }
  }

  /// What was said before a handoff, and while the Case is open, is owed to that Case.
  void settle(const std::string& address) {
    Conversation& hers = conversations_[address];
    for (const std::string& text : pending_[address]) hers.owed.emplace_back(text, hers.letter);
    for (const std::string& name : pending_files_[address]) hers.files.emplace_back(name, hers.letter);
    pending_[address].clear();
    pending_files_[address].clear();
  }

  void hand_off(WallTime at, const std::string& address, std::string summary) {
    Conversation& hers = conversations_[address];
    if (summary.empty()) {
      summary = "A person is needed";
      guess("the summary of the handoff of " + customer(address) + "'s conversation");
    }
    deed(at, "the AI hands off " + customer(address) + "'s conversation: " + quoted(summary));
    if (hers.is_open) {
      check_of(summary, "case " + hers.letter + " tells " + quoted(summary), "customer mail lost");
    } else {
      open(address);
      check("case " + hers.letter + " opens from opencx" +
                (character_count(summary) <= kLongest ? " with the summary " + quoted(summary) : ""),
            "case missing");
    }
    settle(address);
  }

  void open(const std::string& address) {
    Conversation& hers = conversations_[address];
    hers.is_open = true;
    ++hers.cases;
    const std::size_t number = letters_++;
    hers.letter = std::string(1, static_cast<char>('A' + number % 26)) + (number < 26 ? "" : std::to_string(number / 26 + 1));
  }

  void tell_record(const sim::Entry& entry, const sim::RecordChange& record) {
    if (record.object == "Case" && record.change == "insert") return tell_new_case(entry, record);
    if (record.by_id == story_.bridge_user || record.by_id.empty()) return;
    if (record.object == "Case" && record.change == "update") return tell_case(entry, record);
    if (record.change != "insert") return;
    const std::string case_id = string_member(record.fields, "ParentId", string_member(record.fields, "RelatedToId"));
    if (record.object == "EmailMessage" && !truth(member(record.fields, "Incoming"))) return tell_reply(entry, record, case_id);
    if (record.object == "CaseComment") return tell_comment(entry, record, case_id);
    if (record.object == "ContentDocumentLink") tell_file(entry, record);
  }

  /// Who writes again after the close may get a Case without another handoff. While one is open a second is the fault, not the plan.
  void tell_new_case(const sim::Entry& entry, const sim::RecordChange& record) {
    const std::string address = customer_of_case(record.id);
    const auto known = conversations_.find(address);
    if (known == conversations_.end() || !known->second.has_written) return;
    Conversation& hers = known->second;
    if (hers.is_open) return;
    if (hers.cases == 0) {
      // A history would tell of the handoff.
      if (story_.has_history || string_member(record.fields, "Case_From__c") != "opencx") return;
      guess("that the AI handed " + customer(address) + "'s conversation off: her Case came from opencx");
      return hand_off(entry.at, address, string_member(record.fields, "Description"));
    }
    open(address);
    hers.wrote_after_the_close = false;
    check("case " + hers.letter + " opens from opencx", "case missing");
    settle(address);
  }

  /// The letter of the Case that people work on with her; empty, with a remark, when there is none in this telling.
  std::string letter_for(const std::string& case_id, const std::string& what) {
    return letter_of(customer_of_case(case_id), what);
  }
  std::string letter_of(const std::string& address, const std::string& what) {
    const auto hers = conversations_.find(address);
    if (hers == conversations_.end() || hers->second.letter.empty()) {
      guess(what + " is left out: nothing tells of a handoff before it");
      return {};
    }
    return hers->second.letter;
  }

  void tell_reply(const sim::Entry& entry, const sim::RecordChange& record, const std::string& case_id) {
    const std::string to = lowercase(string_member(record.fields, "ToAddress"));
    const std::string address = story_.customers.contains(to) ? to : customer_of_case(case_id);
    const std::string letter = letter_of(address, "the reply " + record.id);
    if (letter.empty()) return;
    const std::string text = string_member(record.fields, "TextBody"), html = string_member(record.fields, "HtmlBody");
    if (text.empty() && html.empty()) {
      guess("the reply " + record.id + " is left out: the material has none of its words");
      return;
    }
    Conversation& hers = conversations_[address];
    hers.has_person = hers.has_acted = true;
    if (text.empty()) {
      deed(entry.at, rep(record.by_id) + " replies on case " + letter + " in HTML: " + quoted(html));
      return;
    }
    const std::string files = with_files(files_sent_with(entry, record.id));
    deed(entry.at, rep(record.by_id) + " replies on case " + letter + files + ": " + quoted(text));
    check_of(text, customer(address) + " receives " + quoted(text) + " in the same thread", "reply lost");
    if (!files.empty()) check_of(text, customer(address) + " receives " + quoted(text) + files, "file damaged");
    hers.replies.push_back(text);
  }

  /// What hung on that mail as soon as it was there; what came later is told for itself.
  std::vector<sim::FileSeen> files_sent_with(const sim::Entry& reply, const std::string& mail) {
    std::vector<sim::FileSeen> files;
    for (const sim::Entry* link : links_[mail]) {
      const auto* record = link->as<sim::RecordChange>();
      const auto file = documents_.find(string_member(record->fields, "ContentDocumentId"));
      if (file == documents_.end() || link->at - reply.at > std::chrono::minutes(1)) continue;
      files.push_back(file->second);
      sent_links_.insert(record->id);
    }
    return files;
  }

  void tell_comment(const sim::Entry& entry, const sim::RecordChange& record, const std::string& case_id) {
    const std::string text = string_member(record.fields, "CommentBody");
    const std::string letter = letter_for(case_id, "the comment " + record.id);
    if (letter.empty() || text.empty()) return;
    const bool is_public = truth(member(record.fields, "IsPublished"));
    deed(entry.at, rep(record.by_id) + " writes the " + (is_public ? "public" : "internal") + " comment on case " + letter +
                       ": " + quoted(text));
    if (!is_public) conversations_[customer_of_case(case_id)].internal.push_back(text);
  }

  void tell_case(const sim::Entry& entry, const sim::RecordChange& record) {
    const Json& closed = member(record.fields, "IsClosed");
    const std::string address = customer_of_case(record.id);
    const auto known = conversations_.find(address);
    if (!closed.is_boolean() || known == conversations_.end() || known->second.letter.empty()) return;
    Conversation& hers = known->second;
    if (closed.get<bool>() && hers.is_open) {
      deed(entry.at, rep(record.by_id) + " closes case " + hers.letter);
      hers.is_open = hers.has_person = hers.has_acted = false;
    } else if (!closed.get<bool>() && !hers.is_open) {
      deed(entry.at, rep(record.by_id) + " reopens case " + hers.letter);
      hers.is_open = true;
    }
  }

  void tell_file(const sim::Entry& entry, const sim::RecordChange& record) {
    if (sent_links_.contains(record.id)) return;
    const auto file = documents_.find(string_member(record.fields, "ContentDocumentId"));
    const std::string place = eighteen(string_member(record.fields, "LinkedEntityId"));
    const auto mail = case_of_mail_.find(place);
    const std::string case_id = mail == case_of_mail_.end() ? place : mail->second;
    if (!case_id.starts_with("500")) return;
    const std::string letter = letter_for(case_id, "the file on " + place);
    const std::string name = file == documents_.end() ? std::string() : fixture(file->second);
    if (letter.empty()) return;
    if (name.empty()) {
      guess("the file on " + place + " is left out: neither its bytes nor its size are in the bundle");
      return;
    }
    deed(entry.at, rep(record.by_id) + " attaches the file " + in_straight_quotes(name) + " to " +
                       (mail == case_of_mail_.end() ? "" : "the last reply on ") + "case " + letter);
  }

  // ---- what must be true in the end

  void check_at_the_end() {
    for (const auto& [address, hers] : conversations_) {
      const std::string who = customer(address);
      if (hers.wrote_after_the_close) {
        guess("how many Cases " + who + " should have: what she wrote after the close may have been for nobody");
      }
      const std::string open = hers.is_open ? "1 open case" : "0 open cases";
      if (!hers.wrote_after_the_close) {
        check(who + " has " + open, "two cases");
        check(who + " has " + counted(hers.cases, "case"), "two cases");
      }
      for (const auto& [text, letter] : hers.owed)
        check_of(text, "case " + letter + " tells " + quoted(text), "customer mail lost");
      for (const auto& [name, letter] : hers.files)
        check("case " + letter + " has the file " + in_straight_quotes(name), "file damaged");
      for (const std::string& text : hers.replies) {
        const auto often = std::count(hers.replies.begin(), hers.replies.end(), text) +
                           std::count(hers.answers.begin(), hers.answers.end(), text);
        check_of(text, who + " has received " + quoted(text) + " " + counted(static_cast<std::size_t>(often), "time"),
                 "reply twice");
      }
      for (const std::string& text : hers.internal) check(who + " does not receive " + quoted(text), "internal comment");
      if (hers.has_acted) check("the AI stays silent towards " + who, "AI spoke");
    }
  }

  // ---- the text

  void write() {
    if (!last_deed_) return;  // checks of what nobody did hold always
    std::string& out = retelling_.feature;
    std::size_t number = 0;
    const auto line = [&](const std::string& text) {
      out += text + "\n";
      ++number;
    };
    line("Feature: " + title_);
    line("  Told again from what the customer sent. What the bundle does not say is marked as guessed.");
    line("");
    line("  Background:");
    line("    Given the org \"" + org_ + "\"");
    for (const std::string& address : customers_) line("    And the customer " + customer(address) + " writes from " + address);
    for (const std::string& name : reps_) line("    And the rep " + name + " works the queue \"Support\"");
    for (const std::string& address : story_.supports) {
      if (address != "help@acme.test") line("    And OpenCX answers mail to " + address);
    }
    for (const auto& [name, bytes] : made_) {
      const std::string size = bytes % 1024 == 0 ? std::to_string(bytes / 1024) + " KB" : std::to_string(bytes) + " bytes";
      line("    And a file " + in_straight_quotes(name) + " of " + size);
    }
    line("    And the AI keeps answering until a person is active");
    line("");
    for (const std::string& text : retelling_.guesses) line("  # guessed: " + text);
    line("  Scenario: What happened, as it should have been");
    std::string before;
    for (const Line& one : lines_) {
      if (one.keyword == "#") {
        line("    # " + one.text);
        continue;
      }
      line("    " + (one.keyword == before ? std::string("And") : one.keyword) + " " + one.text);
      before = one.keyword;
      if (!one.symptom.empty()) retelling_.lines_of[one.symptom].push_back(number);
    }
  }

  const Story& story_;
  const std::map<std::string, std::string>& bytes_;
  const std::string title_, org_;
  Names cast_;
  Retelling retelling_;
  std::vector<Line> lines_;
  std::optional<WallTime> last_deed_;
  std::vector<std::string> customers_, reps_;
  std::set<std::string> known_customers_, guessed_;
  std::map<std::string, Conversation> conversations_;  ///< by her address
  std::map<std::string, std::vector<std::string>> pending_, pending_files_;
  std::map<std::string, std::vector<const sim::Entry*>> early_;  ///< by address
  std::set<std::string> session_begun_, replies_;
  std::set<std::uint64_t> causes_;
  std::map<std::string, sim::FileSeen> documents_;
  std::map<std::string, std::string> case_of_mail_;
  std::map<std::string, std::vector<const sim::Entry*>> links_;  ///< rows of ContentDocumentLink, by what they hang on
  std::set<std::string> sent_links_;                             ///< of them, by id: told with their mail
  std::map<std::string, std::uint64_t> made_;                    ///< files of a size, by name
  std::size_t letters_ = 0;
};

}  // namespace

Retelling retell(const Story& story, const std::map<std::string, std::string>& files, const std::string& title,
                 const std::string& org) {
  return Teller(story, files, title, org).told();
}

}  // namespace casewire::scenarios
