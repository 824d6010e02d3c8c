#pragma once
// The comments that a session's Case still lacks. Pure.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/choice.hpp"
#include "bridge/cases/missing.hpp"
#include "bridge/cases/transcript.hpp"
#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// Ids of handoff items. They refer to the history's.
using Handoffs = std::set<std::string_view>;

/// The missing handoffs that have nothing to say as comments: the newest of the history, for which the description of a new Case stands,
/// and older ones without a summary of their own.
Handoffs covered_handoffs(const std::vector<opencx::HistoryItem>& history, const Missing& missing, const Choice& choice);

struct Pending {
  const opencx::HistoryItem* item;  ///< whose comments these are; nullptr: a note
  std::vector<Comment> comments;
};

/// In the order of the history. `summary` is the session's, for a handoff that does not carry its own. A message that is stranded on a
/// closed Case is spoken of, not repeated.
std::vector<Pending> pending_comments(const std::vector<opencx::HistoryItem>& history, const Missing& missing,
                                      const Handoffs& covered, std::string_view summary);

/// Whether what is to be said of a stranded item is among `there`; of a handoff the Case's description says it all.
bool is_stranded_note_there(const opencx::HistoryItem& item, const std::set<CommentMark>& there);

}  // namespace casewire::bridge::cases
