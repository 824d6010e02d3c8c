#pragma once
// What a former self did, whose store is not this one (a restored backup, a lost file): its sends are recognised in the histories, so
// that nothing is mailed again and nothing comes back to the Case as a comment (F80). Pure.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/opencx/session.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge::cases {

/// A reply of a rep for which the ledger has no entry.
struct UnknownReply {
  std::string row_id;
  std::string text;
  WallTime created_at{};  ///< by OpenCX's clock
};

/// The agent's message that says it, with or without the bridge's remarks about files; nullptr when there is none. `claimed` are history
/// items that stand for other sends.
const opencx::HistoryItem* former_send(const UnknownReply& reply, const std::vector<opencx::HistoryItem>& history,
                                       const std::set<std::string, std::less<>>& claimed);

/// The history items that ledger entries stand for.
std::set<std::string, std::less<>> claimed_items(const std::vector<LedgerEntry>& ledger);

}  // namespace casewire::bridge::cases
