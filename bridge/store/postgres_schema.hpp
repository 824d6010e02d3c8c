#pragma once
// The tables and functions of a store in PostgreSQL, their versions, and the way from each version to the next. They stand in a schema of
// their own, `casewire` or the connection's.

#include "bridge/store/postgres.hpp"
#include "bridge/store/schema_number.hpp"

namespace casewire::bridge::postgres {

/// The condition that casewire.check_lease raises.
inline constexpr std::string_view kLeaseLost = "CW001";

SchemaSteps schema_steps();
/// Of a database that has a bridge's memory. Throws StoreFailure.
Result<SchemaNumber> schema_number(Connection& connection);

/// Brings a new or older database to this program's schema, in one transaction; one of a newer revision stays as it is. Refuses a newer version and
/// another program's schema.
/// Throws StoreFailure when the database cannot be read or written.
Result<void> migrate(Connection& connection);

/// Refuses what is not of this program's version, and changes nothing. Throws StoreFailure.
Result<void> expect_present(Connection& connection);

/// Takes back, in one transaction, what the steps behind `target` have brought; it is one of them, and all behind it are known. Throws StoreFailure.
void step_back(Connection& connection, const SchemaNumber& target);

}  // namespace casewire::bridge::postgres
