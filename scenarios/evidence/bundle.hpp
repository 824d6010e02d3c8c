#pragma once
// A customer's bundle: one file, or a folder of whatever was attached to the ticket. What a file is shows in its content, not in
// its name.

#include <string>

#include "scenarios/evidence/evidence.hpp"
#include "scenarios/evidence/material/local_times.hpp"
#include "scenarios/tape/addressee.hpp"

namespace casewire::scenarios {

struct BundleLimits {
  std::size_t files_max = 10'000;
  std::size_t bytes_max = std::size_t{512} << 20;  ///< of all files together, but for recordings that are not in an archive
};

/// Reads what can be read and lists the rest. An error only when there is no such place, or it is larger than the limits. Files
/// that the operating system or an editor left are passed over.
Result<Evidence> open_bundle(const std::string& path, const Hosts& hosts, const BundleLimits& limits = {},
                             const TableTerms& tables = {});

}  // namespace casewire::scenarios
