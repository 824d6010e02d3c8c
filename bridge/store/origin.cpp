#include "bridge/store/origin.hpp"

#include "base/text/json.hpp"

namespace casewire::bridge {

std::optional<std::string> transferred_to(Store& store) { return store.mark(kTransferMark); }

void note_transfer(Store& store, const std::string& to, WallTime now) {
  store.commit({.at = now, .marks = {{std::string(kTransferMark), to, {}}}});
}

std::optional<Restoration> restoration_of(Store& store) {
  const auto mark = store.mark(kRestoredMark);
  if (!mark) return std::nullopt;
  const auto json = parse_json(*mark);
  if (!json) return std::nullopt;
  return Restoration{.at = parse_iso8601(string_member(*json, "at")).value_or(WallTime{}),
                     .backed_up_at = parse_iso8601(string_member(*json, "backed_up_at")).value_or(WallTime{})};
}

}  // namespace casewire::bridge
