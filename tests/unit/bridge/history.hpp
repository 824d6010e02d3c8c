#pragma once
// What the tests of the bridge's decisions begin with: nine o'clock, and a line of a session's history.

#include <string>
#include <utility>

#include "base/text/time.hpp"
#include "bridge/opencx/session.hpp"

namespace casewire::bridge {

inline const WallTime kNine = *parse_iso8601("2026-01-05T09:00:00Z");

inline opencx::HistoryItem said(std::string id, std::string sender, std::string text, WallTime at = kNine) {
  opencx::HistoryItem item;
  item.id = std::move(id);
  item.at = at;
  item.type = "message";
  item.sender_type = std::move(sender);
  item.text = std::move(text);
  return item;
}

inline opencx::HistoryItem mail(std::string subject, std::string text) {
  opencx::HistoryItem item = said({}, "contact", std::move(text));
  item.subject = std::move(subject);
  return item;
}

}  // namespace casewire::bridge
