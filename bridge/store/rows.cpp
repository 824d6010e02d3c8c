#include "bridge/store/rows.hpp"

#include <functional>
#include <optional>

#include "base/text/crypto.hpp"
#include "bridge/store/postgres_schema.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_schema.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {
namespace {

constexpr std::size_t kPage = 1'000;

std::string in_list(const StoreTable& table, std::size_t count,
                    const std::function<std::string(const StoreColumn&, std::size_t)>& text) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ", ") + text(table.columns[i], i);
  return list;
}
std::string names_in(const StoreTable& table, std::size_t count) {
  return in_list(table, count, [](const StoreColumn& column, std::size_t) { return std::string(column.name); });
}

class SqliteRows final : public StoreRows {
 public:
  explicit SqliteRows(std::unique_ptr<sqlite::Connection> connection) : connection_(std::move(connection)) {}

  std::vector<StoreRow> page(const StoreTable& table, const StoreRow* last) override {
    const auto keys = in_list(table, table.keys, [](const StoreColumn&, std::size_t i) { return "?" + std::to_string(i + 1); });
    auto statement = connection_->prepare("SELECT " + names_in(table, table.columns.size()) + " FROM " + table.name +
                                          (last ? " WHERE (" + names_in(table, table.keys) + ") > (" + keys + ")" : "") +
                                          " ORDER BY " + names_in(table, table.keys) + " LIMIT " + std::to_string(kPage));
    return last ? rows_of(table, after(statement, table, *last)) : rows_of(table, statement.query());
  }

  void insert(const StoreTable& table, const std::vector<StoreRow>& rows) override {
    const bool has_leases = table.name == std::string_view{"jobs"};
    connection_->run("BEGIN IMMEDIATE");
    auto statement = connection_->prepare(
        std::string("INSERT INTO ") + table.name + " (" + names_in(table, table.columns.size()) +
        (has_leases ? ", lease_owner, lease_until" : "") + ") VALUES (" +
        in_list(table, table.columns.size(), [](const StoreColumn&, std::size_t i) { return "?" + std::to_string(i + 1); }) +
        (has_leases ? ", '', 0" : "") + ")");
    for (const auto& row : rows) statement.run_with(row);
    connection_->run("COMMIT");
  }

  std::string used_by(const std::string&, WallTime) override { return {}; }

 private:
  static sqlite::Rows after(sqlite::Statement& statement, const StoreTable& table, const StoreRow& last) {
    const auto& key = std::get<std::string>(last[0]);
    return table.keys == 1 ? statement.query(key) : statement.query(key, std::get<std::int64_t>(last[1]));
  }
  static std::vector<StoreRow> rows_of(const StoreTable& table, sqlite::Rows rows) {
    std::vector<StoreRow> all;
    while (rows.next()) {
      auto& row = all.emplace_back();
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (table.columns[i].kind == StoreColumn::Kind::text) {
          row.emplace_back(rows.text(column));
        } else if (const auto number = rows.integer_or_null(column)) {
          row.emplace_back(*number);
        } else {
          row.emplace_back();
        }
      }
    }
    return all;
  }
  std::unique_ptr<sqlite::Connection> connection_;
};

class PostgresRows final : public StoreRows {
 public:
  explicit PostgresRows(std::unique_ptr<postgres::Connection> connection) : connection_(std::move(connection)) {}

  std::vector<StoreRow> page(const StoreTable& table, const StoreRow* last) override {
    std::vector<postgres::Value> key;
    for (std::size_t i = 0; last && i < table.keys; ++i) key.push_back(value_of(table.columns[i], (*last)[i]));
    const auto columns = in_list(table, table.columns.size(), [](const StoreColumn& column, std::size_t) {
      return column.kind == StoreColumn::Kind::flag ? std::string(column.name) + "::int::bigint" : std::string(column.name);
    });
    const auto keys = in_list(table, table.keys, [](const StoreColumn&, std::size_t i) { return "$" + std::to_string(i + 1); });
    const auto sql = "SELECT " + columns + " FROM casewire." + table.name +
                     (last ? " WHERE (" + names_in(table, table.keys) + ") > (" + keys + ")" : "") + " ORDER BY " +
                     names_in(table, table.keys) + " LIMIT " + std::to_string(kPage);
    const auto rows = connection_->ask({sql.c_str(), key});
    std::vector<StoreRow> all;
    for (int at = 0; at < rows.size(); ++at) {
      auto& row = all.emplace_back();
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (table.columns[i].kind == StoreColumn::Kind::text) {
          row.emplace_back(rows.text(at, column));
        } else if (const auto number = rows.integer_or_null(at, column)) {
          row.emplace_back(*number);
        } else {
          row.emplace_back();
        }
      }
    }
    return all;
  }

  void insert(const StoreTable& table, const std::vector<StoreRow>& rows) override {
    const bool has_leases = table.name == std::string_view{"jobs"};
    const auto sql =
        std::string("INSERT INTO casewire.") + table.name + " (" + names_in(table, table.columns.size()) +
        (has_leases ? ", lease_owner, lease_until, fence" : "") + ") VALUES (" +
        in_list(table, table.columns.size(), [](const StoreColumn&, std::size_t i) { return "$" + std::to_string(i + 1); }) +
        (has_leases ? ", '', 0, 0" : "") + ")";
    std::vector<postgres::Query> queries;
    for (const auto& row : rows) {
      auto& query = queries.emplace_back(postgres::Query{sql.c_str()});
      for (std::size_t i = 0; i < row.size(); ++i) query.values.push_back(value_of(table.columns[i], row[i]));
    }
    std::vector<const postgres::Query*> together;
    for (const auto& query : queries) together.push_back(&query);
    connection_->commit(together);
  }

  void finish() override {
    connection_->run(
        "INSERT INTO casewire.conversations SELECT conversation, min(due) FILTER (WHERE NOT parked), 0"
        " FROM casewire.jobs GROUP BY conversation");
  }

  std::string used_by(const std::string& name, WallTime now) override {
    const auto rows = connection_->ask(
        {"SELECT lease_owner FROM casewire.jobs WHERE lease_owner <> '' AND lease_owner <> $1 AND lease_owner <> $2 AND lease_until > $3"
         " UNION SELECT value FROM casewire.marks WHERE substr(name, 1, 5) = 'hold:'::bytea AND value <> $1 AND at > $3 LIMIT 1",
         {name, kNobody, now.time_since_epoch().count()}});
    return rows.size() > 0 ? rows.text(0, 0) : std::string();
  }

 private:
  static postgres::Value value_of(const StoreColumn& column, const sqlite::Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const auto* number = std::get_if<std::int64_t>(&cell);
    if (column.kind == StoreColumn::Kind::flag) return number != nullptr && *number != 0;
    return number ? std::optional(*number) : std::nullopt;
  }

  std::unique_ptr<postgres::Connection> connection_;
};

/// Turns end with their bridge, and what is said of a place is no fact of the next one.
bool is_of_the_place(std::string_view mark) {
  return mark.starts_with(hold_mark("")) || mark == kTransferMark || mark == kBackupMark;
}

void each_row(StoreRows& store, const StoreTable& table, const std::function<void(const std::vector<StoreRow>&)>& take) {
  std::optional<StoreRow> last;
  for (;;) {
    auto rows = store.page(table, last ? &*last : nullptr);
    if (rows.empty()) return;
    last = rows.back();
    if (table.name == std::string_view{"marks"}) {
      std::erase_if(rows, [](const StoreRow& row) { return is_of_the_place(std::get<std::string>(row[0])); });
    }
    if (!rows.empty()) take(rows);
  }
}

void add(StoreSum& sum, const StoreRow& row) {
  auto text = std::move(sum.digest);
  for (const auto& cell : row) {
    if (const auto* words = std::get_if<std::string>(&cell)) {
      text += "t" + std::to_string(words->size()) + ":" + *words;
    } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      text += "n" + std::to_string(*number);
    } else {
      text += "-";
    }
  }
  sum.digest = sha256(text);
  ++sum.rows;
}

}  // namespace

const std::vector<StoreTable>& store_tables() {
  using enum StoreColumn::Kind;
  static const std::vector<StoreTable> tables{
      {"jobs",
       {{"subject", text},
        {"conversation", text},
        {"revision", number},
        {"due", number},
        {"attempts", number},
        {"failing_since", number},
        {"parked", flag},
        {"problem", text},
        {"traceparent", text}},
       1},
      {"links",
       {{"session_id", text}, {"number", number}, {"case_id", text}, {"conversation", text}, {"replies_since", number}},
       2},
      {"ledger", {{"key", text}, {"about", text}, {"done", flag}, {"begun_at", number}, {"detail", text}, {"result", text}}, 1},
      {"marks", {{"name", text}, {"value", text}, {"at", number}}, 1}};
  return tables;
}

Result<std::unique_ptr<StoreRows>> open_rows(const StorePlace& place) {
  if (place.uri.empty()) {
    if (auto made = SqliteStore::open(place.file); !made) return fail(std::move(made.error()));
    auto connection = sqlite::Connection::open(place.file, sqlite::Connection::Access::read_write);
    if (!connection) return fail(std::move(connection.error()));
    return std::make_unique<SqliteRows>(std::move(*connection));
  }
  auto made = PostgresStore::open(place.uri, place.schema);
  if (!made) return fail(std::move(made.error()));
  (*made)->count_jobs(WallTime{});  // it may not have been reached
  const auto address = postgres::Address::parse(place.uri, place.schema);
  return std::make_unique<PostgresRows>(std::make_unique<postgres::Connection>(*address));
}

Result<std::unique_ptr<StoreRows>> open_snapshot(const StorePlace& place) {
  if (place.uri.empty()) {
    auto connection = sqlite::Connection::open(place.file, sqlite::Connection::Access::read_only);
    if (!connection) return fail(std::move(connection.error()));
    // In a write-ahead log a reader sees one moment for as long as its transaction lasts; writers go on.
    (*connection)->run("BEGIN");
    if (auto present = sqlite::expect_present(**connection); !present) return fail(std::move(present.error()));
    return std::make_unique<SqliteRows>(std::move(*connection));
  }
  const auto address = postgres::Address::parse(place.uri, place.schema);
  if (!address) return fail(Diagnostic{.where = {"store", {}}, .problem = address.error()});
  auto connection = std::make_unique<postgres::Connection>(*address);
  connection->run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  if (auto present = postgres::expect_present(*connection); !present) return fail(std::move(present.error()));
  return std::make_unique<PostgresRows>(std::move(connection));
}

StoreSums sums_of(StoreRows& store) {
  StoreSums sums;
  for (const auto& table : store_tables()) {
    auto& sum = sums[table.name];
    each_row(store, table, [&](const auto& rows) {
      for (const auto& row : rows) add(sum, row);
    });
  }
  return sums;
}

std::string first_filled_table(StoreRows& store) {
  for (const auto& table : store_tables()) {
    if (!store.page(table, nullptr).empty()) return table.name;
  }
  return {};
}

Result<StoreSums> copy_rows(StoreRows& from, StoreRows& to) {
  StoreSums taken;
  for (const auto& table : store_tables()) {
    auto& sum = taken[table.name];
    each_row(from, table, [&](const auto& rows) {
      to.insert(table, rows);
      for (const auto& row : rows) add(sum, row);
    });
  }
  const auto found = sums_of(to);
  for (const auto& [table, sum] : taken) {
    if (found.at(table) == sum) continue;
    return fail(Diagnostic{.where = {table, {}},
                           .problem = std::to_string(found.at(table).rows) + " rows of " + std::to_string(sum.rows) +
                                      " are in the target, or they differ"});
  }
  to.finish();
  return taken;
}

}  // namespace casewire::bridge
