#pragma once
// What a fake gets of the world it lives in. All references outlive the fake.

#include "base/http/transport.hpp"
#include "base/runtime/runtime.hpp"
#include "base/text/rng.hpp"
#include "sim/world/journal.hpp"

namespace casewire::sim {

struct Surroundings {
  Runtime& runtime;  ///< timers and background jobs of the fake
  Journal& journal;
  Rng& rng;                    ///< this fake's own stream: what another fake draws does not change it
  http::Transport& transport;  ///< for what the fake calls (webhooks, callouts)
};

}  // namespace casewire::sim
