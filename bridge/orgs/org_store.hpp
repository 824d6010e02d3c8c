#pragma once
// Where an org's memory is: each has a file, or a schema of a database, of its own.

#include <memory>
#include <string>

#include "base/text/result.hpp"
#include "bridge/config.hpp"
#include "bridge/store/store.hpp"
#include "bridge/store/transfer.hpp"

namespace casewire::bridge {

/// `bridge.sqlite` in the state directory, where there is one org; `orgs/NAME/bridge.sqlite` there for each of several.
std::string sqlite_file_of(const Config& config);
/// "casewire", or "casewire_acme_eu" for the org "acme-eu" of several.
std::string schema_of(const Config& config);

StorePlace place_of(const Config& config);

/// Makes what is not there. That a database cannot be reached at the moment is no error yet (postgres_store.hpp).
Result<std::unique_ptr<Store>> open_store(const Config& config);

/// What fails now may work later by itself, and why; empty: waiting mends nothing.
std::string why_to_wait(const Config& config);

}  // namespace casewire::bridge
