#include "bridge/cases/pending.hpp"

#include <algorithm>

#include "bridge/cases/adoption.hpp"

namespace casewire::bridge::cases {

namespace {

std::vector<Comment> note_of_stranded(const opencx::HistoryItem& item) {
  return comments_of_note("stranded-" + item.id,
                          "The customer wrote at " + iso8601(item.at).substr(0, 16) +
                              "Z while the Case before this one was being closed. Her message is the last comment there.");
}

}  // namespace

Handoffs covered_handoffs(const std::vector<opencx::HistoryItem>& history, const Missing& missing, const Choice& choice) {
  Handoffs covered;
  const auto newest = last_described_in(history);
  for (const auto* handoff : missing.handoffs) {
    // A session keeps the newest summary only.
    const bool is_newest = handoff->id == newest;
    const bool says_nothing = is_newest ? choice.kind == Choice::Kind::create : handoff->text.empty();
    if (says_nothing) covered.insert(handoff->id);
  }
  return covered;
}

std::vector<Pending> pending_comments(const std::vector<opencx::HistoryItem>& history, const Missing& missing,
                                      const Handoffs& covered, std::string_view summary) {
  std::vector<Pending> pending;
  const auto is_among = [](const std::vector<const opencx::HistoryItem*>& items, const opencx::HistoryItem& item) {
    return std::find(items.begin(), items.end(), &item) != items.end();
  };
  for (const auto& item : history) {
    if (is_among(missing.messages, item)) pending.push_back({&item, comments_of_message(item)});
    if (is_among(missing.handoffs, item) && !covered.contains(item.id)) {
      pending.push_back({&item, comments_of_handoff(item, item.text.empty() ? summary : std::string_view(item.text))});
    }
    if (is_among(missing.stranded, item) && !item.is_handoff()) pending.push_back({nullptr, note_of_stranded(item)});
  }
  return pending;
}

bool is_stranded_note_there(const opencx::HistoryItem& item, const std::set<CommentMark>& there) {
  return item.is_handoff() || there.contains(note_of_stranded(item).front().mark);
}

}  // namespace casewire::bridge::cases
