#include "scenarios/report/failure.hpp"

#include <algorithm>
#include <set>

#include "base/text/strings.hpp"
#include "scenarios/report/entry_text.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kTroublesShown = 6;
constexpr std::size_t kCausesShown = 8;
constexpr std::size_t kEffectsShown = 6;

std::string place(const Where& where) {
  return where.file + ":" + std::to_string(where.position.line) + ":" + std::to_string(where.position.column);
}

std::string with_lines(const std::string& text, const std::string& lines) { return lines.empty() ? text : text + "\n" + lines; }

void append_field(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  constexpr std::size_t kColumn = 12;
  std::string lead = "  " + std::string(name);
  lead.resize(kColumn, ' ');
  for (const std::string_view line : split(text, '\n')) {
    out += lead + std::string(line) + "\n";
    lead.assign(kColumn, ' ');
  }
}

class Telling {
 public:
  explicit Telling(const ScenarioResult& scenario) : scenario_(scenario) {}

  std::string numbered(const sim::Entry& entry) const {
    return "journal " + std::to_string(entry.sequence) + " at " + time(entry);
  }
  void append_entry(std::string& out, const sim::Entry& entry) const {
    std::string number = std::to_string(entry.sequence);
    if (number.size() < 6) number.insert(0, 6 - number.size(), ' ');
    out += number + "  " + time(entry) + "  " + brief(entry) + "\n";
  }
  /// The entry and what led to it, the first cause on top.
  void append_chain(std::string& out, const sim::Entry& last) const {
    std::vector<const sim::Entry*> chain;
    for (const sim::Entry* at = &last; at != nullptr && chain.size() < kCausesShown;) {
      chain.push_back(at);
      // A cause lies before its effect; anything else would be a loop.
      at = at->cause < at->sequence ? entry_numbered(scenario_.journal, at->cause) : nullptr;
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) append_entry(out, **at);
  }
  /// Where the trail ends is where something that is missing got lost.
  void append_effects(std::string& out, const sim::Entry& first) const {
    std::set<std::uint64_t> caused{first.sequence};
    std::vector<const sim::Entry*> effects;
    for (const sim::Entry& entry : scenario_.journal) {
      if (entry.sequence <= first.sequence || !caused.contains(entry.cause)) continue;
      caused.insert(entry.sequence);
      effects.push_back(&entry);
    }
    if (!effects.empty()) out += "what came of it\n";
    append_some(out, effects, kEffectsShown);
  }
  void append_some(std::string& out, const std::vector<const sim::Entry*>& entries, std::size_t most) const {
    for (std::size_t at = 0; at < std::min(entries.size(), most); ++at) append_entry(out, *entries[at]);
    if (entries.size() > most) out += "        and " + std::to_string(entries.size() - most) + " more\n";
  }

 private:
  std::string time(const sim::Entry& entry) const { return time_since(scenario_.journal.front().at, entry.at); }
  const ScenarioResult& scenario_;
};

const sim::Violation* first_violation(const ScenarioResult& scenario) {
  const sim::Violation* first = nullptr;
  for (const sim::Violation& violation : scenario.violations) {
    if (violation.entry != 0 && (first == nullptr || violation.entry < first->entry)) first = &violation;
  }
  return first;
}

void append_first_wrong(std::string& out, const ScenarioResult& scenario, const StepResult* step) {
  const Telling telling(scenario);
  if (const sim::Violation* violation = first_violation(scenario)) {
    if (const sim::Entry* entry = entry_numbered(scenario.journal, violation->entry)) {
      out += "first wrong entry: " + telling.numbered(*entry) + "\n";
      telling.append_chain(out, *entry);
      telling.append_effects(out, *entry);
      return;
    }
  }
  if (scenario.journal.empty()) return;
  const std::uint64_t end = step != nullptr && step->last_entry != 0 ? step->last_entry : scenario.journal.back().sequence;
  std::vector<const sim::Entry*> troubles;
  for (const sim::Entry& entry : scenario.journal) {
    if (entry.sequence <= end && is_trouble(entry)) troubles.push_back(&entry);
  }
  if (!troubles.empty()) {
    out += "trouble until then, first at " + telling.numbered(*troubles.front()) + "\n";
    telling.append_some(out, troubles, kTroublesShown);
  } else if (step != nullptr && step->first_entry != 0) {
    const sim::Entry* first = entry_numbered(scenario.journal, step->first_entry);
    const sim::Entry* last = entry_numbered(scenario.journal, step->last_entry);
    if (first != nullptr && last != nullptr && last->sequence > first->sequence) {
      out += "the step covers " + telling.numbered(*first) + " to " + telling.numbered(*last) + "\n";
    }
  }
}

}  // namespace

const StepResult* first_bad_step(const ScenarioResult& scenario) {
  const auto bad = std::find_if(scenario.steps.begin(), scenario.steps.end(),
                                [](const StepResult& step) { return step.reached && step.verdict != Verdict::passed; });
  return bad == scenario.steps.end() ? nullptr : &*bad;
}

std::string name_with_rule(const ScenarioResult& scenario) {
  return scenario.rule.empty() ? scenario.name : scenario.rule + ": " + scenario.name;
}

std::string expected_of(const StepResult& step) { return with_lines(step.expected, step.recorded); }
std::string found_of(const StepResult& step) { return with_lines(step.found, step.made); }

std::string failure_headline(const ScenarioResult& scenario) {
  if (scenario.verdict == Verdict::pending) return "pending: " + scenario.pending;
  if (const StepResult* step = first_bad_step(scenario)) return step->keyword + " " + step->text;
  if (!scenario.violations.empty()) return scenario.violations.front().invariant + " " + scenario.violations.front().what;
  if (!scenario.complaints.empty()) return scenario.complaints.front();
  return scenario.name;
}

std::string failure_text(const ScenarioResult& scenario) {
  if (scenario.verdict == Verdict::passed) return {};
  const StepResult* step = first_bad_step(scenario);
  std::string out = place(step != nullptr ? step->where : scenario.where) + ": " + std::string(name_of(scenario.verdict)) + ": " +
                    failure_headline(scenario) + "\n";
  if (step != nullptr) {
    append_field(out, "expected", expected_of(*step));
    append_field(out, "found", found_of(*step));
  }
  append_first_wrong(out, scenario, step);
  for (const sim::Violation& violation : scenario.violations) {
    out += "broken invariant " + violation.invariant + ": " + violation.what;
    out += violation.entry != 0 ? " (journal " + std::to_string(violation.entry) + ")\n" : "\n";
  }
  const std::string headline = failure_headline(scenario);
  for (const std::string& complaint : scenario.complaints) {
    if (complaint != headline) out += "also: " + complaint + "\n";
  }
  if (!scenario.note.empty()) out += "note: " + scenario.note + "\n";
  if (!scenario.rerun.empty()) out += "rerun: " + scenario.rerun + "\n";
  return out;
}

}  // namespace casewire::scenarios::report
