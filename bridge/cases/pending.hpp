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

/// The handoffs that have nothing to say as comments: those that the Case's own description stands for, and older ones without a
/// summary of their own. `last_described` is the newest that a Case made before a crash describes, as far as the ledger knows it;
/// without it the times of `own_cases` must do.
Handoffs covered_handoffs(const Missing& missing, const Choice& choice, const std::optional<std::string>& last_described,
                          const std::vector<KnownCase>& own_cases);

struct Pending {
  const opencx::HistoryItem* item;
  std::vector<Comment> comments;
};

/// In the order of the history. `summary` is the session's, for a handoff that does not carry its own.
std::vector<Pending> pending_comments(const std::vector<opencx::HistoryItem>& history, const Missing& missing,
                                      const Handoffs& covered, std::string_view summary);

}  // namespace casewire::bridge::cases
