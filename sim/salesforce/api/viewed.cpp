// What a user viewed last. A query FOR VIEW or FOR REFERENCE counts its rows as viewed, and so does a request with `Sforce-Mru:
// updateMru=true`; nothing else that a client does. Not kept: LastViewedDate and LastReferencedDate of the rows.

#include <algorithm>
#include <charconv>

#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/records/row_json.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kKept = 200;

Json viewed_row(const Call& call, const Row& row) {
  std::vector<const Field*> shown{row.type->field("Id")};
  if (const auto* name = row.type->name_field()) shown.push_back(name);
  JsonWriter json;
  write_row(json, row, shown, call.prefix());
  return parse_json(json.take()).value();
}

}  // namespace

void note_viewed(Call& call, const std::vector<std::string>& ids) {
  auto& viewed = call.org.viewed[call.actor.user_id];
  std::erase_if(viewed, [&](const auto& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); });
  viewed.insert(viewed.begin(), ids.begin(), ids.end());
  if (viewed.size() > kKept) viewed.resize(kKept);
}

Json viewed_rows(const Call& call, const SObjectType* only) {
  Json rows = Json::array();
  const auto viewed = call.org.viewed.find(call.actor.user_id);
  if (viewed == call.org.viewed.end()) return rows;
  for (const auto& id : viewed->second) {
    const Row* row = call.org.store.find(id);
    if (row && !row->deleted && (!only || row->type == only)) rows.push_back(viewed_row(call, *row));
  }
  return rows;
}

Answer show_recent(Call& call) {
  auto rows = viewed_rows(call);
  const auto text = call.parameter("limit");
  std::size_t limit = rows.size();
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (!text.empty() && (error != std::errc{} || end != text.data() + text.size()))
    return error_answer(400, "INVALID_QUERY_SCOPE", "The value of limit is not valid: " + text);
  while (rows.size() > limit) rows.erase(rows.size() - 1);
  return {.body = std::move(rows)};
}

}  // namespace casewire::sim::salesforce
