// SOQL by GET, and the pages of a long result; queries of the Tooling API.

#include <algorithm>
#include <charconv>

#include "base/text/strings.hpp"
#include "sim/salesforce/api/finding.hpp"
#include "sim/salesforce/api/queried_rows.hpp"
#include "sim/salesforce/api/resources.hpp"
#include "sim/salesforce/records/ids.hpp"
#include "sim/salesforce/soql/asker.hpp"
#include "sim/salesforce/soql/columns.hpp"

namespace casewire::sim::salesforce {
namespace {

constexpr std::size_t kBatchMin = 200, kBatchMax = 2'000;
constexpr std::size_t kCursorsMax = 50;
constexpr std::chrono::hours kCursorLife{48};

/// What the client asks for is a wish: "there is no guarantee that the requested batch size is the actual batch size" (REST API
/// Developer Guide, "Query Options Header"), and an org of wide rows cuts pages earlier.
std::size_t batch_size(const Call& call) {
  const std::string_view options = call.query_options ? std::string_view{*call.query_options} : std::string_view{};
  for (const auto option : split(options, ',')) {
    const auto word = trimmed(option);
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || !equals_ignoring_case(trimmed(word.substr(0, equals)), "batchSize")) continue;
    const auto number = trimmed(word.substr(equals + 1));
    std::size_t size = kBatchMax;
    std::from_chars(number.data(), number.data() + number.size(), size);
    return std::min(std::clamp(size, kBatchMin, kBatchMax), call.org.data.query_rows);
  }
  return std::min(kBatchMax, call.org.data.query_rows);
}

/// The records from `first` on up to `end`. `next`: where the others are, if there are any.
Answer page_of_rows(const soql::Rows& rows, std::size_t first, std::size_t end, const std::string& next) {
  std::string text;
  JsonWriter json{text};
  json.begin_object();
  json.key("totalSize");
  json.integer(static_cast<std::int64_t>(rows.total));
  json.key("done");
  json.boolean(next.empty());
  if (!next.empty()) {
    json.key("nextRecordsUrl");
    json.string(next);
  }
  json.key("records");
  json.begin_array();
  json.written(rows.records.slice(first, end));
  json.end_array();
  json.end_object();
  return written_answer(std::move(text));
}

Answer page_of(const Call& call, const std::string& id, const QueryCursor& cursor, std::size_t first) {
  const auto end = std::min(cursor.rows.records.size(), first + batch_size(call));
  const bool done = end == cursor.rows.records.size();
  return page_of_rows(cursor.rows, first, end, done ? "" : call.prefix() + "/query/" + id + "-" + std::to_string(end));
}

/// The ids that stand in the records' addresses.
std::vector<std::string> ids_of(const soql::Records& records) {
  std::vector<std::string> ids;
  for (const auto& record : records.trees()) {
    const auto url = string_member(member(record, "attributes"), "url");
    ids.push_back(url.substr(url.rfind('/') + 1));
  }
  return ids;
}

Answer bad_locator() { return error_answer(400, "INVALID_QUERY_LOCATOR", "invalid query locator"); }

// One plan: this org reads the table. Source: REST API Developer Guide, "Get Feedback on Query Performance".
Answer explain(const Call& call, const std::string& text) {
  const auto parsed = soql::parse(text);
  if (!parsed) return query_refused(parsed.error());
  const auto rows = soql::evaluate(soql::asked_by(*parsed, call.actor.user_id), call.org.store, {.url_prefix = call.prefix()});
  if (!rows) return query_refused(rows.error());
  const auto object = soql::object_of(*parsed);
  const auto* type = call.org.store.schema().find(object);
  std::size_t all = 0;
  if (type)
    call.org.store.each(*type, false, [&](const Record&) {
      ++all;
      return true;
    });
  return {.body = Json{
              {"plans",
               Json::array({Json{{"cardinality", rows->total},
                                 {"fields", Json::array()},
                                 {"leadingOperationType", "TableScan"},
                                 {"notes", Json::array()},
                                 {"relativeCost", all == 0 ? 0.0 : static_cast<double>(rows->total) / static_cast<double>(all)},
                                 {"sobjectCardinality", all},
                                 {"sobjectType", type ? type->name : object}}})},
              {"sourceQuery", text}}};
}

bool asks_for_columns(const Call& call) { return equals_ignoring_case(call.parameter("columns"), "true"); }

Answer show_columns(const Call& call, const soql::ParsedQuery& query) {
  auto columns = soql::columns(query, call.org.store);
  if (!columns) return query_refused(columns.error());
  return {.body = std::move(*columns)};
}

}  // namespace

Answer run_tooling_query(Call& call) {
  const auto parsed = soql::parse(call.parameter("q"));
  if (!parsed) return query_refused(parsed.error());
  const auto object = soql::object_of(*parsed);
  if (!is_tooling_object(object)) return refuse_tooling_query(object);
  if (asks_for_columns(call)) return show_columns(call, *parsed);
  const auto rows = soql::evaluate(*parsed, call.org.store, {.url_prefix = call.prefix() + "/tooling"});
  if (!rows) return query_refused(rows.error());
  const auto count = rows->records.size();
  if (count > batch_size(call)) return not_modelled("further pages of the Tooling API");
  std::string text;
  JsonWriter json{text};
  json.begin_object();
  for (const auto* member : {"size", "totalSize"}) {
    json.key(member);
    json.integer(static_cast<std::int64_t>(rows->total));
  }
  json.key("done");
  json.boolean(true);
  json.key("queryLocator");
  json.null();
  json.key("entityTypeName");
  json.string(object);
  json.key("records");
  json.begin_array();
  json.written(rows->records.slice(0, count));
  json.end_array();
  json.end_object();
  return written_answer(std::move(text));
}

Answer run_query(Call& call) {
  if (form_value(call.query, "explain")) return explain(call, call.parameter("explain"));
  const auto parsed = soql::parse(call.parameter("q"));
  if (!parsed) return query_refused(parsed.error());
  if (asks_for_columns(call)) return show_columns(call, *parsed);
  auto rows = soql::evaluate(soql::asked_by(*parsed, call.actor.user_id), QueriedRows(call.org),
                             {.with_deleted = call.segments.front() == "queryAll", .url_prefix = call.prefix()});
  if (!rows) return query_refused(rows.error());
  if (soql::marks_viewed(*parsed)) note_viewed(call, ids_of(rows->records));
  const auto count = rows->records.size();
  if (count <= batch_size(call)) return page_of_rows(*rows, 0, count, {});
  auto& org = call.org;
  if (org.cursors.size() == kCursorsMax) org.cursors.erase(org.cursors.begin());
  const auto id = make_id("01g", ++org.cursors_made);
  auto& cursor = org.cursors[id];
  cursor = {.user_id = call.actor.user_id, .rows = std::move(*rows), .expires = org.store.now() + kCursorLife};
  return page_of(call, id, cursor, 0);
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
      error != std::errc{} || stop != end || first > found->second.rows.records.size())
    return bad_locator();
  return page_of(call, found->first, found->second, first);
}

}  // namespace casewire::sim::salesforce
