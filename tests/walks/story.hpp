#pragma once
// A random conversation with up to three faults. The generator knows how far the world has certainly come, and asks at the end for no
// more than that; the invariants judge the rest.

#include <cstdint>

#include "playing.hpp"

namespace casewire::walks {

/// The same number gives the same story.
Story random_story(std::uint64_t number);

/// The same conversation around three bridges on one store, each of which may be killed, stand still for longer than its leases last, or be cut off from
/// the store, which may be down as well.
Story random_fleet_story(std::uint64_t number);

}  // namespace casewire::walks
