#pragma once
// Lists by the page: `{"items": [...], "next": cursor or null}` (API description, ListChatSessionsOutput). The cursor is opaque to
// clients; here it is the number of items already seen, so that pages stay aligned while a list grows at its end.

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "base/text/json.hpp"

namespace casewire::sim::opencx {

/// Where the page begins; nullopt for a cursor that is none of ours. An empty cursor is the first page.
std::optional<std::size_t> page_start(const std::string& cursor);
std::string cursor_at(std::size_t seen);

/// At most `items_max` of them; `item_at(i)` gives the JSON of item i, or nullopt when a filter leaves it out. nullopt for a bad cursor.
template <class ItemAt>
std::optional<Json> page(const std::map<std::string, std::string>& query, std::size_t count, std::size_t items_max,
                         ItemAt item_at) {
  const auto given = query.find("cursor");
  const auto start = page_start(given == query.end() ? "" : given->second);
  if (!start) return std::nullopt;
  Json items = Json::array();
  std::size_t at = *start;
  for (; at < count && items.size() < items_max; ++at) {
    if (auto item = item_at(at)) items.push_back(std::move(*item));
  }
  return Json{{"items", std::move(items)}, {"next", at < count ? Json(cursor_at(at)) : Json(nullptr)}};
}

}  // namespace casewire::sim::opencx
