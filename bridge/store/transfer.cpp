#include "bridge/store/transfer.hpp"

#include <array>
#include <functional>
#include <memory>
#include <vector>

#include "base/text/crypto.hpp"
#include "bridge/store/postgres_store.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {
namespace {

constexpr std::string_view kTransferMark = "taken to";
constexpr std::size_t kPage = 1'000;

enum class Kind { text, number, flag };
struct Column {
  const char* name;
  Kind kind;
};
/// What both kinds of store have alike. Leases are not taken along: they end with their bridge.
struct Table {
  const char* name;
  std::vector<Column> columns;  ///< the key first
  std::size_t keys;
};

const std::array<Table, 4>& all_tables() {
  using enum Kind;
  static const std::array<Table, 4> tables{
      {{"jobs",
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
       {"marks", {{"name", text}, {"value", text}, {"at", number}}, 1}}};
  return tables;
}

using Row = std::vector<sqlite::Cell>;

std::string in_list(const Table& table, std::size_t count, const std::function<std::string(const Column&, std::size_t)>& text) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "" : ", ") + text(table.columns[i], i);
  return list;
}
std::string names_in(const Table& table, std::size_t count) {
  return in_list(table, count, [](const Column& column, std::size_t) { return std::string(column.name); });
}

/// One of both stores, as rows.
class Side {
 public:
  virtual ~Side() = default;
  /// By key, behind `last`.
  virtual std::vector<Row> page(const Table& table, const Row* last) = 0;
  virtual void insert(const Table& table, const std::vector<Row>& rows) = 0;
  /// All rows are there.
  virtual void finish() {}
  /// Its owner, if another bridge than `name` holds a lease or a turn at `now`; a store of one owner has none.
  virtual std::string used_by(const std::string& name, WallTime now) = 0;
};

class SqliteSide final : public Side {
 public:
  explicit SqliteSide(std::unique_ptr<sqlite::Connection> connection) : connection_(std::move(connection)) {}

  std::vector<Row> page(const Table& table, const Row* last) override {
    const auto keys = in_list(table, table.keys, [](const Column&, std::size_t i) { return "?" + std::to_string(i + 1); });
    auto statement = connection_->prepare("SELECT " + names_in(table, table.columns.size()) + " FROM " + table.name +
                                          (last ? " WHERE (" + names_in(table, table.keys) + ") > (" + keys + ")" : "") +
                                          " ORDER BY " + names_in(table, table.keys) + " LIMIT " + std::to_string(kPage));
    return last ? rows_of(table, after(statement, table, *last)) : rows_of(table, statement.query());
  }

  void insert(const Table& table, const std::vector<Row>& rows) override {
    const bool has_leases = table.name == std::string_view{"jobs"};
    connection_->run("BEGIN IMMEDIATE");
    auto statement = connection_->prepare(
        std::string("INSERT INTO ") + table.name + " (" + names_in(table, table.columns.size()) +
        (has_leases ? ", lease_owner, lease_until" : "") + ") VALUES (" +
        in_list(table, table.columns.size(), [](const Column&, std::size_t i) { return "?" + std::to_string(i + 1); }) +
        (has_leases ? ", '', 0" : "") + ")");
    for (const auto& row : rows) statement.run_with(row);
    connection_->run("COMMIT");
  }

  std::string used_by(const std::string&, WallTime) override { return {}; }

 private:
  static sqlite::Rows after(sqlite::Statement& statement, const Table& table, const Row& last) {
    const auto& key = std::get<std::string>(last[0]);
    return table.keys == 1 ? statement.query(key) : statement.query(key, std::get<std::int64_t>(last[1]));
  }
  static std::vector<Row> rows_of(const Table& table, sqlite::Rows rows) {
    std::vector<Row> all;
    while (rows.next()) {
      auto& row = all.emplace_back();
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (table.columns[i].kind == Kind::text) {
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

class PostgresSide final : public Side {
 public:
  explicit PostgresSide(const postgres::Address& address) : connection_(address) {}

  std::vector<Row> page(const Table& table, const Row* last) override {
    std::vector<postgres::Value> key;
    for (std::size_t i = 0; last && i < table.keys; ++i) key.push_back(value_of(table.columns[i], (*last)[i]));
    const auto columns = in_list(table, table.columns.size(), [](const Column& column, std::size_t) {
      return column.kind == Kind::flag ? std::string(column.name) + "::int::bigint" : std::string(column.name);
    });
    const auto keys = in_list(table, table.keys, [](const Column&, std::size_t i) { return "$" + std::to_string(i + 1); });
    const auto sql = "SELECT " + columns + " FROM casewire." + table.name +
                     (last ? " WHERE (" + names_in(table, table.keys) + ") > (" + keys + ")" : "") + " ORDER BY " +
                     names_in(table, table.keys) + " LIMIT " + std::to_string(kPage);
    const auto rows = connection_.ask({sql.c_str(), key});
    std::vector<Row> all;
    for (int at = 0; at < rows.size(); ++at) {
      auto& row = all.emplace_back();
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const int column = static_cast<int>(i);
        if (table.columns[i].kind == Kind::text) {
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

  void insert(const Table& table, const std::vector<Row>& rows) override {
    const bool has_leases = table.name == std::string_view{"jobs"};
    const auto sql =
        std::string("INSERT INTO casewire.") + table.name + " (" + names_in(table, table.columns.size()) +
        (has_leases ? ", lease_owner, lease_until, fence" : "") + ") VALUES (" +
        in_list(table, table.columns.size(), [](const Column&, std::size_t i) { return "$" + std::to_string(i + 1); }) +
        (has_leases ? ", '', 0, 0" : "") + ")";
    std::vector<postgres::Query> queries;
    for (const auto& row : rows) {
      auto& query = queries.emplace_back(postgres::Query{sql.c_str()});
      for (std::size_t i = 0; i < row.size(); ++i) query.values.push_back(value_of(table.columns[i], row[i]));
    }
    std::vector<const postgres::Query*> together;
    for (const auto& query : queries) together.push_back(&query);
    connection_.commit(together);
  }

  void finish() override {
    connection_.run(
        "INSERT INTO casewire.conversations SELECT conversation, min(due) FILTER (WHERE NOT parked), 0"
        " FROM casewire.jobs GROUP BY conversation");
  }

  std::string used_by(const std::string& name, WallTime now) override {
    const auto rows = connection_.ask(
        {"SELECT lease_owner FROM casewire.jobs WHERE lease_owner <> '' AND lease_owner <> $1 AND lease_owner <> $2 AND lease_until > $3"
         " UNION SELECT value FROM casewire.marks WHERE substr(name, 1, 5) = 'hold:'::bytea AND value <> $1 AND at > $3 LIMIT 1",
         {name, kNobody, now.time_since_epoch().count()}});
    return rows.size() > 0 ? rows.text(0, 0) : std::string();
  }

 private:
  static postgres::Value value_of(const Column& column, const sqlite::Cell& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return *text;
    const auto* number = std::get_if<std::int64_t>(&cell);
    if (column.kind == Kind::flag) return number != nullptr && *number != 0;
    return number ? std::optional(*number) : std::nullopt;
  }

  postgres::Connection connection_;
};

/// Makes what is not there, and brings it up to date.
Result<std::unique_ptr<Side>> open_side(const StorePlace& place) {
  if (place.uri.empty()) {
    if (auto made = SqliteStore::open(place.file); !made) return fail(std::move(made.error()));
    auto connection = sqlite::Connection::open(place.file, sqlite::Connection::Access::read_write);
    if (!connection) return fail(std::move(connection.error()));
    return std::make_unique<SqliteSide>(std::move(*connection));
  }
  auto made = PostgresStore::open(place.uri, place.schema);
  if (!made) return fail(std::move(made.error()));
  (*made)->count_jobs(WallTime{});  // it may not have been reached
  const auto address = postgres::Address::parse(place.uri, place.schema);
  return std::make_unique<PostgresSide>(*address);
}

void each_row(Side& side, const Table& table, const std::function<void(const std::vector<Row>&)>& take) {
  std::optional<Row> last;
  for (;;) {
    auto rows = side.page(table, last ? &*last : nullptr);
    if (rows.empty()) return;
    last = rows.back();
    // Turns end with their bridge, and whither this store was taken is no fact of the next one.
    if (table.name == std::string_view{"marks"}) {
      std::erase_if(rows, [](const Row& row) {
        const auto& name = std::get<std::string>(row[0]);
        return name.starts_with(hold_mark("")) || name == kTransferMark;
      });
    }
    if (!rows.empty()) take(rows);
  }
}

/// Of rows in their order.
struct Sum {
  std::int64_t rows = 0;
  std::string digest{};
  friend bool operator==(const Sum&, const Sum&) = default;

  void add(const Row& row) {
    auto text = std::move(digest);
    for (const auto& cell : row) {
      if (const auto* words = std::get_if<std::string>(&cell)) {
        text += "t" + std::to_string(words->size()) + ":" + *words;
      } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        text += "n" + std::to_string(*number);
      } else {
        text += "-";
      }
    }
    digest = sha256(text);
    ++rows;
  }
};

Diagnostic obstacle(std::string problem, std::string hint = {}) {
  return {.where = {"move", {}}, .problem = std::move(problem), .hint = std::move(hint)};
}

Result<std::map<std::string, std::int64_t>> take_over(Side& from, Side& to, const TransferOptions& options) {
  for (auto* side : {&from, &to}) {
    if (const auto owner = side->used_by(options.bridge_name, options.now); !owner.empty()) {
      return fail(
          obstacle("the bridge \"" + owner + "\" works on that store",
                   "stop every bridge on it; what one holds that was killed ends by itself, after sweep_every and 5 min"));
    }
  }
  for (const auto& table : all_tables()) {
    if (!to.page(table, nullptr).empty()) {
      return fail(obstacle(std::string("there is something in the target already (") + table.name + ")",
                           "name an empty store; one that a move has left unfinished is to be dropped"));
    }
  }
  std::map<std::string, std::int64_t> counts;
  for (const auto& table : all_tables()) {
    Sum taken, found;
    each_row(from, table, [&](const auto& rows) {
      to.insert(table, rows);
      for (const auto& row : rows) taken.add(row);
    });
    each_row(to, table, [&](const auto& rows) {
      for (const auto& row : rows) found.add(row);
    });
    if (taken != found) {
      return fail(obstacle(std::string(table.name) + ": " + std::to_string(found.rows) + " rows of " +
                           std::to_string(taken.rows) + " are in the target, or they differ"));
    }
    counts[table.name] = taken.rows;
  }
  to.finish();
  return counts;
}

}  // namespace

Result<std::map<std::string, std::int64_t>> transfer_store(const TransferOptions& options) {
  try {
    const auto from = open_side(options.from);
    if (!from) return fail(from.error());
    const auto to = open_side(options.to);
    if (!to) return fail(to.error());
    return take_over(**from, **to, options);
  } catch (const StoreFailure& failure) {
    return fail(obstacle(failure.what()));
  }
}

std::optional<std::string> transferred_to(Store& store) { return store.mark(kTransferMark); }

void note_transfer(Store& store, const std::string& to, WallTime now) {
  store.commit({.at = now, .marks = {{std::string(kTransferMark), to, {}}}});
}

}  // namespace casewire::bridge
