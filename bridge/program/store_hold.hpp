#pragma once
// What the commands share that work on an org's memory while no bridge runs: `backup`, `restore`, `move`, `store downgrade`.

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/text/diagnostic.hpp"
#include "base/text/result.hpp"
#include "bridge/config.hpp"
#include "bridge/program/state_lock.hpp"

namespace casewire::bridge {

/// How such a command ends.
enum StoreCommandCode { kDone = 0, kNotDone = 1, kWrongUsage = 2, kInUse = 3 };

/// Says why on standard error; the code.
int refuse(const Diagnostic& problem, StoreCommandCode code);
/// "  ledger 1204", a line for each table.
void print_rows(const std::map<std::string, std::int64_t>& rows_by_table);

/// The state directory is this process's until it goes, and nobody starts a bridge with it.
struct StoreHold {
  std::unique_ptr<StateLock> lock;
  std::string bridge_name;  ///< of the bridge whose memory it is
};
/// The error says who has it, or that the directory cannot be written.
Result<StoreHold> hold_store(const Config& config);

}  // namespace casewire::bridge
