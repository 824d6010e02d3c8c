#include "sim/world/invariants.hpp"

#include <algorithm>

#include "sim/world/history.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {

const std::vector<Invariant>& invariants() {
  static const std::vector<Invariant> all{
      rows::kReplyArrives,      rows::kNothingTwice,  rows::kOneOpenCase, rows::kOrder,          rows::kOneThread,
      rows::kSilentAi,          rows::kInternalText,  rows::kNoEcho,      rows::kContent,        rows::kWorkEnds,
      rows::kHandoffOpens,      rows::kMessageStands, rows::kFilesEqual,  rows::kNothingParked,  rows::kPrompt,
      rows::kRightConversation, rows::kPatience,      rows::kCaseLinked,  rows::kClosingFollows, rows::kAgents,
      rows::kCommentOrder,      rows::kCaseFields};
  return all;
}

std::string markdown_table(const std::vector<Invariant>& rows) {
  std::string table = "| | What must hold | How the journal shows it | Whose promise |\n|---|---|---|---|\n";
  for (const Invariant& row : rows) {
    table += "| ";
    for (const std::string_view cell : {row.id, row.title, row.shown, row.source}) {
      table += cell;
      table += cell == row.source ? " |\n" : " | ";
    }
  }
  return table;
}

Watch::Watch() : history_(std::make_unique<History>()) {
  for (const Invariant& row : invariants()) bench_.push_back({&row, row.make_judge()});
}

Watch::~Watch() = default;

void Watch::read(const Journal& journal) {
  seen_ = journal.visit_changes(seen_, [this](const Entry& entry) { history_->read(entry); });
}

std::vector<Violation> Watch::broken(const Journal& journal) {
  read(journal);
  return judged();
}

std::vector<Violation> Watch::broken(const std::vector<Entry>& journal) {
  Watch watch;
  for (const Entry& entry : journal) watch.history_->read(entry);
  return watch.judged();
}

std::vector<Violation> Watch::judged() {
  std::vector<Violation> violations;
  for (const Seat& seat : bench_) {
    for (Find& find : seat.judge(*history_)) {
      violations.push_back({std::string(seat.row->id), std::move(find.what), find.entry, seat.row->is_awaited});
    }
  }
  std::stable_sort(violations.begin(), violations.end(),
                   [](const Violation& a, const Violation& b) { return a.entry < b.entry; });
  return violations;
}

bool Watch::is_owed(const Journal& journal) {
  read(journal);
  return std::any_of(bench_.begin(), bench_.end(),
                     [this](const Seat& seat) { return seat.row->is_awaited && !seat.judge(*history_).empty(); });
}

}  // namespace casewire::sim
