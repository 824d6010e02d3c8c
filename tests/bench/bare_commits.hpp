#pragma once
// What a store can do by itself, beside which the bridge's use of it is measured.

#include <cstddef>

#include "bridge/store/store.hpp"

namespace casewire::bench {

/// Durable commits of one hint each, by so many threads at once: the store lets them share a sync of the disk.
double bare_commits_per_second(bridge::Store& store, std::size_t commits, std::size_t threads);

}  // namespace casewire::bench
