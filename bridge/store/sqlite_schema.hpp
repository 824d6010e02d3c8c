#pragma once
// The tables of a store file, their versions, and the way from each version to the next.

#include "bridge/store/sqlite.hpp"

namespace casewire::bridge::sqlite {

/// Marks a file as ours (PRAGMA application_id): "CWBR".
inline constexpr int kApplicationId = 0x43574252;

/// Brings a new or older file to this program's version, in one transaction. Refuses a newer one and another program's.
/// Throws StoreFailure when the file cannot be read or written.
Result<void> migrate(Connection& connection);

/// Refuses what is not of this program's version, and changes nothing. Throws StoreFailure.
Result<void> expect_present(Connection& connection);

}  // namespace casewire::bridge::sqlite
