#pragma once
// The tables and functions of a store in PostgreSQL, their versions, and the way from each version to the next. They stand in a schema of
// their own, `casewire` or the connection's.

#include "bridge/store/postgres.hpp"

namespace casewire::bridge::postgres {

/// The condition that casewire.check_lease raises.
inline constexpr std::string_view kLeaseLost = "CW001";

/// Brings a new or older database to this program's version, in one transaction. Refuses a newer one and another program's schema.
/// Throws StoreFailure when the database cannot be read or written.
Result<void> migrate(Connection& connection);

/// Refuses what is not of this program's version, and changes nothing. Throws StoreFailure.
Result<void> expect_present(Connection& connection);

}  // namespace casewire::bridge::postgres
