#include "bridge/cases/pending.hpp"

#include <algorithm>

namespace casewire::bridge::cases {

Handoffs covered_handoffs(const Missing& missing, const Choice& choice, const std::optional<std::string>& last_described,
                          const std::vector<KnownCase>& own_cases) {
  Handoffs covered;
  if (choice.kind == Choice::Kind::create) {
    for (const auto* handoff : missing.handoffs) covered.insert(handoff->id);
  } else if (choice.is_new_link && !choice.is_adopted) {
    // Made before a crash.
    if (last_described) {
      for (const auto* handoff : missing.handoffs) {
        covered.insert(handoff->id);
        if (handoff->id == *last_described) break;
      }
    } else {
      for (const auto& known : own_cases) {
        for (const auto* handoff : missing.handoffs) {
          if (known.id == choice.case_id && handoff->at <= known.created_at) covered.insert(handoff->id);
        }
      }
    }
  }
  // A session keeps the newest summary only: an older handoff has nothing left to say.
  for (const auto* handoff : missing.handoffs) {
    if (handoff != missing.handoffs.back() && handoff->text.empty()) covered.insert(handoff->id);
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
  }
  return pending;
}

}  // namespace casewire::bridge::cases
