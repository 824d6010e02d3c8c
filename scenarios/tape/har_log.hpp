#pragma once
// What a HAR says beside its entries.

#include <cstddef>
#include <vector>

#include "base/text/json.hpp"
#include "scenarios/tape/addressee.hpp"
#include "scenarios/tape/har_member.hpp"
#include "scenarios/tape/tape.hpp"

namespace casewire::scenarios::har {

/// The log of a HAR 1.2, which has what that demands. Lives as long as `root`.
Read<const Json*> log_of(const Json& root);

/// Who is who, as `_casewire.hosts` has it.
Read<Hosts> read_hosts(const Json& log);
/// `entries`: how many there are.
Read<std::vector<BridgeFate>> read_fates(const Json& log, std::size_t entries);
Read<TapeHead> read_head(const Json& log);

}  // namespace casewire::scenarios::har
