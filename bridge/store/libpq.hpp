#pragma once
// libpq, loaded when somebody first asks for a memory in PostgreSQL, and not when the program starts: what it brings along (Kerberos, LDAP, a second
// TLS) is most of what starting a bridge takes, and most bridges never call it. Its functions are called as ever; libpq.cpp has those that are.

#include <optional>
#include <string>

namespace casewire::bridge::postgres {

/// Why libpq cannot be had here, or nothing. Ask before the first call of it; any thread may.
std::optional<std::string> why_no_libpq();

}  // namespace casewire::bridge::postgres
