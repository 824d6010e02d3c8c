#include "bridge/cases/former.hpp"

#include "base/text/strings.hpp"
#include "bridge/cases/clock_skew.hpp"

namespace casewire::bridge::cases {
namespace {

std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != '\r') result += c;
  }
  return std::string(trimmed(result));
}

}  // namespace

const opencx::HistoryItem* former_send(const UnknownReply& reply, const std::vector<opencx::HistoryItem>& history,
                                       const std::set<std::string, std::less<>>& claimed) {
  const auto text = plain(reply.text);
  for (const auto& item : history) {
    if (!item.is_from_agent() || claimed.contains(item.id) || item.at < reply.created_at - kClockSkew) continue;
    const auto said = plain(item.text);
    if (!said.starts_with(text)) continue;
    const auto rest = trimmed(std::string_view(said).substr(text.size()));
    if (rest.empty() || (rest.starts_with('[') && rest.ends_with(']'))) return &item;
  }
  return nullptr;
}

std::set<std::string, std::less<>> claimed_items(const std::vector<LedgerEntry>& ledger) {
  std::set<std::string, std::less<>> claimed;
  for (const auto& entry : ledger) {
    const bool stands_for_an_item = entry.key.starts_with("reply:") && !entry.result.empty();
    if (stands_for_an_item) claimed.insert(entry.result);
    // An agent's message of the Inbox, which the Case has as a comment.
    if (entry.done && entry.key.starts_with("comment:")) claimed.insert(entry.key.substr(std::string_view("comment:").size()));
  }
  return claimed;
}

}  // namespace casewire::bridge::cases
