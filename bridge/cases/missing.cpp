#include "bridge/cases/missing.hpp"

#include <algorithm>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"
#include "base/text/strings.hpp"
#include "bridge/cases/clock_skew.hpp"
#include "bridge/cases/transcript.hpp"

namespace casewire::bridge::cases {

std::string text_digest(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '\r') plain += c;
  }
  return hex(sha256(trimmed(plain)));
}

std::vector<OwnSend> own_sends(const std::vector<LedgerEntry>& ledger, const std::vector<opencx::HistoryItem>& history,
                               milliseconds ahead) {
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
      if (!item.is_from_agent() || claimed.contains(item.id) || item.at < reply->begun_at + ahead - kClockSkew) continue;
      if (text_digest(item.text) != reply->detail) continue;
      claimed.insert(item.id);
      send.item_id = item.id;
      break;
    }
    own.push_back(std::move(send));
  }
  return own;
}

bool Missing::needs_an_open_case() const {
  return !handoffs.empty() || !stranded.empty() ||
         std::any_of(messages.begin(), messages.end(), [](const auto* item) { return item->is_from_contact(); });
}

std::vector<WallTime> Missing::written_at() const {
  std::vector<WallTime> times;
  for (const auto* item : messages) {
    if (item->is_from_contact()) times.push_back(item->at);
  }
  return times;
}

void Missing::keep_until(WallTime limit) {
  for (auto* items : {&messages, &handoffs, &with_files}) {
    std::erase_if(*items, [&](const auto* item) { return item->at >= limit; });
  }
}

Missing missing_of(const std::vector<opencx::HistoryItem>& history, const std::vector<LedgerEntry>& ledger,
                   const std::vector<OwnSend>& own) {
  std::set<std::string_view> done;
  std::set<std::string_view> stranded;
  for (const auto& entry : ledger) {
    if (entry.done) done.insert(entry.key);
    if (entry.done && entry.detail == kStranded) stranded.insert(entry.key);
  }
  Missing missing;
  for (const auto& item : history) {
    const bool is_own = std::any_of(own.begin(), own.end(), [&](const OwnSend& send) { return send.item_id == item.id; });
    if (is_own) continue;
    const bool is_said = item.is_from_contact() || item.is_from_ai() || item.is_from_agent();
    const auto comment = "comment:" + item.id;
    if (!done.contains(comment)) {
      if (is_said) missing.messages.push_back(&item);
      if (item.is_handoff()) missing.handoffs.push_back(&item);
    }
    if (stranded.contains(comment)) missing.stranded.push_back(&item);
    const auto files = std::min(item.attachments.size(), kFilesPerMessageMax);
    const auto last = item.attachments.begin() + static_cast<std::ptrdiff_t>(files);
    const bool has_new_file = item.is_from_contact() && std::any_of(item.attachments.begin(), last, [&](const auto& file) {
                                return !done.contains("file:" + file.id);
                              });
    if (has_new_file) missing.with_files.push_back(&item);
  }
  return missing;
}

}  // namespace casewire::bridge::cases
