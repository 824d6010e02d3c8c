#pragma once
// What must hold in every run, whatever the script asks for (docs/invariants.md, I1 to I10). Reads the journal alone, so it
// judges any bridge, and shares no code with ours.

#include <string>
#include <vector>

#include "sim/world/history.hpp"
#include "sim/world/journal.hpp"

namespace casewire::sim {

struct Violation {
  std::string invariant;    ///< "I2"
  std::string what;         ///< one sentence: what was doubled, lost, leaked
  std::uint64_t entry = 0;  ///< the journal entry where it first broke
};

/// Judged when the world is quiet at the end of a run. In the order of the entries.
std::vector<Violation> broken_invariants(const History& history);
std::vector<Violation> broken_invariants(const std::vector<Entry>& journal);

/// Reads a journal along as it grows, so that asking again costs only what is new. Not thread-safe; the journal may be written
/// to meanwhile.
class Watch {
 public:
  std::vector<Violation> broken(const Journal& journal) {
    seen_ = journal.visit_changes(seen_, [this](const Entry& entry) { history_.read(entry); });
    return broken_invariants(history_);
  }

 private:
  History history_;
  std::size_t seen_ = 0;
};

}  // namespace casewire::sim
