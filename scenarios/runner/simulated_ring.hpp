#pragma once
// The simulated ring: bridge, fakes and people as fibers of one thread under virtual time, the network and the mail as function
// calls. The same bridge library, the same fakes, the same scripts; the same seed gives the same journal byte for byte.

#include <memory>

#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

std::unique_ptr<Ring> make_simulated_ring(WallTime start, std::uint64_t seed);

}  // namespace casewire::scenarios
