#pragma once
// The append-only log of one run: the truth for checks, invariants, reports and replays. Every entry has a sequence number, the
// virtual time, who did it, what happened (entry.hpp), and the entry that caused it. It is looked at where it stands: nobody
// needs a copy of it while the run goes on.

#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"
#include "sim/world/entry.hpp"

namespace casewire::sim {

/// Thread-safe.
class Journal {
 public:
  static constexpr std::size_t kBodyBytesMax = 64u << 10;
  static constexpr std::size_t kBytesMax = 64u << 20;

  explicit Journal(std::function<WallTime()> now, std::size_t bytes_max = kBytesMax);

  /// Returns the new entry's sequence number, or 0 when the journal is full: then overflowed() holds and the run cannot be green.
  std::uint64_t append(std::string actor, Occurrence event, std::uint64_t cause = 0);
  /// Completes an entry that was appended open (an exchange whose answer came later). `change` must not touch the journal.
  template <class T, class Change>
  void amend(std::uint64_t sequence, Change&& change) {
    const std::lock_guard lock(mutex_);
    if (sequence == 0 || sequence > entries_.size()) return;  // the entry itself was dropped: overflowed() says so
    Entry& entry = entries_[sequence - 1];
    const std::size_t before = approximate_bytes(entry.event);
    change(std::get<T>(entry.event));
    grow(entry, before);
  }

  std::size_t size() const;
  bool overflowed() const;
  /// Shows each entry from `first` (1-based) on, in order, under the journal's lock: `look` must not touch the journal.
  template <class Look>
  void visit(std::uint64_t first, Look&& look) const {
    const std::lock_guard lock(mutex_);
    for (std::size_t at = first == 0 ? 0 : first - 1; at < entries_.size(); ++at) look(entries_[at]);
  }
  /// Shows what was appended or amended since `seen` changes of the journal, each entry as it stands now and perhaps more than
  /// once, and returns how many changes there are now. For those who read along. Under the lock, as visit().
  template <class Look>
  std::size_t visit_changes(std::size_t seen, Look&& look) const {
    const std::lock_guard lock(mutex_);
    for (std::size_t at = seen; at < changes_.size(); ++at) look(entries_[changes_[at] - 1]);
    return changes_.size();
  }
  /// A copy from `first` on, for tests.
  std::vector<Entry> entries(std::uint64_t first = 1) const;
  /// The entries, once the run is over: what comes later is dropped silently.
  std::vector<Entry> take();
  /// entry_json.hpp's lines.
  std::string json_lines() const;

 private:
  void grow(Entry& entry, std::size_t bytes_before);

  mutable std::mutex mutex_;
  std::function<WallTime()> now_;
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  bool overflowed_ = false;
  bool taken_ = false;
  std::deque<Entry> entries_;           ///< nothing moves as it grows
  std::vector<std::uint64_t> changes_;  ///< the sequence of each append and amend
};

/// The W3C `traceparent` that carries a cause over the wire, and back. 0 when there is none or it is not ours.
std::string traceparent(std::uint64_t cause);
std::uint64_t cause_of(std::string_view traceparent);

}  // namespace casewire::sim
