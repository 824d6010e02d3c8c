#pragma once
// A store as rows, whichever kind it is: what `move`, `backup` and `restore` carry from one place to another, in order and by pages. Leases and
// turns are left out: they end with their bridge. So is what is said of a place and not of the org: whither it was taken, that it is a backup.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/store/origin.hpp"
#include "bridge/store/sqlite.hpp"

namespace casewire::bridge {

/// Where a store is: a file of SQLite, or a schema of a PostgreSQL database.
struct StorePlace {
  std::string file{};
  std::string uri{};
  std::string schema{};
};

inline constexpr std::string_view kBackupMark = "backup";

struct StoreColumn {
  enum class Kind { text, number, flag };
  const char* name;
  Kind kind;
};
struct StoreTable {
  const char* name;
  std::vector<StoreColumn> columns;  ///< the key first
  std::size_t keys;
};
/// What both kinds of store have alike.
const std::vector<StoreTable>& store_tables();

using StoreRow = std::vector<sqlite::Cell>;

/// One thread at a time. All functions throw StoreFailure.
class StoreRows {
 public:
  virtual ~StoreRows() = default;
  /// By key, behind `last`; empty at the end.
  virtual std::vector<StoreRow> page(const StoreTable& table, const StoreRow* last) = 0;
  virtual void insert(const StoreTable& table, const std::vector<StoreRow>& rows) = 0;
  /// All rows are there.
  virtual void finish() {}
  /// Its owner, if another bridge than `name` holds a lease or a turn at `now`; a store of one owner has none.
  virtual std::string used_by(const std::string& name, WallTime now) = 0;
};

/// Makes what is not there, and brings it up to date.
Result<std::unique_ptr<StoreRows>> open_rows(const StorePlace& place);
/// As it is at one moment, whatever a bridge does meanwhile. What is not there, or of another version, is refused.
Result<std::unique_ptr<StoreRows>> open_snapshot(const StorePlace& place);

/// Of a table's rows in their order.
struct StoreSum {
  std::int64_t rows = 0;
  std::string digest{};
  friend bool operator==(const StoreSum&, const StoreSum&) = default;
};
/// By table.
using StoreSums = std::map<std::string, StoreSum>;

StoreSums sums_of(StoreRows& store);
/// The name of a table that has a row; empty: none has.
std::string first_filled_table(StoreRows& store);
/// All rows, read again afterwards where they were put. The error names the table that is not the same there.
Result<StoreSums> copy_rows(StoreRows& from, StoreRows& to);

}  // namespace casewire::bridge
