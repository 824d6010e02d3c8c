#pragma once
// The append-only log of one run: the truth for checks, invariants, reports and replays. Every entry has a sequence number,
// the virtual time, who did it, what kind it is, and the entry that caused it. JSON Lines on disk.
//
// Kinds and the members of their `data`:
//   http    from, to, method, target, operation, status (absent when no answer arrived), request, response (bodies as text,
//           cut at kBodyBytesMax with "cut":true), wire (only when damaged), error (when the caller got none)
//   mail    from, to[], subject, message_id, in_reply_to, references[], text, attachments[{name,bytes,sha256}],
//           verdict (delivered, forwarded, or refused with the reason)
//   record  org change after commit: object, id, change (insert|update|delete), by (user name), by_id, fields (what the save set:
//           given, defaulted or derived; no book-keeping such as LastModifiedDate)
//   job     an asynchronous job of the org has ended: job, event, case, records, status (Completed|Failed), http_status or error
//   session OpenCX: session, ticket, type (history event type), sender, text, and what else the event carries
//   fault   fault (its sentence), operation
//   bridge  event (started|stopped|crashed|ready), detail
//   timer   until (the instant time skipped to)
//   step    keyword, text, where, verdict
// Bodies are kept for reports; the journal of a run is test data, never a production log.

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/time.hpp"

namespace casewire::sim {

struct Entry {
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  WallTime at{};
  std::string actor;
  std::string kind;
  std::uint64_t cause = 0;  ///< sequence of the entry that led to this one; 0: none known
  Json data;
};

/// Thread-safe.
class Journal {
 public:
  static constexpr std::size_t kBodyBytesMax = 64u << 10;
  static constexpr std::size_t kBytesMax = 64u << 20;

  explicit Journal(std::function<WallTime()> now, std::size_t bytes_max = kBytesMax);

  /// Returns the new entry's sequence number, or 0 when the journal is full: then overflowed() holds and the run cannot be green.
  std::uint64_t append(std::string actor, std::string kind, Json data, std::uint64_t cause = 0);
  /// Adds members to an entry that was appended open (an exchange whose answer came later).
  void amend(std::uint64_t sequence, Json more);

  std::size_t size() const;
  bool overflowed() const;
  /// A copy of the entries from `first` (1-based) on.
  std::vector<Entry> entries(std::uint64_t first = 1) const;
  /// One JSON object per line.
  std::string json_lines() const;

 private:
  mutable std::mutex mutex_;
  std::function<WallTime()> now_;
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  bool overflowed_ = false;
  std::vector<Entry> entries_;
};

/// One JSON object, without a line feed.
std::string to_line(const Entry& entry);

/// The W3C `traceparent` that carries a cause over the wire, and back. 0 when there is none or it is not ours.
std::string traceparent(std::uint64_t cause);
std::uint64_t cause_of(std::string_view traceparent);

}  // namespace casewire::sim
