#include "scenarios/report/storyline.hpp"

#include <algorithm>
#include <utility>

#include "base/text/counted.hpp"
#include "base/text/strings.hpp"
#include "scenarios/report/entry_text.hpp"
#include "scenarios/report/idle.hpp"
#include "scenarios/report/markup.hpp"
#include "scenarios/report/row_cap.hpp"
#include "scenarios/report/world_story.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kLabelCharacters = 160;
constexpr std::size_t kFieldLines = 5;
constexpr milliseconds kPauseWorthALine{1'000};  // of virtual time, to be worth a line

class Teller {
 public:
  Teller(const ScenarioResult& scenario, Participants participants)
      : scenario_(scenario), participants_(std::move(participants)) {
    // A journal that begins before the bridge does shows no bridge until it starts.
    const auto& journal = scenario.journal;
    const auto first =
        std::find_if(journal.begin(), journal.end(), [](const sim::Entry& entry) { return entry.as<sim::BridgeEvent>(); });
    bridge_up_ = first == journal.end() || first->as<sim::BridgeEvent>()->event != "started";
  }

  std::vector<Row> tell() {
    const auto& journal = scenario_.journal;
    const auto idle = idle_runs(journal, pointed_at());
    auto run = idle.begin();
    for (std::size_t at = 0; at < journal.size(); ++at) {
      if (run != idle.end() && at == run->first) {
        add_idle(*run);
        at = run->last;
        ++run;
        continue;
      }
      begin_steps(journal[at].sequence);
      add(journal[at]);
      point_at(journal[at].sequence);
    }
    begin_steps(journal.empty() ? 1 : journal.back().sequence);
    for (; next_step_ < scenario_.steps.size(); ++next_step_) add_step(next_step_);
    end_step();
    for (const sim::Violation& violation : scenario_.violations) {
      if (entry_numbered(journal, violation.entry) == nullptr) add_callout({violation.invariant + ": " + violation.what});
    }
    for (const std::string& complaint : scenario_.complaints) add_callout({complaint});
    return std::move(rows_);
  }

 private:
  bool steps_have_places() const {
    return std::any_of(scenario_.steps.begin(), scenario_.steps.end(),
                       [](const StepResult& step) { return step.first_entry != 0; });
  }
  std::vector<std::uint64_t> pointed_at() const {
    std::vector<std::uint64_t> entries;
    for (const sim::Violation& violation : scenario_.violations) entries.push_back(violation.entry);
    for (const StepResult& step : scenario_.steps) {
      if (step.first_entry != 0) entries.push_back(step.first_entry);
    }
    return entries;
  }

  // ---- steps
  void begin_steps(std::uint64_t sequence) {
    std::size_t reached = next_step_;
    for (std::size_t at = next_step_; at < scenario_.steps.size(); ++at) {
      const StepResult& step = scenario_.steps[at];
      if (step.first_entry != 0 && step.first_entry <= sequence) reached = at + 1;
    }
    for (; next_step_ < reached; ++next_step_) add_step(next_step_);
  }
  void add_step(std::size_t index) {
    end_step();
    const StepResult& step = scenario_.steps[index];
    Row& row = push(Row::Shape::step, "step", step.keyword + " " + step.text);
    row.step = index;
    row.first = row.last = step.first_entry;
    row.tone = !step.reached                            ? Row::Tone::waiting
               : step.verdict == Verdict::passed        ? Row::Tone::good
               : step.verdict == Verdict::not_exercised ? Row::Tone::warning
                                                        : Row::Tone::bad;
    open_step_ = index;
  }
  // What was wrong with a step is said where it was found out: after the step's last entry.
  void end_step() {
    if (open_step_ == kNone) return;
    const StepResult& step = scenario_.steps[std::exchange(open_step_, kNone)];
    if (!step.reached || step.verdict == Verdict::passed) return;
    std::vector<std::string> lines{std::string(name_of(step.verdict)) + ": " + step.keyword + " " + step.text};
    add_field(lines, "expected  ", step.expected);
    add_field(lines, "found     ", step.found);
    add_callout(std::move(lines));
  }
  static void add_field(std::vector<std::string>& lines, std::string lead, std::string_view text) {
    std::size_t shown = 0;
    for (const std::string_view line : split(text, '\n')) {
      if (trimmed(line).empty() || ++shown > kFieldLines) continue;
      lines.push_back(lead + one_line(line, kLabelCharacters));
      lead.assign(lead.size(), ' ');
    }
  }
  void point_at(std::uint64_t sequence) {
    for (const sim::Violation& violation : scenario_.violations) {
      if (violation.entry != sequence) continue;
      if (!rows_.empty() && rows_.back().shape != Row::Shape::step) rows_.back().tone = Row::Tone::bad;
      add_callout({violation.invariant + " first broke here: " + violation.what});
    }
  }
  void add_callout(std::vector<std::string> lines) {
    Row& row = push(Row::Shape::callout, "callout", {});
    row.lines = std::move(lines);
    row.tone = Row::Tone::bad;
  }

  // ---- entries
  Row& push(Row::Shape shape, std::string_view kind, std::string label) {
    Row row;
    row.shape = shape;
    row.kind = kind;
    row.label = std::move(label);
    row.at = rows_.empty() ? start() : rows_.back().at;
    row.bridge_up = bridge_up_;
    rows_.push_back(std::move(row));
    return rows_.back();
  }
  Row& push(const sim::Entry& entry, Row::Shape shape, std::string label) {
    const WallTime before = rows_.empty() ? start() : rows_.back().at;
    if (entry.at - before >= kPauseWorthALine)
      push(Row::Shape::band, "pause", human_duration(entry.at - before) + " later").tone = Row::Tone::waiting;
    Row& row = push(shape, kind_of(entry.event), std::move(label));
    row.first = row.last = entry.sequence;
    row.cause = entry.cause < entry.sequence ? entry.cause : 0;
    row.at = entry.at;
    return row;
  }
  WallTime start() const { return scenario_.journal.empty() ? WallTime{} : scenario_.journal.front().at; }

  void add(const sim::Entry& entry) {
    std::visit([&](const auto& event) { add(entry, event); }, entry.event);
  }
  // A timer says how far the clock may go; the pauses between the entries show how far it went. Facts about the world are not
  // events.
  void add(const sim::Entry&, const sim::TimeSkip&) {}
  void add(const sim::Entry&, const sim::WorldFacts&) {}
  void add(const sim::Entry& entry, const sim::FaultStrike& strike) {
    push(entry, Row::Shape::band, "Fault: " + strike.fault).tone = Row::Tone::warning;
  }
  void add(const sim::Entry& entry, const sim::StepBegin&) {
    if (!steps_have_places()) push(entry, Row::Shape::step, brief(entry));
  }

  void add(const sim::Entry& entry, const sim::HttpExchange& exchange) {
    const auto from = system_lifeline(exchange.from);
    const auto to = system_lifeline(exchange.to);
    if (!from || !to || *from == *to) {
      push(entry, Row::Shape::band, brief(entry));
      return;
    }
    Row& row = push(entry, Row::Shape::exchange, purpose(exchange));
    row.from = *from;
    row.to = *to;
    row.answer = outcome(exchange);
    if (!exchange.answered_by.empty()) row.answer += " · " + exchange.answered_by;
    const auto& status = exchange.status;
    if (exchange.lost || (!status && exchange.wire == http::Wire::intact)) {
      row.crossing = Row::Crossing::lost_there;
    } else if (!status || !exchange.error.empty()) {
      row.crossing = Row::Crossing::lost_back;
      // The broken arrow says the rest; the details have it in full.
      row.answer = status ? std::to_string(*status) + ", answer lost" : "answer lost";
    }
    row.tone = is_trouble(entry) ? Row::Tone::bad : Row::Tone::plain;
  }

  void add(const sim::Entry& entry, const sim::MailPassage& mail) {
    const auto side = [&](const std::string& address) {
      return participants_.is_customer_address(address) ? Lifeline::customer : Lifeline::opencx;
    };
    const Lifeline from = entry.actor == "salesforce" ? Lifeline::salesforce : side(mail.from);
    const Lifeline target = mail.to.empty() ? Lifeline::opencx : side(mail.to.front());
    const std::string writer = writer_of(scenario_, participants_, entry);
    const std::string_view words = trimmed(trimmed(mail.text).empty() ? mail.subject : mail.text);
    std::string label = one_line(words.substr(0, words.find('\n')), kLabelCharacters);
    if (!writer.empty()) label.insert(0, writer + ": ");
    if (const std::size_t files = mail.attachments.size(); files != 0) {
      label += " (" + counted(files, "file") + ")";
    }
    const bool inside = from == target;
    if (inside && !mail.to.empty()) label = "mail for " + mail.to.front() + ": " + label;
    Row& row = push(entry, inside ? Row::Shape::note : Row::Shape::arrow, std::move(label));
    row.from = from;
    row.to = target;
    if (is_trouble(entry)) {
      row.tone = Row::Tone::bad;
      row.crossing = Row::Crossing::lost_there;
      row.answer = one_line(mail.verdict, kLabelCharacters);
    }
  }

  void add(const sim::Entry& entry, const sim::RecordChange& record) {
    const std::string label = record.object + " " + record.change;
    const bool person = participants_.is_rep(record.by) || participants_.is_rep(entry.actor);
    // The rows of one collection call are one change to a reader, and so is what the stage was set with.
    if (!rows_.empty() && rows_.back().kind == "record" && rows_.back().cause == entry.cause &&
        (entry.cause != 0 || rows_.back().at == entry.at) && rows_.back().shape == Row::Shape::note && !person &&
        rows_.back().last + 1 == entry.sequence) {
      Row& row = rows_.back();
      row.last = entry.sequence;
      records_.push_back(label);
      row.label = counted_runs(records_);
      return;
    }
    records_ = {label};
    Row& row = push(entry, person ? Row::Shape::arrow : Row::Shape::note, label);
    row.from = person ? Lifeline::rep : Lifeline::salesforce;
    row.to = Lifeline::salesforce;
    if (person && participants_.reps.size() > 1) row.label = record.by + ": " + label;
  }

  void add(const sim::Entry& entry, const sim::SessionEvent& event) {
    std::string label = event.type;
    const std::string who = event.name.empty() ? speaker(event.sender) : event.name;
    if (!event.sender.empty()) label = event.type == "message" ? who : event.type + " by " + who;
    if (!event.text.empty()) label += ": " + one_line(event.text, kLabelCharacters);
    const bool person = participants_.is_rep(entry.actor);
    Row& row = push(entry, person ? Row::Shape::arrow : Row::Shape::note, std::move(label));
    row.from = person ? Lifeline::rep : Lifeline::opencx;
    row.to = Lifeline::opencx;
  }

  // Such as the callout that the org's trigger queued.
  void add(const sim::Entry& entry, const sim::JobEnd& end) {
    Row& row = push(entry, Row::Shape::note, "Apex job " + end.event + " " + lowercase(end.status));
    row.from = row.to = Lifeline::salesforce;
    if (is_trouble(entry)) row.tone = Row::Tone::bad;
  }

  void add(const sim::Entry& entry, const sim::BridgeEvent& bridge) {
    const bool down = bridge.event == "crashed" || bridge.event == "stopped";
    if (down || bridge.event == "started" || bridge.event == "ready") bridge_up_ = !down;
    Row& row = push(
        entry, down ? Row::Shape::band : Row::Shape::note,
        (down ? "Bridge " : "") + bridge.event + (bridge.detail.empty() ? "" : ": " + one_line(bridge.detail, kLabelCharacters)));
    row.from = row.to = Lifeline::bridge;
    row.tone = bridge.event == "crashed" ? Row::Tone::bad : down ? Row::Tone::warning : Row::Tone::good;
  }

  void add_idle(const IdleRun& run) {
    const auto& journal = scenario_.journal;
    Row& row = push(Row::Shape::gap, "idle",
                    "… " + counted(run.rounds, "more sweep") +
                        (run.what.empty() ? "" : " (" + one_line(run.what, kLabelCharacters / 2) + ")") + " in " +
                        human_duration(journal[run.last].at - rows_.back().at) + ", nothing new");
    row.first = journal[run.first].sequence;
    row.last = journal[run.last].sequence;
    row.at = journal[run.last].at;
    row.tone = Row::Tone::waiting;
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const ScenarioResult& scenario_;
  const Participants participants_;
  std::vector<Row> rows_;
  std::vector<std::string> records_;  // of the newest record row
  std::size_t next_step_ = 0;
  std::size_t open_step_ = kNone;
  bool bridge_up_ = true;
};

}  // namespace

Storyline storyline(const ScenarioResult& scenario, std::size_t rows_max) {
  Storyline story;
  story.participants = participants_of(scenario);
  story.rows = Teller(scenario, story.participants).tell();
  story.entries_left_out = cap_rows(story.rows, std::max<std::size_t>(rows_max, 100));
  return story;
}

}  // namespace casewire::scenarios::report
