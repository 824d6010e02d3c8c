#include "bridge/cases/ownership.hpp"

#include <algorithm>

namespace casewire::bridge::cases {
namespace {

bool gives_to_people(const opencx::HistoryItem& item) {
  return item.is_handoff() || item.is_from_agent() || item.type == "agent_took_session_from_ai" ||
         item.type == "human_agent_takeover";
}

bool gives_to_the_ai(const opencx::HistoryItem& item) { return item.type.starts_with("ai_resumed"); }

}  // namespace

bool is_with_people(const opencx::Session& session, const std::vector<opencx::HistoryItem>& history) {
  if (with_people_since(history)) return true;
  // An edition whose history does not tell of handoffs: the session does.
  return session.handed_off && std::ranges::none_of(history, gives_to_the_ai);
}

std::optional<WallTime> with_people_since(const std::vector<opencx::HistoryItem>& history) {
  std::optional<WallTime> since;
  for (const auto& item : history) {
    if (gives_to_people(item) && !since) since = item.at;
    if (gives_to_the_ai(item)) since.reset();
  }
  return since;
}

}  // namespace casewire::bridge::cases
