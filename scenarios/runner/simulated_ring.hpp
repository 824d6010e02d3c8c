#pragma once
// The simulated ring: bridge, fakes and people as fibers of one thread under virtual time, the network and the mail as function
// calls. The same bridge library, the same fakes, the same scripts; the same seed gives the same journal byte for byte.

#include <memory>
#include <vector>

#include "scenarios/runner/ring.hpp"

namespace casewire::scenarios {

/// What befalls one of several bridges on one store, or that store, while the others go on.
struct Misfortune {
  enum class Kind {
    killed,        ///< and started again at the end
    stands_still,  ///< and goes on where it was, knowing nothing of it
    cut_off,       ///< from the store
    store_down,    ///< for all; what is committed when it goes down is stored, and nobody is told
  };
  Kind kind = Kind::killed;
  std::size_t bridge = 0;  ///< from 0
  milliseconds after{0};   ///< since the world was opened
  milliseconds lasts{0};
  int at_step = 1;  ///< of stands_still: before the so-manieth call or commit that comes then
};

struct Fleet {
  std::size_t bridges =
      1;  ///< that share the store; a crash strikes one of them, and what a script does to the bridge befalls all
  int workers_each =
      0;  ///< 0: as many as usual. Of several bridges each looks every second, which is most of what they do in their hours
  std::vector<Misfortune> misfortunes{};
};

std::unique_ptr<Ring> make_simulated_ring(WallTime start, std::uint64_t seed, Fleet fleet = {});

}  // namespace casewire::scenarios
