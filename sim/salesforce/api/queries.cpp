// SOQL by GET, and the pages of a long result; queries of the Tooling API.

#include <algorithm>
#include <charconv>
#include <set>

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
constexpr std::size_t kQueriesMax = 50;  // that wait for their further pages
// Of one parent's children on the page of the parent: as captured, a page of 500 rows with one parent among them.
constexpr std::size_t kChildrenMax = 499;
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
  JsonWriter json;
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
  return written_answer(json.take());
}

std::string address_of(const Call& call, const std::string& cursor, std::size_t first) {
  return call.prefix() + "/query/" + cursor + "-" + std::to_string(first);
}

Answer page_of(const Call& call, const std::string& id, const QueryCursor& cursor, std::size_t first) {
  const auto end = std::min(cursor.rows.records.size(), first + batch_size(call));
  const bool done = end == cursor.rows.records.size();
  return page_of_rows(cursor.rows, first, end, done ? "" : address_of(call, id, end));
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

void drop_oldest_query(std::map<std::string, QueryCursor>& cursors) {
  std::set<std::uint64_t> queries;
  for (const auto& [id, cursor] : cursors) queries.insert(cursor.query);
  if (queries.size() < kQueriesMax) return;
  std::erase_if(cursors, [&](const auto& entry) { return entry.second.query == *queries.begin(); });
}

/// Keeps results of one query for their further pages.
class Cursors {
 public:
  explicit Cursors(Call& call) : call_(call) {}

  std::map<std::string, QueryCursor>::iterator keep(soql::Rows rows) {
    auto& org = call_.org;
    if (query_ == 0) {
      drop_oldest_query(org.cursors);
      query_ = org.cursors_made + 1;
    }
    QueryCursor cursor{
        .user_id = call_.actor.user_id, .query = query_, .rows = std::move(rows), .expires = org.store.now() + kCursorLife};
    return org.cursors.emplace(make_id("01g", ++org.cursors_made), std::move(cursor)).first;
  }

 private:
  Call& call_;
  std::uint64_t query_ = 0;  ///< 0 until it keeps anything
};

/// Pages of children, too, as far as the answer has some.
soql::Options shown_in_pages(const Call& call, Cursors& cursors) {
  const auto rows = std::clamp<std::size_t>(batch_size(call) - 1, 1, kChildrenMax);
  return {.with_deleted = call.segments.front() == "queryAll",
          .url_prefix = call.prefix(),
          .keep_children = [&call, &cursors, rows](
                               soql::Rows children) { return address_of(call, cursors.keep(std::move(children))->first, rows); },
          .child_rows = rows};
}

Answer first_page(const Call& call, Cursors& cursors, soql::Rows rows) {
  const auto count = rows.records.size();
  if (count <= batch_size(call)) return page_of_rows(rows, 0, count, {});
  const auto kept = cursors.keep(std::move(rows));
  return page_of(call, kept->first, kept->second, 0);
}

Answer bad_locator() { return error_answer(400, "INVALID_QUERY_LOCATOR", "invalid query locator"); }

// One plan: this org reads the table. Source: REST API Developer Guide, "Get Feedback on Query Performance".
Answer explain(const Call& call, const std::string& asked) {
  const auto text = query_of_list_view(call, asked).value_or(asked);
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

Answer show_columns(const Call& call) {
  const auto query = soql::parse(call.parameter("q"));
  if (!query) return query_refused(query.error());
  auto columns = soql::columns(*query, call.org.store);
  if (!columns) return query_refused(columns.error());
  return {.body = std::move(*columns)};
}

}  // namespace

Answer run_tooling_query(Call& call) {
  const auto parsed = soql::parse(call.parameter("q"));
  if (!parsed) return query_refused(parsed.error());
  const auto object = soql::object_of(*parsed);
  if (!is_tooling_object(object)) return refuse_tooling_query(object);
  if (asks_for_columns(call)) return show_columns(call);
  const auto rows = soql::evaluate(*parsed, call.org.store, {.url_prefix = call.prefix() + "/tooling"});
  if (!rows) return query_refused(rows.error());
  const auto count = rows->records.size();
  if (count > batch_size(call)) return not_modelled("further pages of the Tooling API");
  JsonWriter json;
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
  return written_answer(json.take());
}

Answer run_query(Call& call) {
  if (form_value(call.query, "explain")) return explain(call, call.parameter("explain"));
  if (asks_for_columns(call)) return show_columns(call);
  Cursors cursors{call};
  const auto options = shown_in_pages(call, cursors);
  const QueriedRows queried{call.org};
  const auto plan = call.org.plans.plan(call.parameter("q"), call.actor.user_id, queried, options.with_deleted);
  if (!plan) return query_refused(plan.error());
  auto rows = soql::run(**plan, queried, options);
  if (!rows) return query_refused(rows.error());
  if (soql::marks_viewed((*plan)->query)) note_viewed(call, ids_of(rows->records));
  return first_page(call, cursors, std::move(*rows));
}

Answer answer_in_pages(Call& call, soql::Rows rows) {
  Cursors cursors{call};
  return first_page(call, cursors, std::move(rows));
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
