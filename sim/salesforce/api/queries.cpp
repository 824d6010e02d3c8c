// SOQL by GET, and the pages of a long result.

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kBatchMin = 200, kBatchMax = 2'000;
constexpr std::size_t kCursorsMax = 50;
constexpr std::size_t kQueryCharactersMax = 100'000;
constexpr std::chrono::hours kCursorLife{48};

std::size_t batch_size(const Call& call) {
  for (const auto option : split(call.query_options.value_or(""), ',')) {
    const auto word = trimmed(option);
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(trimmed(word.substr(0, equals)), "batchSize")) continue;
    const auto number = trimmed(word.substr(equals + 1));
    std::size_t size = kBatchMax;
    std::from_chars(number.data(), number.data() + number.size(), size);
    return std::clamp(size, kBatchMin, kBatchMax);
  }
  return kBatchMax;
}

Json page(Call& call, const QueryCursor& cursor, const std::string& id, std::size_t first) {
  const auto end = std::min(cursor.records.size(), first + batch_size(call));
  Json body{{"totalSize", cursor.total}, {"done", end == cursor.records.size()}};
  if (end < cursor.records.size()) body["nextRecordsUrl"] = call.prefix() + "/query/" + id + "-" + std::to_string(end);
  auto& records = body["records"] = Json::array();
  for (std::size_t i = first; i < end; ++i) records.push_back(cursor.records[i]);
  return body;
}

Answer bad_locator() { return error_answer(400, "INVALID_QUERY_LOCATOR", "invalid query locator"); }

}  // namespace

Answer run_query(Call& call) {
  if (form_value(call.query, "explain")) return not_modelled("query plans (?explain=)");
  const auto text = call.parameter("q");
  if (text.empty()) return error_answer(400, "MALFORMED_QUERY", "A query string has to be specified");
  if (text.size() > kQueryCharactersMax)
    return error_answer(400, "MALFORMED_QUERY", "SOQL statements can not be longer than 100000 characters");
  const auto parsed = soql::parse(text);
  if (!parsed) return query_refused(parsed.error());
  auto rows =
      soql::evaluate(*parsed, call.org.store, {.with_deleted = call.segments.front() == "queryAll", .url_prefix = call.prefix()});
  if (!rows) return query_refused(rows.error());
  if (rows->records.size() <= batch_size(call)) {
    Json body{{"totalSize", rows->total}, {"done", true}};
    body["records"] = std::move(rows->records);
    return {.body = std::move(body)};
  }
  auto& org = call.org;
  if (org.cursors.size() == kCursorsMax) org.cursors.erase(org.cursors.begin());
  const auto id = make_id("01g", ++org.cursors_made);
  auto& cursor = org.cursors[id];
  cursor = {.user_id = call.actor.user_id,
            .total = rows->total,
            .records = std::move(rows->records),
            .expires = org.store.now() + kCursorLife};
  return {.body = page(call, cursor, id, 0)};
}

Answer next_page(Call& call) {
  const auto& locator = call.segments[1];
  const auto dash = locator.find('-');
  const auto found = dash == std::string::npos ? call.org.cursors.end() : call.org.cursors.find(locator.substr(0, dash));
  if (found == call.org.cursors.end() || found->second.user_id != call.actor.user_id ||
      found->second.expires <= call.org.store.now())
    return bad_locator();
  std::size_t first = 0;
  const auto* end = locator.data() + locator.size();
  if (const auto [stop, error] = std::from_chars(locator.data() + dash + 1, end, first);
      error != std::errc{} || stop != end || first > found->second.records.size())
    return bad_locator();
  return {.body = page(call, found->second, found->first, first)};
}

}  // namespace casewire::sim::salesforce
