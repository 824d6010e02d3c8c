#include "scenarios/report/scenario_data.hpp"

#include <set>
#include <utility>

#include "base/text/encoding.hpp"
#include "base/text/time.hpp"
#include "base/text/utf8.hpp"
#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/failure.hpp"
#include "scenarios/report/storyline.hpp"
#include "scenarios/report/world_story.hpp"
#include "sim/world/entry_json.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kFilesBytesMax = 256u << 10;  // of one scenario: a report with a hundred files is still sent by mail

const char* shape_name(Row::Shape shape) {
  switch (shape) {
    case Row::Shape::step: return "step";
    case Row::Shape::exchange: return "exchange";
    case Row::Shape::arrow: return "arrow";
    case Row::Shape::note: return "note";
    case Row::Shape::band: return "band";
    case Row::Shape::gap: return "gap";
    case Row::Shape::callout: return "callout";
  }
  return "note";
}

const char* tone_name(Row::Tone tone) {
  switch (tone) {
    case Row::Tone::plain: return "plain";
    case Row::Tone::good: return "good";
    case Row::Tone::waiting: return "waiting";
    case Row::Tone::warning: return "warning";
    case Row::Tone::bad: return "bad";
  }
  return "plain";
}

/// Puts only what says something: a journal has thousands of rows.
class Members {
 public:
  Members& text(const char* name, const std::string& value) {
    if (!value.empty()) out_[name] = value;
    return *this;
  }
  Members& number(const char* name, std::uint64_t value) {
    if (value != 0) out_[name] = value;
    return *this;
  }
  Members& flag(const char* name, bool value) {
    if (value) out_[name] = true;
    return *this;
  }
  Members& json(const char* name, Json value) {
    if (!value.empty()) out_[name] = std::move(value);
    return *this;
  }
  Json done() { return std::move(out_); }

 private:
  Json out_ = Json::object();
};

class Writer {
 public:
  explicit Writer(const ScenarioResult& scenario) : scenario_(scenario) {
    if (!scenario.journal.empty()) start_ = scenario.journal.front().at;
  }

  Json write() {
    const Storyline story = storyline(scenario_);
    const Participants& people = story.participants;
    Json titles = Json::array();
    for (std::size_t at = 0; at < kLifelines; ++at) titles.push_back(people.title(static_cast<Lifeline>(at)));
    Json rows = Json::array();
    for (const Row& row : story.rows) rows.push_back(row_of(row));
    Json world = world_of(world_story(scenario_, people));
    return Members()
        .json("start", iso8601(start_))
        .json("titles", std::move(titles))
        .json("steps", steps())
        .json("rows", std::move(rows))
        .json("world", std::move(world))
        .json("entries", entries())
        .json("log", log())
        .json("wrong", wrong())
        .text("note", scenario_.note)
        .text("rerun", scenario_.rerun)
        .number("seed", scenario_.seed)
        .number("journal", scenario_.journal.size())
        .number("not_drawn", story.entries_left_out)
        .done();
  }

 private:
  std::uint64_t since_start(WallTime at) const { return at > start_ ? static_cast<std::uint64_t>((at - start_).count()) : 0; }

  Json steps() const {
    Json all = Json::array();
    for (const StepResult& step : scenario_.steps) {
      all.push_back(Members()
                        .text("keyword", step.keyword)
                        .text("text", step.text)
                        .text("below", step.below)
                        .text("verdict", step.reached ? std::string(scenarios::name_of(step.verdict)) : "unreached")
                        .text("expected", step.expected)
                        .text("found", step.found)
                        .text("recorded", step.recorded)
                        .text("made", step.made)
                        .text("window", step.window)
                        .text("subject", step.subject)
                        .number("first", step.first_entry)
                        .number("last", step.last_entry)
                        .done());
    }
    return all;
  }

  Json wrong() const {
    if (scenario_.verdict == Verdict::passed) return {};
    Json violations = Json::array();
    for (const sim::Violation& violation : scenario_.violations) {
      violations.push_back({{"invariant", violation.invariant}, {"what", violation.what}, {"entry", violation.entry}});
    }
    const StepResult* step = first_bad_step(scenario_);
    return Members()
        .text("headline", failure_headline(scenario_))
        .text("expected", step == nullptr ? std::string() : step->expected)
        .text("found", step == nullptr ? std::string() : step->found)
        .json("violations", std::move(violations))
        .json("complaints", scenario_.complaints)
        .text("text", failure_text(scenario_))
        .done();
  }

  Json row_of(const Row& row) {
    if (row.shape != Row::Shape::step && row.shape != Row::Shape::gap) {
      for (std::uint64_t sequence = row.first; sequence != 0 && sequence <= row.last; ++sequence) wanted_.insert(sequence);
    }
    const bool is_between = row.shape == Row::Shape::exchange || row.shape == Row::Shape::arrow;
    Members out;
    out.text("shape", shape_name(row.shape)).text("kind", row.kind).text("label", row.label).text("answer", row.answer);
    if (row.tone != Row::Tone::plain) out.text("tone", tone_name(row.tone));
    if (row.crossing != Row::Crossing::complete) out.text("cut", row.crossing == Row::Crossing::lost_there ? "there" : "back");
    if (is_between || row.shape == Row::Shape::note) out.json("from", static_cast<int>(row.from));
    if (is_between) out.json("to", static_cast<int>(row.to));
    return out.json("lines", row.lines)
        .number("first", row.first)
        .number("last", row.last)
        .number("cause", row.cause)
        .number("at", since_start(row.at))
        .number("step", row.step)
        .flag("down", !row.bridge_up)
        .done();
  }

  // ---- the windows
  /// The same bytes count once; the page's pool keeps them once.
  Json file_of(const sim::FileSeen& file) {
    Json data = {{"name", file.name}, {"bytes", file.bytes}};
    if (!file.kept) return data;
    if (!files_shown_.contains(file.sha256)) {
      if (files_bytes_ + file.bytes > kFilesBytesMax) return data;
      files_bytes_ += file.bytes;
      files_shown_.insert(file.sha256);
    }
    data["content"] = base64(*file.kept);
    return data;
  }
  Json files_of(const std::vector<sim::FileSeen>& files) {
    Json all = Json::array();
    for (const sim::FileSeen& file : files) all.push_back(file_of(file));
    return all;
  }
  Json world_of(const WorldStory& story) {
    Json mailboxes = Json::array(), sessions = Json::array(), cases = Json::array();
    for (const SeenMailbox& mailbox : story.mailboxes) mailboxes.push_back(mailbox_of(mailbox));
    for (const SeenSession& session : story.sessions) sessions.push_back(session_of(session));
    for (const SeenCase& one : story.cases) cases.push_back(case_of(one));
    Json files = Json::object();
    for (const auto& [document, file] : story.files) files[document] = file_of(*file);
    return {{"mailboxes", std::move(mailboxes)},
            {"sessions", std::move(sessions)},
            {"cases", std::move(cases)},
            {"files", std::move(files)},
            {"names", story.names}};
  }
  Json mailbox_of(const SeenMailbox& mailbox) {
    Json mails = Json::array();
    for (const SeenMail& seen : mailbox.mails) {
      const sim::MailPassage& mail = *seen.mail;
      const bool is_refused = mail.verdict != "delivered" && mail.verdict != "forwarded";
      mails.push_back(Members()
                          .number("entry", seen.entry->sequence)
                          .number("at", since_start(seen.entry->at))
                          .flag("sent", seen.is_sent)
                          .text("thread", seen.thread)
                          .text("writer", seen.writer)
                          .text("from", mail.from)
                          .json("to", mail.to)
                          .text("subject", mail.subject)
                          .text("text", shortened(mail.text))
                          .json("files", files_of(mail.attachments))
                          .text("verdict", is_refused ? mail.verdict : std::string())
                          .done());
    }
    return {{"owner", mailbox.owner}, {"address", mailbox.address}, {"mails", std::move(mails)}};
  }
  Json session_of(const SeenSession& session) {
    Json events = Json::array();
    for (const sim::Entry* entry : session.events) {
      const sim::SessionEvent& event = *entry->as<sim::SessionEvent>();
      events.push_back(Members()
                           .number("entry", entry->sequence)
                           .number("at", since_start(entry->at))
                           .text("type", event.type)
                           .text("sender", event.sender)
                           .text("name", event.name)
                           .text("owner", event.owner)
                           .text("text", shortened(event.text))
                           .json("files", files_of(event.attachments))
                           .done());
    }
    return {{"id", session.id}, {"ticket", session.ticket}, {"contact", session.contact}, {"events", std::move(events)}};
  }
  Json case_of(const SeenCase& one) const {
    Json changes = Json::array();
    for (const sim::Entry* entry : one.changes) {
      const sim::RecordChange& record = *entry->as<sim::RecordChange>();
      changes.push_back(Members()
                            .number("entry", entry->sequence)
                            .number("at", since_start(entry->at))
                            .text("object", record.object)
                            .text("id", record.id)
                            .text("change", record.change)
                            .text("by", record.by)
                            .json("fields", record.fields)
                            .done());
    }
    return {{"id", one.id}, {"name", one.name}, {"changes", std::move(changes)}};
  }

  // ---- the journal, as far as it is drawn
  static std::string shortened(const std::string& text) { return std::string(prefix_of_bytes(text, kBodyBytes)); }
  Json entries() const {
    Json all = Json::array();
    for (const std::uint64_t sequence : wanted_) {
      const sim::Entry* entry = entry_numbered(scenario_.journal, sequence);
      if (entry == nullptr) continue;
      std::size_t cut = 0;
      Json data = to_json(entry->event);
      if (data.contains("attachments")) {
        for (Json& file : data["attachments"]) file.erase("content");  // the windows show it
      }
      if (data.contains("content")) data["content"].erase("content");
      for (auto& [name, value] : data.items()) {
        if (!value.is_string()) continue;
        std::string& whole = value.get_ref<std::string&>();
        std::string kept = shortened(whole);
        cut += whole.size() - kept.size();
        whole = std::move(kept);
      }
      all.push_back(Members()
                        .number("seq", sequence)
                        .number("at", since_start(entry->at))
                        .text("actor", entry->actor)
                        .text("kind", std::string(kind_of(entry->event)))
                        .number("cause", entry->cause)
                        .text("brief", brief(*entry))
                        .number("cut_bytes", cut)
                        .json("data", std::move(data))
                        .done());
    }
    return all;
  }
  Json log() const {
    Json all = Json::array();
    for (const LogLine& line : scenario_.bridge_log) {
      all.push_back(Members().number("after", line.after).number("at", since_start(line.at)).text("text", line.text).done());
    }
    return all;
  }

  const ScenarioResult& scenario_;
  WallTime start_{};
  std::set<std::uint64_t> wanted_;     ///< by a row
  std::set<std::string> files_shown_;  ///< by digest
  std::size_t files_bytes_ = 0;
};

}  // namespace

Json scenario_data(const ScenarioResult& scenario) { return Writer(scenario).write(); }

}  // namespace casewire::scenarios::report
