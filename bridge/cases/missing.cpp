#include "bridge/cases/missing.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"

namespace casewire::bridge::cases {
namespace {

/// The two clocks, OpenCX's and ours, may differ by this much.
constexpr auto kClockSkew = std::chrono::minutes{5};

}  // namespace

std::string text_digest(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '\r') plain += c;
  }
  return hex(sha256(trimmed(plain)));
}

std::vector<OwnSend> own_sends(const std::vector<LedgerEntry>& ledger, const std::vector<opencx::HistoryItem>& history) {
  std::vector<LedgerEntry> replies;
  std::copy_if(ledger.begin(), ledger.end(), std::back_inserter(replies),
               [](const LedgerEntry& entry) { return entry.key.starts_with("reply:"); });
  std::stable_sort(replies.begin(), replies.end(), [](const auto& a, const auto& b) { return a.begun_at < b.begun_at; });

  std::set<std::string_view> claimed;
  std::vector<OwnSend> own;
  std::vector<const LedgerEntry*> unfound;
  for (const auto& reply : replies) {
    const bool is_there = !reply.result.empty() &&
                          std::any_of(history.begin(), history.end(), [&](const auto& item) { return item.id == reply.result; });
    if (is_there) {
      claimed.insert(reply.result);
      own.push_back({reply.key, reply.result, false});
    } else {
      unfound.push_back(&reply);
    }
  }
  for (const auto* reply : unfound) {
    OwnSend send{reply->key, {}, !reply->done};
    for (const auto& item : history) {
      if (!item.is_from_agent() || claimed.contains(item.id) || item.at < reply->begun_at - kClockSkew) continue;
      if (text_digest(item.text) != reply->detail) continue;
      claimed.insert(item.id);
      send.item_id = item.id;
      break;
    }
    own.push_back(std::move(send));
  }
  return own;
}

bool Missing::has_news_of_contact() const {
  return !handoffs.empty() ||
         std::any_of(messages.begin(), messages.end(), [](const auto* item) { return item->is_from_contact(); });
}

Missing missing_of(const std::vector<opencx::HistoryItem>& history, const std::set<std::string, std::less<>>& done,
                   const std::vector<OwnSend>& own) {
  Missing missing;
  for (const auto& item : history) {
    const bool is_own = std::any_of(own.begin(), own.end(), [&](const OwnSend& send) { return send.item_id == item.id; });
    if (is_own) continue;
    const bool is_said = item.is_from_contact() || item.is_from_ai() || item.is_from_agent();
    if (!done.contains("comment:" + item.id)) {
      if (is_said) missing.messages.push_back(&item);
      if (item.is_handoff()) missing.handoffs.push_back(&item);
    }
    const bool has_new_file =
        item.is_from_contact() && std::any_of(item.attachments.begin(), item.attachments.end(),
                                              [&](const auto& file) { return !done.contains("file:" + file.id); });
    if (has_new_file) missing.with_files.push_back(&item);
  }
  return missing;
}

}  // namespace casewire::bridge::cases
