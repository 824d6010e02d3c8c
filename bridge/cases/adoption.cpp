#include "bridge/cases/adoption.hpp"

#include <algorithm>
#include <utility>

#include "bridge/cases/courtesy.hpp"
#include "bridge/cases/missing.hpp"

namespace casewire::bridge::cases {
namespace {

class Adoption {
 public:
  Adoption(const Marked& marked, const Memory& memory, const std::vector<opencx::HistoryItem>& history, WallTime now)
      : marked_(marked), memory_(memory), history_(history), changes_{.at = now} {}

  Changes all() {
    for (const auto& known : marked_.cases) adopt_case(known);
    for (const auto& known : marked_.cases) adopt_comments(known);
    for (const auto& file : marked_.files) {
      remember("file:" + file.attachment_id, file.version_id, {});
    }
    return std::move(changes_);
  }

 private:
  void adopt_case(const KnownCase& known) {
    const auto handoff = handoff_in(known.handoff);
    if (!handoff) return;
    const auto* begun = entry(case_key(*handoff));
    if (handoff->session_id == memory_.session_id) cover_handoffs(known, begun != nullptr ? begun->detail : std::string{});
    const bool is_linked = std::any_of(memory_.links.begin(), memory_.links.end(), [&](const Link& link) {
      return link.session_id == handoff->session_id && link.number >= handoff->number;
    });
    if (is_linked) return;
    LedgerEntry made{.key = case_key(*handoff),
                     .about = memory_.conversation,
                     .done = true,
                     .begun_at = begun != nullptr ? begun->begun_at : changes_.at,
                     .detail = begun != nullptr ? begun->detail : std::string{},
                     .result = known.id};
    // Every reply on it is ours to send. What a former self has sent of them is looked for before (former.hpp).
    changes_.links.push_back({.session_id = handoff->session_id,
                              .number = handoff->number,
                              .case_id = known.id,
                              .conversation = memory_.conversation});
    changes_.hints.push_back({.subject = "case:" + known.id, .conversation = memory_.conversation});
    if (handoff->session_id != memory_.session_id) {
      changes_.hints.push_back({.subject = "session:" + handoff->session_id, .conversation = memory_.conversation});
    }
    changes_.ledger.push_back(std::move(made));
  }

  /// The handoffs for which the Case's own description stands: as far as the ledger knows the last one, else as its time tells. Another
  /// session may have adopted the Case before, and could not know this one's history.
  void cover_handoffs(const KnownCase& known, const std::string& last_described) {
    if (last_described == kDescribesNone) return;
    for (const auto& item : history_) {
      if (!item.is_handoff()) continue;
      if (last_described.empty() && item.at > known.created_at) break;
      remember("comment:" + item.id, known.id, {});
      if (item.id == last_described) break;
    }
  }

  void adopt_comments(const KnownCase& known) {
    const auto found = marked_.comments.find(known.id);
    if (found == marked_.comments.end()) return;
    for (const auto& item : history_) {
      int parts = 0;
      WallTime last{};
      std::set<int> there;
      for (const auto& comment : found->second) {
        if (comment.mark.item_id != item.id) continue;
        parts = comment.mark.parts;
        there.insert(comment.mark.part);
        last = std::max(last, comment.at);
      }
      if (parts == 0 || there.size() != static_cast<std::size_t>(parts)) continue;
      if (item.is_from_contact()) join_if_closed(known);
      const bool is_for_a_rep = item.is_from_contact() || item.is_handoff();
      const bool is_late = is_for_a_rep && memory_.is_with_people && known.closed_at && last > *known.closed_at &&
                           !waits_for_nobody(item, *known.closed_at);
      remember("comment:" + item.id, known.id, is_late ? std::string(kStranded) : std::string{});
    }
  }

  /// What the contact said here stands on a Case that is closed by now: the session is on it all the same, so that files follow and it is
  /// closed with its Case. An open one is joined by choice; a newer one keeps the session.
  void join_if_closed(const KnownCase& known) {
    if (!known.is_closed) return;
    int number = 1;
    const Link* of_others = nullptr;
    for (const std::vector<Link>* links : {&std::as_const(memory_.links), &std::as_const(changes_.links)}) {
      for (const auto& link : *links) {
        if (link.session_id == memory_.session_id) {
          if (!is_older(link.case_id, known)) return;
          number = std::max(number, link.number + 1);
        }
        if (link.case_id == known.id) of_others = &link;
      }
    }
    changes_.links.push_back({.session_id = memory_.session_id,
                              .number = number,
                              .case_id = known.id,
                              .conversation = memory_.conversation,
                              .replies_since = of_others != nullptr ? of_others->replies_since : memory_.org_now});
    changes_.hints.push_back({.subject = "case:" + known.id, .conversation = memory_.conversation});
  }

  bool is_older(std::string_view case_id, const KnownCase& than) const {
    return std::any_of(marked_.cases.begin(), marked_.cases.end(),
                       [&](const KnownCase& one) { return one.id == case_id && one.created_at < than.created_at; });
  }

  void remember(std::string key, const std::string& result, std::string detail) {
    const auto* known = entry(key);
    if (known != nullptr && known->done) return;
    const bool is_new =
        std::none_of(changes_.ledger.begin(), changes_.ledger.end(), [&](const LedgerEntry& other) { return other.key == key; });
    if (!is_new) return;
    changes_.ledger.push_back({.key = std::move(key),
                               .about = memory_.session_id,
                               .done = true,
                               .begun_at = known != nullptr ? known->begun_at : changes_.at,
                               .detail = std::move(detail),
                               .result = result});
  }

  const LedgerEntry* entry(std::string_view key) const {
    const auto found =
        std::find_if(memory_.ledger.begin(), memory_.ledger.end(), [&](const LedgerEntry& other) { return other.key == key; });
    return found == memory_.ledger.end() ? nullptr : &*found;
  }

  const Marked& marked_;
  const Memory& memory_;
  const std::vector<opencx::HistoryItem>& history_;
  Changes changes_;
};

}  // namespace

std::string case_key(const Handoff& handoff) { return "case:" + text_of(handoff); }

std::string last_described_in(const std::vector<opencx::HistoryItem>& history) {
  const auto last = std::find_if(history.rbegin(), history.rend(), [](const auto& item) { return item.is_handoff(); });
  return last == history.rend() ? std::string(kDescribesNone) : last->id;
}

Changes adopted(const Marked& marked, const Memory& memory, const std::vector<opencx::HistoryItem>& history, WallTime now) {
  return Adoption(marked, memory, history, now).all();
}

std::set<CommentMark> marks_on(const OwnComments& comments, std::string_view case_id) {
  std::set<CommentMark> marks;
  const auto found = comments.find(case_id);
  if (found == comments.end()) return marks;
  for (const auto& comment : found->second) marks.insert(comment.mark);
  return marks;
}

}  // namespace casewire::bridge::cases
