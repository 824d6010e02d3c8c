#pragma once
// The tables of a store file, their versions, and the way from each version to the next.

#include "bridge/store/schema_number.hpp"
#include "bridge/store/sqlite.hpp"

namespace casewire::bridge::sqlite {

/// Marks a file as ours (PRAGMA application_id): "CWBR".
inline constexpr int kApplicationId = 0x43574252;

SchemaSteps schema_steps();
/// Of a file that is a bridge's memory. Throws StoreFailure.
Result<SchemaNumber> schema_number(Connection& connection);

/// Brings a new or older file to this program's schema, in one transaction; one of a newer revision stays as it is. Refuses a newer version and another program's.
/// Throws StoreFailure when the file cannot be read or written.
Result<void> migrate(Connection& connection);

/// Refuses what is not of this program's version, and changes nothing. Throws StoreFailure.
Result<void> expect_present(Connection& connection);

/// Takes back, in one transaction, what the steps behind `target` have brought; it is one of them, and all behind it are known. Throws StoreFailure.
void step_back(Connection& connection, const SchemaNumber& target);

}  // namespace casewire::bridge::sqlite
