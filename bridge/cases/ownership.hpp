#pragma once
// Whether people have a conversation, or the AI. Pure.

#include <optional>
#include <vector>

#include "bridge/opencx/session.hpp"

namespace casewire::bridge::cases {

/// People have it once it was handed off, an agent took it over in the Inbox, or a person spoke in it; the AI has it again after it
/// was handed back (F78). The newest of these counts. Source: the history's event types (docs/opencx.md).
bool is_with_people(const opencx::Session& session, const std::vector<opencx::HistoryItem>& history);
/// Since when they have it, by the history; nullopt: the AI has it, or the history does not tell.
std::optional<WallTime> with_people_since(const std::vector<opencx::HistoryItem>& history);

}  // namespace casewire::bridge::cases
