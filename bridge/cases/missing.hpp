#pragma once
// What of a session is not on its Case yet. Pure.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/opencx/session.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::cases {

/// A reply that the bridge itself sent (or may have sent) into this session, as the ledger remembers it.
struct OwnSend {
  std::string ledger_key;
  std::string item_id;    ///< its history item, where one was found; empty otherwise
  bool was_open = false;  ///< the ledger did not know yet that it happened
};

/// Finds each own send in the history: by message id, else by its text's digest, written no earlier than 5 minutes before it was
/// begun. One history item stands for one send. `ahead`: OpenCX's clock minus ours, by which the ledger goes.
std::vector<OwnSend> own_sends(const std::vector<LedgerEntry>& ledger, const std::vector<opencx::HistoryItem>& history,
                               milliseconds ahead);

/// What a reply's text is recognised by: line ends and outer blanks do not count, as mail changes them.
std::string text_digest(std::string_view text);

struct Missing {
  std::vector<const opencx::HistoryItem*> messages;    ///< in order
  std::vector<const opencx::HistoryItem*> handoffs;    ///< in order
  std::vector<const opencx::HistoryItem*> with_files;  ///< contact messages with an attachment that was not copied
  /// Contact messages that landed on a Case when it was closed already: no rep looks there, so the next Case speaks of them.
  std::vector<const opencx::HistoryItem*> stranded;
  bool is_empty() const { return messages.empty() && handoffs.empty() && with_files.empty() && stranded.empty(); }
  /// Something waits that a rep must see.
  bool needs_an_open_case() const;
  /// Of the contact's messages among `messages`.
  std::vector<WallTime> written_at() const;
  /// Leaves out what was written at `limit` or later.
  void keep_until(WallTime limit);
};

/// LedgerEntry::detail of a "comment:<item id>" that is stranded.
inline constexpr std::string_view kStranded = "stranded";

/// The ledger's keys are "comment:<item id>" and "file:<attachment id>".
Missing missing_of(const std::vector<opencx::HistoryItem>& history, const std::vector<LedgerEntry>& ledger,
                   const std::vector<OwnSend>& own);

}  // namespace casewire::bridge::cases
