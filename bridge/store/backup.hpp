#pragma once
// A backup of a store: one SQLite file, whatever kind the store is, made while bridges work on it. And its way back: into the place of a store,
// which is kept beside, with a note that what the bridge did since may be missing (F80).

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/store/rows.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

/// Rows by table.
using RowCounts = std::map<std::string, std::int64_t>;

struct BackupOptions {
  StorePlace from;
  std::string to;  ///< a file that is not there yet
  WallTime now{};
};

/// The store as it is at one moment. The file is there when it is whole, checked and on the disk; its mode is 0600.
Result<RowCounts> back_up_store(const BackupOptions& options);

struct RestoreOptions {
  std::string from;  ///< what back_up_store made, of this version or an older one
  StorePlace to;
  /// Of the bridge that worked there last, and has ended: what it left leased and held counts as free.
  std::string bridge_name{};
  std::string work_folder{};  ///< for a copy of the backup, where the store is a database
  /// Facts that the backup must not have otherwise.
  std::vector<Mark> same{};
  /// Facts of the store that is replaced that are newer, and worth more.
  std::vector<Mark> kept{};
  WallTime now{};
};
struct RestoredStore {
  WallTime backed_up_at{};
  RowCounts rows{};
  std::string replaced{};  ///< where the store is that was there; empty: there was none
};

/// The error names what stands in the way: a damaged backup, a bridge that works on the store. Then the store is what it was; if not, the error says so.
Result<RestoredStore> restore_store(const RestoreOptions& options);

}  // namespace casewire::bridge
