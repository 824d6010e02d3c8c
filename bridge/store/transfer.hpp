#pragma once
// Takes all that one store holds into an empty one of either kind, row by row, and looks afterwards whether it is all there.

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/text/result.hpp"
#include "base/text/time.hpp"
#include "bridge/store/rows.hpp"
#include "bridge/store/store.hpp"

namespace casewire::bridge {

struct TransferOptions {
  StorePlace from;
  StorePlace to;
  /// Of the bridge that worked on them last, and has ended: what it left leased and held counts as free.
  std::string bridge_name{};
  WallTime now{};
};

/// Rows by table. The error names what stands in the way: another bridge that works on either store, a target that is not empty, a store that
/// fails. What is in the target then is of no use; the source stays as it was, whatever happens. Leases and rests are not taken along: they are
/// over a few seconds after the end of the last bridge.
Result<std::map<std::string, std::int64_t>> transfer_store(const TransferOptions& options);

}  // namespace casewire::bridge
