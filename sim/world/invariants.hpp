#pragma once
// What must hold in every run, whatever the script asks for, as rows: docs/invariants.md is made from them. A row reads the journal alone,
// so it judges any bridge, and shares no code with ours. Each stands with its judge in a file of its own below invariants/.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/world/journal.hpp"

namespace casewire::sim {

class History;

struct Violation {
  std::string invariant;       ///< "I2"
  std::string what;            ///< one sentence: what was doubled, lost, leaked
  std::uint64_t entry = 0;     ///< the journal entry where it first broke
  bool may_be_mended = false;  ///< time alone can still make it good: what is owed may come
};

/// A judge's find: a violation of its row.
struct Find {
  std::string what;
  std::uint64_t entry = 0;
};
/// All that is broken as things stand. It is always shown the same history, which has grown meanwhile, and may keep what it knows.
using Judge = std::function<std::vector<Find>(const History&)>;

struct Invariant {
  std::string_view id;      ///< "I2"
  std::string_view title;   ///< what must hold
  std::string_view shown;   ///< how the journal shows it
  std::string_view source;  ///< whose promise it is
  bool is_awaited = false;  ///< what is missing may still come: whoever ends a run lets time pass first
  Judge (*make_judge)() = nullptr;
};

/// In the order of their ids.
const std::vector<Invariant>& invariants();
/// The table of docs/invariants.md.
std::string markdown_table(const std::vector<Invariant>& rows);

/// Reads a journal along as it grows, so that asking again costs only what is new. Not thread-safe; the journal may be written
/// to meanwhile.
class Watch {
 public:
  Watch();
  ~Watch();
  /// In the order of the entries.
  std::vector<Violation> broken(const Journal& journal);
  /// Whether something is missing that may still come.
  bool is_owed(const Journal& journal);
  /// Of a journal that is complete.
  static std::vector<Violation> broken(const std::vector<Entry>& journal);

 private:
  struct Seat {
    const Invariant* row;
    Judge judge;
  };
  void read(const Journal& journal);
  std::vector<Violation> judged();

  std::unique_ptr<History> history_;
  std::size_t seen_ = 0;
  std::vector<Seat> bench_;
};

}  // namespace casewire::sim
